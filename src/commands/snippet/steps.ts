/** The questions about a workload that is to carry code, and about the bucket that its code comes from. */
import * as l10n from '@vscode/l10n';
import type { KdbPaths, PodRights, SnippetParameters } from '../../deploy/kubernetes/snippet/parameters';
import type { Bucket } from '../../deploy/ports';
import { isReason } from '../../model/failure';
import { allItems } from '../../model/page';
import { rightsWords } from '../../view/messages/workload-snippet';
import { wizard } from '../../view/wizard/wizard';
import { into, question, type WizardStep } from '../../view/wizard/wizard-steps';
import type { PickedEksCluster } from '../pick/eks';
import type { Ports } from '../ports';
import {
  bucketProblem,
  containerProblem,
  databaseProblem,
  prefixProblem,
  programProblem,
  workloadIn,
} from './checks';

type Part<K extends keyof SnippetParameters> = Pick<SnippetParameters, K>;

/** What the steps answer; the rest of a snippet's parameters follows from it. */
export type SnippetAnswers = PickedEksCluster &
  Part<'kind' | 'namespace' | 'workload' | 'container' | 'bucket' | 'prefix' | 'rights'> &
  Program &
  Partial<Database>;

/** @param rights the ways in which pods may get their rights, the usual one first */
export function snippetSteps(
  ports: Ports,
  rights: readonly PodRights[],
): WizardStep<PickedEksCluster, Omit<SnippetAnswers, keyof PickedEksCluster>> {
  return wizard<PickedEksCluster>()
    .and(workloadStep)
    .and(containerStep)
    .and(programStep)
    .when(['isKdb'], ({ isKdb }) => (isKdb ? databaseStep : undefined), 1)
    .and(bucketStep(ports))
    .and(prefixStep)
    .and(rightsStep(rights));
}

type Workload = Part<'kind' | 'namespace' | 'workload'>;

const workloadStep: WizardStep<PickedEksCluster, Workload> = question(async ({ eksCluster }, ask) =>
  into(
    await ask.prompts.input(ask.heading, {
      prompt: l10n.t('The workload in {0} that is to carry code', { 0: eksCluster.name }),
      placeholder: 'kdb/statefulset/hdb',
      check: (text) =>
        workloadIn(text) === undefined
          ? l10n.t(
              'Type the namespace, "statefulset" or "deployment", and the name, with slashes between them: {0}',
              { 0: 'kdb/statefulset/hdb' },
            )
          : undefined,
    }),
    (text) => found(workloadIn(text)),
  ),
);

/** What a check has taken already. */
function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a text that was refused has been taken');
  return value;
}

const containerStep: WizardStep<Workload, Part<'container'>> = question(async ({ workload }, ask) =>
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

/** Programs that take a script, and what they run. */
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

/** The script stands behind the program and its options, unless `--` says where. */
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
            ...(region !== undefined && { description: region }),
          })),
        typed: (name) =>
          bucketProblem(name) === undefined
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

const prefixStep: WizardStep<Workload, Part<'prefix'>> = question(
  async ({ workload }, { prompts, heading }) =>
    into(
      await prompts.input(heading, {
        prompt: l10n.t(
          'Folder in the bucket from which alone the pods may take code. Empty for the whole bucket.',
        ),
        value: workload,
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
