/** The questions about the workload that is to run code, and about the bucket for that code. */

import * as l10n from '@vscode/l10n';
import type { KdbPaths, PodRights, SnippetParameters } from '../../deploy/kubernetes/snippet/parameters';
import type { Bucket } from '../../deploy/ports';
import { TARGET_DEFAULTS } from '../../deploy/targets/defaults';
import { failureOf, isReason } from '../../model/failure';
import { allItems } from '../../model/page';
import { present } from '../../model/present';
import type { Workload as ListedWorkload } from '../../model/workload';
import { rightsWords } from '../../view/messages/workload-snippet';
import { wizard } from '../../view/wizard/wizard';
import { into, question, unlessKnown, type WizardStep } from '../../view/wizard/wizard-steps';
import type { PickedEksCluster } from '../pick/eks';
import type { Ports } from '../ports';
import { snippets } from '../target-kinds';
import { containerProblem, databaseProblem, prefixProblem, programProblem, workloadIn } from './checks';

type Part<K extends keyof SnippetParameters> = Pick<SnippetParameters, K>;

/** The user's answers. The other parameters of a snippet are derived from them. */
export type SnippetAnswers = PickedEksCluster &
  Part<'kind' | 'namespace' | 'workload' | 'container' | 'bucket' | 'prefix' | 'rights'> &
  Program &
  Partial<Database>;

/**
 * @param rights the ways in which pods can get their rights, the usual one first
 * @param known the workload, if it is already known
 */
export function snippetSteps(
  ports: Ports,
  rights: readonly PodRights[],
  known?: SnippetWorkload,
): WizardStep<PickedEksCluster, Omit<SnippetAnswers, keyof PickedEksCluster>> {
  return wizard<PickedEksCluster>()
    .and(unlessKnown(known, workloadStep(ports)))
    .and(containerStep)
    .and(programStep)
    .when(['isKdb'], ({ isKdb }) => (isKdb ? databaseStep : undefined), 1)
    .and(bucketStep(ports))
    .and(prefixStep)
    .and(rightsStep(rights));
}

export type SnippetWorkload = Part<'kind' | 'namespace' | 'workload'>;

/** Asks for a workload. A user without access to the cluster can type the workload, and still gets a snippet. */
const workloadStep = (ports: Ports): WizardStep<PickedEksCluster, SnippetWorkload> =>
  question(async ({ connection, eksCluster: { name: cluster } }, { prompts, heading }) =>
    into(
      await prompts.pick<SnippetWorkload>(heading, {
        placeholder: l10n.t('Choose the workload that is to carry code, or type it: {0}', { 0: EXAMPLE }),
        choices: async (signal) =>
          (await workloadsOf(ports, connection, cluster, signal)).map(
            ({ namespace, kind, name, convention }) => ({
              value: { namespace, kind, workload: name },
              label: `${namespace}/${kind.toLowerCase()}/${name}`,
              icon: kind === 'StatefulSet' ? 'database' : 'server-process',
              ...(convention.fetch !== undefined && { description: l10n.t('carries code already') }),
            }),
          ),
        typed: (text) => {
          const value = workloadIn(text);
          return value && { value, label: text.trim(), description: l10n.t('as typed') };
        },
        empty: l10n.t('No workload was found, or the cluster does not tell of them: type one, such as {0}', {
          0: EXAMPLE,
        }),
      }),
      (workload) => workload,
    ),
  );

const EXAMPLE = 'kdb/statefulset/hdb';

async function workloadsOf(
  ports: Ports,
  connection: PickedEksCluster['connection'],
  cluster: string,
  signal: AbortSignal,
): Promise<readonly ListedWorkload[]> {
  try {
    const { workloads } = await (await ports(connection)).workloads(cluster).list([], signal);
    return workloads.map(({ workload }) => workload);
  } catch (thrown) {
    // If the cluster cannot be reached or denies access, the user types the workload; any other problem is
    // a failure.
    if (failureOf(thrown).kind !== 'kubernetes') throw thrown;
    return [];
  }
}

