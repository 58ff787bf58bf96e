/** "Deploy to Several Clusters…": one folder or zip, an ordered list of clusters, one batch. */
import * as l10n from '@vscode/l10n';
import { applyDeployment } from '../../../deploy/apply/apply-deployment';
import { CODE_KIND } from '../../../deploy/plan/summary';
import { batchOf, plannedRow } from '../../../deploy/several';
import { connectionFromId } from '../../../model/connection';
import { refused } from '../../../model/failure';
import { type BatchRowStatus, batchPlan } from '../../../operations/batch-plan';
import type { Operation } from '../../../operations/operation';
import { into, runWizard, type WizardStep } from '../../../view/wizard/wizard';
import { diskOrTree } from '../../../view/workspace-folder';
import type { BatchRunner, RowStarter } from '../../batches';
import { given } from '../../pick';
import { requireTrust } from '../../trust';
import { repeatedInput, targetOfOperation } from '../again';
import { strategyWords } from '../configuration-steps';
import type { DeployDeps } from '../deploy';
import { type PlanDeps, rootUri } from '../plan';
import { type Planned, planningWords } from '../review';
import { applyContext, packOf } from '../run-deployment';
import { sourceSteps } from '../steps';
import { targetInput } from '../targets/target-input';
import { readWorkspaceTargets, usableTargets } from '../targets/workspace-targets';
import {
  byStep,
  clusterSteps,
  confirmedStep,
  type Goal,
  onlyForClusters,
  orderStep,
  type SeveralAnswers,
  targetsStep,
} from './clusters';
import { makePlans, reviewSeveral } from './review';

export interface SeveralDeps extends DeployDeps {
  readonly batches: BatchRunner;
}

interface SeveralState extends SeveralAnswers {
  readonly prepared: true;
  readonly planned: readonly Planned[];
  readonly agreed: true;
}

type Step = WizardStep<SeveralState>;

export async function deploySeveral(deps: SeveralDeps): Promise<void> {
  requireTrust();
  const targets = usableTargets(await readWorkspaceTargets());
  const first: readonly WizardStep<SeveralAnswers>[] = [
    byStep(targets),
    targetsStep(targets),
    ...clusterSteps(deps),
    ...sourceSteps<SeveralAnswers>(deps.ports, (bucket) => deps.prefixes.of(bucket)).map(onlyForClusters),
    onlyForClusters(strategyStep),
    orderStep(deps),
    confirmedStep(deps),
  ];
  // The first steps read and answer what SeveralAnswers holds, and nothing else.
  await askAndRun([...(first as unknown as readonly Step[]), prepareStep(deps)], {}, deps);
}

/** Plans those clusters of a batch again that it did not bring to their end. @throws refused `target-not-here`. */
export async function deployRestAgain(rows: readonly BatchRowStatus[], deps: SeveralDeps): Promise<void> {
  requireTrust();
  const folders = await readWorkspaceTargets();
  const rest = rows
    .filter(({ state }) => state !== 'succeeded')
    .map(({ row: { planned }, operation }) => ({
      planned,
      operation,
      target: targetOfOperation(planned, folders),
    }));
  const goals = rest.map(({ planned: { subject, plan }, operation, target }): Goal => {
    const repeated = { subject, plan, ...(operation && { id: operation.id }) };
    return {
      label: subject.label,
      input: (signal) =>
        target === undefined ? repeatedInput(repeated, deps.cacheFolder) : targetInput(target, deps, signal),
    };
  });
  const targets = rest.flatMap(({ target }) => target ?? []);
  await askAndRun([confirmedStep(deps) as unknown as Step, prepareStep(deps)], { goals, targets }, deps);
}

export function isOfCode(batch: Operation): boolean {
  return batchPlan(batch).rows.some(({ planned }) => planned.kind === CODE_KIND);
}

/** Carries out one row, also of a batch that another window has begun. */
export function codeRowStarter(deps: PlanDeps): RowStarter {
  return async (row, journal, signal) => {
    const { connectionId } = row.planned.subject;
    const connection = connectionFromId(connectionId);
    if (connection === undefined) throw refused('no-such-connection', { connection: connectionId });
    const { plan, pack } = plannedRow(row);
    const context = await applyContext(plan, connection, deps);
    // What reads a virtual folder is not data, so it is not in the row.
    const read = pack && { ...pack, ...diskOrTree(rootUri(pack.root)) };
    await applyDeployment(plan, { ...context, journal, ...(read && { pack: read }) }, signal);
  };
}

async function askAndRun(
  first: readonly Step[],
  known: Partial<SeveralState>,
  deps: SeveralDeps,
): Promise<void> {
  const steps: readonly Step[] = [
    ...first,
    {
      key: 'planned',
      words: planningWords(),
      read: async ({ goals }, signal) => {
        const inputs = await Promise.all(given(goals).map((goal) => goal.input(signal)));
        return { planned: await makePlans(inputs, deps, signal) };
      },
    },
    {
      key: 'agreed',
      ask: async ({ planned }, ask) =>
        into(await reviewSeveral(given(planned), ask, deps), (all) => ({ planned: all, agreed: true })),
    },
  ];
  const agreed = await runWizard<SeveralState>(
    l10n.t('Deploy to Several Clusters'),
    steps,
    known,
    deps.prompts,
  );
  if (agreed) await run(agreed.planned, deps);
}

async function run(all: readonly Planned[], { batches }: SeveralDeps): Promise<void> {
  const [first] = all;
  if (first === undefined) return;
  const { subject, author } = first.plan;
  const plan = batchOf(
    all.map(({ plan: one, input }) => {
      const pack = packOf(input);
      return { plan: one, ...(pack && { pack }) };
    }),
  );
  const { arn: _, ...place } = subject;
  await batches.run(
    {
      subject: {
        ...place,
        // The batch is about no single thing: its rows are, and show it.
        path: [],
        label: l10n.t('{0} kdb clusters', { 0: all.length }),
      },
      author,
    },
    plan,
  );
}

const strategyStep: WizardStep<SeveralAnswers> = {
  key: 'strategy',
  ask: async (_state, { prompts, heading }) =>
    into(
      await prompts.pick<SeveralAnswers['strategy']>(heading, {
        placeholder: l10n.t('Choose how the q processes take the code'),
        choices: [
          {
            value: 'automatic',
            label: l10n.t('What each type allows'),
            detail: l10n.t('NO_RESTART on general-purpose clusters, ROLLING on all others'),
            icon: 'wand',
          },
          { value: 'ROLLING', label: 'ROLLING', detail: strategyWords('ROLLING'), icon: 'sync' },
          { value: 'FORCE', label: 'FORCE', detail: strategyWords('FORCE'), icon: 'zap' },
        ],
      }),
      (strategy) => ({ strategy }),
    ),
};

/** The task of each target, one that several name once. */
function prepareStep({ tasks }: SeveralDeps): Step {
  return {
    key: 'prepared',
    when: ({ targets = [] }) => targets.some(({ target }) => target.preDeploy !== undefined),
    words: l10n.t('Running the task that has to succeed first…'),
    read: async ({ targets = [] }, signal) => {
      const done = new Set<string>();
      for (const { folder, target } of targets) {
        const { preDeploy } = target;
        const id = `${folder.uri} ${preDeploy}`;
        if (preDeploy === undefined || done.has(id)) continue;
        done.add(id);
        await tasks.run(preDeploy, folder, signal);
      }
      return { prepared: true };
    },
  };
}
