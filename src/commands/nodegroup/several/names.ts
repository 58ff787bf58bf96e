/**
 * Asks which node groups "Update Several Node Groups…" updates: lists the node groups of clusters, with the
 * outdated ones ticked.
 */
import * as l10n from '@vscode/l10n';
import type { Connection } from '../../../model/connection';
import { allItems } from '../../../model/page';
import type { Surveyed } from '../../../nodegroup/attention/attention-source';
import { type NodegroupName, outdatedOf } from '../../../nodegroup/several/outdated';
import { clustersWords } from '../../../view/messages/counts';
import { attentionBadge } from '../../../view/messages/nodegroup';
import { type Answer, BACK, type Choice, LEFT } from '../../../view/wizard/prompts';
import { wizard } from '../../../view/wizard/wizard';
import {
  type Ask,
  into,
  question,
  reading,
  unlessKnown,
  type WizardStep,
} from '../../../view/wizard/wizard-steps';
import { connectionStep, type PickedConnection } from '../../pick/connection';
import type { NodegroupDeps } from '../deps';

export interface NamesAnswers extends PickedConnection {
  readonly names: readonly NodegroupName[];
}

/** The known answers: the connection, its clusters, or the node groups themselves. */
export interface KnownNames extends Partial<NamesAnswers> {
  readonly clusters?: readonly string[];
}

type NamesDeps = Pick<NodegroupDeps, 'store' | 'ports' | 'attentionSources'>;

/** Asks for the connection, its clusters, and their node groups. */
export function namesSteps(
  { store, ports, attentionSources }: NamesDeps,
  { connection, clusters, names }: KnownNames,
): WizardStep<object, NamesAnswers> {
  const steps = wizard<PickedConnection>()
    .and(unlessKnown(clusters && { clusters }, clustersStep(ports)))
    .and(surveyStep(attentionSources))
    .and(
      question(async ({ surveyed }, ask) =>
        into(await askNames(surveyed, ask), (chosen) => ({ names: chosen })),
      ),
    );
  return wizard()
    .and(connectionStep(store, connection))
    .and(unlessKnown<PickedConnection, Pick<NamesAnswers, 'names'>>(names && { names }, steps));
}

/** The clusters whose node groups are listed; undefined: all clusters of the connection. */
type ClustersAnswer = { readonly clusters: readonly string[] | undefined };

function clustersStep(ports: NodegroupDeps['ports']): WizardStep<PickedConnection, ClustersAnswer> {
  return question(async ({ connection }, { prompts, heading }) =>
    into(
      await prompts.pick<readonly string[] | { readonly all: true }>(heading, {
        placeholder: l10n.t('Choose where to look for outdated node groups'),
        choices: async (signal) => {
          const { eks } = await ports(connection);
          const names = await allItems((next) => eks.listClusters(next, signal));
          return [
            {
              value: { all: true },
              label: l10n.t('All EKS clusters of this connection'),
              description: clustersWords(names.length),
              icon: 'globe',
            },
            ...names.map((name) => ({ value: [name], label: name, icon: 'layers' })),
          ];
        },
      }),
      (clusters) => ({ clusters: 'all' in clusters ? undefined : clusters }),
    ),
  );
}

function surveyStep(
  attentionSources: NodegroupDeps['attentionSources'],
): WizardStep<PickedConnection & ClustersAnswer, { readonly surveyed: readonly Surveyed[] }> {
  return reading(l10n.t('Looking for what is outdated…'), async ({ connection, clusters }, signal) => ({
    surveyed: await survey(connection, clusters, attentionSources, signal),
  }));
}

async function survey(
  connection: Connection,
  clusters: readonly string[] | undefined,
  attentionSources: NodegroupDeps['attentionSources'],
  signal: AbortSignal,
): Promise<readonly Surveyed[]> {
  const found: Surveyed[] = [];
  for await (const one of (await attentionSources.of(connection)).survey(clusters, signal)) found.push(one);
  return found;
}

/** Asks until the user ticks at least one row, goes back, or leaves. */
async function askNames(
  surveyed: readonly Surveyed[],
  { prompts, heading }: Ask,
): Promise<Answer<readonly NodegroupName[]>> {
  const outdated = new Set(outdatedOf(surveyed).map(keyOf));
  const unread = surveyed.filter(({ kind }) => kind === 'failed').length;
  const question = l10n.t('Choose the node groups to update; outdated ones are ticked');
  for (;;) {
    const names = await prompts.pickMany<NodegroupName>(heading, {
      placeholder:
        unread === 0 ? question : l10n.t('{0} ({1} could not be read)', { 0: question, 1: unread }),
      choices: surveyed.flatMap(choiceOf),
      picked: (name) => outdated.has(keyOf(name)),
      empty: l10n.t('There are no managed node groups here'),
    });
    if (names === BACK || names === LEFT || names.length > 0) return names;
  }
}

function keyOf({ cluster, nodegroup }: NodegroupName): string {
  return `${cluster}/${nodegroup}`;
}

function choiceOf(one: Surveyed): readonly Choice<NodegroupName>[] {
  if (one.kind !== 'nodegroup') return [];
  const { cluster, nodegroup, attention } = one;
  return [
    {
      value: { cluster: cluster.name, nodegroup: nodegroup.name },
      label: nodegroup.name,
      description: [
        nodegroup.version ?? l10n.t('own AMI'),
        ...attention.items.map((item) => attentionBadge(item)),
      ].join(' · '),
      group: l10n.t('{0}, Kubernetes {1}', { 0: cluster.name, 1: cluster.version }),
    },
  ];
}
