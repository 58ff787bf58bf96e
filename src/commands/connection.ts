/** Commands about connections: add a profile, open the sandbox, change the region, remove a connection. */

import * as l10n from '@vscode/l10n';
import { type Connection, connectionOf } from '../model/connection';
import { FINSPACE_REGIONS } from '../model/kdb';
import { present } from '../model/present';
import type { CommandHandlers } from '../view/command-ids';
import { type ConnectionStore, defaultFirst } from '../view/connection-store';
import { connectionLabel } from '../view/resources/kinds/connection';
import type { ResourceNode } from '../view/resources/node';
import { connectionNodeOf } from '../view/resources/row';
import { LEFT, type PickQuestion, type Prompts } from '../view/wizard/prompts';
import { pickOne, runWizard, wizard } from '../view/wizard/wizard';
import { into, question, type WizardStep } from '../view/wizard/wizard-steps';
import { nodeOf } from './arguments';
import { type ProfileHelp, profileHelps } from './no-profile';
import type { LoadAws } from './start-aws';

/** Region that the sandbox shows first. */
const SANDBOX_REGION = 'us-east-1';

interface NewConnection {
  readonly profile: string;
  readonly region: string;
}

export interface ConnectionDeps {
  readonly store: ConnectionStore;
  readonly prompts: Prompts;
  readonly loadAws: LoadAws;
  /**
   * Shows the Resources view and moves the keyboard focus into it: onto the row of a new connection if its id
   * is given.
   */
  readonly reveal: (newId?: string) => Promise<void>;
}

export type ConnectionCommands = Pick<
  CommandHandlers,
  | 'slipway.connection.add'
  | 'slipway.connection.openSandbox'
  | 'slipway.connection.remove'
  | 'slipway.connection.changeRegion'
>;

export function connectionCommands(deps: ConnectionDeps): ConnectionCommands {
  const openSandbox = (): Promise<void> => add(connectionOf({ kind: 'sandbox' }, SANDBOX_REGION), deps);
  return {
    'slipway.connection.add': async () => {
      const steps = wizard().and(profileStep(deps, openSandbox)).and(regionStep(deps));
      const answers = await runWizard(l10n.t('Add AWS Profile'), steps, {}, deps.prompts);
      if (!answers) return;
      await add(connectionOf({ kind: 'profile', profile: answers.profile }, answers.region), deps);
    },
    'slipway.connection.openSandbox': openSandbox,
    'slipway.connection.remove': async (row) => {
      const connection =
        connectionOfRow(nodeOf(row)) ?? (await pickConnection(l10n.t('Remove Connection'), deps));
      if (connection) await remove(connection, deps);
    },
    'slipway.connection.changeRegion': async (row) => {
      const title = l10n.t('Change Region of Connection');
      const connection = connectionOfRow(nodeOf(row)) ?? (await pickConnection(title, deps));
      if (connection) await changeRegion(connection, title, deps);
    },
  };
}

async function add(connection: Connection, { store, reveal, loadAws }: ConnectionDeps): Promise<void> {
  // The identity is requested at once, without waiting for the view: the view makes the same request and shows
  // its failure, but VS Code may show the view late.
  loadAws()
    .then(async (aws) => (await aws.session(connection)).interactive.identities)
    .then((identities) => identities.whoAmI(new AbortController().signal))
    .catch(() => undefined);
  const isFirst = store.all().length === 0;
  await store.add(connection);
  // The user may have added the first connection with a button that only the empty view has: when the view
  // fills, the button is gone, and the keyboard focus with it.
  await reveal(isFirst ? connection.id : undefined);
}

/**
 * Removes a connection, and drops its session, so that the AWS files are read again if the connection is
 * added again.
 */
async function remove({ id }: Connection, { store, loadAws }: ConnectionDeps): Promise<void> {
  await store.remove(id);
  (await loadAws()).forget(id);
}

async function changeRegion(
  { id, source, region: now }: Connection,
  title: string,
  { store, loadAws, prompts }: ConnectionDeps,
): Promise<void> {
  const region = await pickOne(title, regionQuestion(now, l10n.t('as it is now')), prompts);
  if (region === undefined || region === now) return;
  await store.replace(id, connectionOf(source, region));
  (await loadAws()).forget(id);
}

/** The connection that a row belongs to. */
export function connectionOfRow(node: ResourceNode | undefined): Connection | undefined {
  return node && connectionNodeOf(node).connection;
}

/** Asks for a connection; undefined if the user cancelled. */
export function pickConnection(
  title: string,
  { store, prompts }: Pick<ConnectionDeps, 'store' | 'prompts'>,
): Promise<Connection | undefined> {
  return pickOne(
    title,
    {
      placeholder: l10n.t('Choose a connection'),
      choices: defaultFirst(store.all()).map((connection) => ({
        value: connection,
        label: connectionLabel(connection),
        description: connection.region,
      })),
      empty: l10n.t('There is no connection yet'),
    },
    prompts,
  );
}

function profileStep(
  { loadAws }: ConnectionDeps,
  openSandbox: () => Promise<void>,
): WizardStep<object, Pick<NewConnection, 'profile'>> {
  return question(async (_answers, { prompts, heading }) => {
    const chosen = await prompts.pick<string | ProfileHelp>(heading, {
      placeholder: l10n.t('Choose a profile of your AWS config files'),
      choices: async () => {
        const profiles = await (await loadAws()).profiles(true);
        if (profiles.length === 0) return profileHelps({ loadAws, openSandbox });
        return profiles.map(({ name, region }) => ({
          value: name,
          label: name,
          ...present({ description: region }),
        }));
      },
    });
    if (typeof chosen !== 'object') return into(chosen, (profile) => ({ profile }));
    await chosen.run();
    return LEFT;
  });
}

function regionStep({
  loadAws,
}: ConnectionDeps): WizardStep<Pick<NewConnection, 'profile'>, Pick<NewConnection, 'region'>> {
  return question(async ({ profile }, { prompts, heading }) => {
    const own = (await (await loadAws()).profiles(false)).find(({ name }) => name === profile)?.region;
    const question = regionQuestion(own, l10n.t("the profile's region"));
    return into(await prompts.pick(heading, question), (region) => ({ region }));
  });
}

/**
 * @param known the region that is highlighted
 * @param words the words that are shown beside this region
 */
function regionQuestion(known: string | undefined, words: string): PickQuestion<string> {
  return {
    placeholder: l10n.t('Choose a region, or type one'),
    choices: REGIONS.map((region) => ({
      value: region,
      label: region,
      ...(region === known && { description: words }),
    })),
    active: (region) => region === known,
    typed: (text) =>
      /^[a-z]{2}(-[a-z]+)+-\d$/.test(text)
        ? { value: text, label: text, description: l10n.t('as typed') }
        : undefined,
  };
}

/**
 * The regions that are offered; the user can type any other. Those that have had managed kdb clusters come
 * first.
 */
const REGIONS: readonly string[] = [
  ...FINSPACE_REGIONS,
  'us-west-1',
  'eu-north-1',
  'eu-west-3',
  'eu-south-1',
  'ap-south-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-east-1',
  'sa-east-1',
  'me-south-1',
  'af-south-1',
];