const containerStep: WizardStep<SnippetWorkload, Part<'container'>> = question(async ({ workload }, ask) =>
  into(
    await ask.prompts.input(ask.heading, {
      prompt: l10n.t('The container that runs the code, by its name in the pod template'),
      value: workload,
      check: containerProblem,
    }),
    (container) => ({ container }),
  ),
);

type Program = Part<'program'> & { readonly isKdb: boolean };

interface Database {
  readonly database: KdbPaths['database'];
}

const KDB = Symbol('kdb');
const Q = 'q';

/** The programs that the user can choose besides q, and the language of the script that each runs. */
const LANGUAGES = [
  { program: ['python3', '-u'], language: 'Python' },
  { program: ['Rscript'], language: 'R' },
] as const;

const programStep: WizardStep<object, Program> = question(async (_answers, ask) => {
  const chosen = await ask.prompts.pick<readonly string[] | typeof KDB>(ask.heading, {
    placeholder: l10n.t('Choose the program that the container starts, or type it with its options'),
    choices: [
      {
        value: KDB,
        label: Q,
        description: l10n.t('kdb, with the names that FinSpace defined'),
        icon: 'database',
      },
      ...LANGUAGES.map(({ program, language }) => ({
        value: program,
        label: program.join(' '),
        description: language,
        icon: 'symbol-method',
      })),
    ],
    typed: (text) =>
      programProblem(text) === undefined
        ? { value: text.trim().split(/ +/), label: text, description: l10n.t('as typed') }
        : undefined,
  });
  return into(chosen, (value) =>
    value === KDB ? { program: [Q, '--'], isKdb: true } : { program: withScript(value), isKdb: false },
  );
});

/** Appends `--`, which marks the place of the script, unless the words already contain it. */
function withScript(words: readonly string[]): readonly string[] {
  return words.includes('--') ? words : [...words, '--'];
}

const databaseStep: WizardStep<object, Database> = question(async (_answers, { prompts, heading }) =>
  into(
    await prompts.input(heading, {
      prompt: l10n.t('Name of the database that the code loads, as .aws.akdb. It may be empty.'),
      check: databaseProblem,
    }),
    (database) => ({ database }),
  ),
);

const bucketStep = (ports: Ports): WizardStep<PickedEksCluster, Part<'bucket'>> =>
  question(async ({ connection }, { prompts, heading }) =>
    into(
      await prompts.pick<string>(heading, {
        placeholder: l10n.t('Choose the bucket that the code comes from, or type its name'),
        choices: async (signal) =>
          (await bucketsOf(ports, connection, signal)).map(({ name, region }) => ({
            value: name,
            label: name,
            icon: 'archive',
            ...present({ description: region }),
          })),
        typed: (name) =>
          snippets.kind.rules.bucket(name) === undefined
            ? { value: name, label: name, description: l10n.t('as typed') }
            : undefined,
        empty: l10n.t('No bucket was found, or you may not list them: type the name of one'),
      }),
      (bucket) => ({ bucket }),
    ),
  );

async function bucketsOf(
  ports: Ports,
  connection: PickedEksCluster['connection'],
  signal: AbortSignal,
): Promise<readonly Bucket[]> {
  const { objects } = await ports(connection);
  try {
    return await allItems((next) => objects.listBuckets(next, signal));
  } catch (error) {
    if (!isReason(error, 'access-denied')) throw error;
    return [];
  }
}

const prefixStep: WizardStep<object, Part<'prefix'>> = question(async (_answers, { prompts, heading }) =>
  into(
    await prompts.input(heading, {
      prompt: l10n.t(
        'Folder in the bucket from which alone the pods may take code: the prefix of the target. Empty for the whole bucket.',
      ),
      value: TARGET_DEFAULTS.prefix,
      check: prefixProblem,
    }),
    (prefix) => ({ prefix }),
  ),
);

const rightsStep = (rights: readonly PodRights[]): WizardStep<object, Part<'rights'>> =>
  question(async (_answers, { prompts, heading }) =>
    into(
      await prompts.pick<PodRights>(heading, {
        placeholder: l10n.t('Choose how the pods get the right to read the code'),
        choices: rights.map((value) => ({ value, ...rightsWords(value), icon: 'key' })),
      }),
      (chosen) => ({ rights: chosen }),
    ),
  );
