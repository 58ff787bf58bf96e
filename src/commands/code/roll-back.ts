/** "Roll Back…": an earlier deployment, or what was there before one, brought back by a plan like any other. */
import * as l10n from '@vscode/l10n';
import { lastLookOf } from '../../deploy/apply/last-look';
import type { Deployment } from '../../deploy/history/deployment';
import type { PlanInput } from '../../deploy/plan/input';
import { CODE_KIND, parseSummary } from '../../deploy/plan/summary';
import { refuse } from '../../deploy/refusal';
import { rollbackTo, rollbackToZip } from '../../deploy/rollback';
import { connectionFromId } from '../../model/connection';
import { refused } from '../../model/failure';
import type { Operation } from '../../operations/operation';
import type { ResourceNode } from '../../view/resources/node';
import { pickBeside } from '../../view/wizard/beside';
import { into, runWizard, type WizardStep } from '../../view/wizard/wizard';
import { given, knownFromRow, type PickedKdbCluster } from '../pick';
import { requireTrust } from '../trust';
import { argumentsStep, type ConfigurationAnswers, scriptStep, strategyStep } from './configuration-steps';
import { deploymentChoice, noticeChoices, zipChoice } from './history/choices';
import type { KnownDeployment, UnrecordedZip } from './history/cluster-history';
import { type HistoryAnswers, type HistoryDeps, historySteps } from './history/steps';
import { type Agreed, planStep, reviewStep } from './review';
import { runDeployment } from './run-deployment';
import { type Scripts, scriptsInZip } from './scripts';

/** Where to go back to. */
export type Goal =
  | { readonly kind: 'deployment'; readonly known: Pick<KnownDeployment, 'deployment' | 'place'> }
  | { readonly kind: 'zip'; readonly zip: UnrecordedZip };

interface RollBackState extends ConfigurationAnswers, HistoryAnswers, Agreed {
  readonly goal: Goal;
}

export async function rollBack(node: ResourceNode | undefined, deps: HistoryDeps): Promise<void> {
  requireTrust();
  const known = await knownFromRow(node, deps.ports, new AbortController().signal);
  await askAndRun([...historySteps<RollBackState>(deps), goalStep(deps)], known, deps);
}

/** To what is chosen already. */
export async function rollBackTo(cluster: PickedKdbCluster, goal: Goal, deps: HistoryDeps): Promise<void> {
  requireTrust();
  const { connection, environment } = cluster;
  await askAndRun([], { connection, environment, cluster: cluster.cluster, goal }, deps);
}

/**
 * To what the cluster had before an operation. @throws refused `nothing-before`, `operation-unreadable`,
 * `no-such-connection`.
 */
export async function rollBackOperation(operation: Operation, deps: HistoryDeps): Promise<void> {
  requireTrust();
  const { subject } = operation;
  const goal = goalBefore(operation);
  const connection = connectionFromId(subject.connectionId);
  if (connection === undefined) throw refused('no-such-connection', { connection: subject.connectionId });
  const [environmentId = '', clusterName = ''] = subject.path;
  const { finspace } = await deps.ports(connection);
  const { signal } = new AbortController();
  const [environment, cluster] = await Promise.all([
    finspace.getEnvironment(environmentId, signal),
    finspace.getCluster(environmentId, clusterName, signal),
  ]);
  await askAndRun([], { connection, environment, cluster, goal }, deps);
}

/** Whether something was there before an operation that could be brought back. */
export function canRollBack(operation: Operation): boolean {
  const isSent = operation.kind === CODE_KIND && operation.sentAt !== undefined;
  return isSent && lastLookOf(operation)?.configuration.code !== undefined;
}

function goalBefore(operation: Operation): Goal {
  const summary = parseSummary(operation.plan);
  const before = lastLookOf(operation)?.configuration;
  if (summary === undefined || before === undefined) throw refuse('operation-unreadable', { what: 'plan' });
  const { code } = before;
  if (code === undefined) throw refused('nothing-before', { cluster: operation.subject.label });
  const deployment: Deployment = {
    operationId: operation.id,
    at: operation.createdAt,
    configuration: { ...before, code },
    strategy: summary.strategy,
    outcome: operation.state,
  };
  return { kind: 'deployment', known: { deployment, place: summary } };
}

async function askAndRun(
  first: readonly WizardStep<RollBackState>[],
  known: Partial<RollBackState>,
  deps: HistoryDeps,
): Promise<void> {
  const steps = [
    ...first,
    strategyStep<RollBackState>('ROLLING'),
    ...[
      scriptStep<RollBackState>((state, signal) => scriptsOf(state, deps, signal)),
      argumentsStep<RollBackState>(),
    ].map(onlyForZips),
    planStep<RollBackState>(async (state) => inputOf(state as RollBackState), deps),
    reviewStep<RollBackState>(deps),
  ];
  const agreed = await runWizard<RollBackState>(l10n.t('Roll Back'), steps, known, deps.prompts);
  if (agreed) await runDeployment(agreed, deps);
}

function goalStep({ notify }: HistoryDeps): WizardStep<RollBackState> {
  return {
    key: 'goal',
    ask: async ({ history }, ask) => {
      const { deployments, zips } = given(history);
      const earlier = deployments.filter(({ isLive }) => !isLive);
      // What succeeded most recently is what one most probably wants back.
      const likely = earlier.find(({ deployment }) => deployment.outcome === 'succeeded') ?? earlier[0];
      return into(
        await pickBeside<KnownDeployment | UnrecordedZip>(ask, {
          placeholder: l10n.t('Choose what to go back to'),
          choices: [
            ...earlier.map(deploymentChoice),
            ...zips.map(zipChoice),
            ...noticeChoices(given(history), notify),
          ],
          active: (value) => value === likely,
          empty: l10n.t('Slipway knows of nothing to go back to'),
        }),
        (chosen) => ({
          goal: 'deployment' in chosen ? { kind: 'deployment', known: chosen } : { kind: 'zip', zip: chosen },
        }),
      );
    },
  };
}

/** A deployment brings its script and its arguments along. */
function onlyForZips(step: WizardStep<RollBackState>): WizardStep<RollBackState> {
  return { ...step, when: ({ goal }) => goal?.kind === 'zip' };
}

async function scriptsOf(
  { connection, goal }: Partial<RollBackState>,
  { ports }: HistoryDeps,
  signal: AbortSignal,
): Promise<Scripts> {
  if (goal?.kind !== 'zip') throw new Error('the script of a deployment is not asked for');
  const { objects } = await ports(given(connection));
  return await scriptsInZip(objects, goal.zip.code.at, signal);
}

function inputOf(state: RollBackState): PlanInput {
  const { connection, environment, cluster, goal, strategy } = state;
  const { bucket, prefix } = goal.kind === 'deployment' ? goal.known.place : goal.zip.place;
  const options = {
    destination: {
      connection,
      environmentId: environment.id,
      clusterName: cluster.name,
      bucket,
      prefix,
    },
    strategy,
  };
  return goal.kind === 'deployment'
    ? rollbackTo(goal.known.deployment, options)
    : rollbackToZip(goal.zip.code.at, state, options);
}
