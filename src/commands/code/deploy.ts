/** "Deploy Code…", "Plan Deployment…" and "Deploy Again…": ask, plan, show, run. */
import * as l10n from '@vscode/l10n';
import type { PlanInput } from '../../deploy/plan/input';
import { parseSummary } from '../../deploy/plan/summary';
import type { Operation } from '../../operations/operation';
import type { ConnectionStore } from '../../view/connection-store';
import type { ResourceNode } from '../../view/resources/node';
import type { Prompts } from '../../view/wizard/prompts';
import { runWizard, type WizardStep } from '../../view/wizard/wizard';
import { connectionStep, kdbClusterSteps, knownFromRow } from '../pick';
import { requireTrust } from '../trust';
import { againStep, repeatedInput, targetOfOperation } from './again';
import type { DeployAnswers } from './answers';
import { planInputOf } from './plan';
import type { RememberedPrefixes } from './remembered';
import { type Agreed, openPlan, planStep, type ReviewDeps, reviewStep } from './review';
import { type DeployRunDeps, runDeployment } from './run-deployment';
import { codeSteps } from './steps';
import type { ConfirmedTargets } from './targets/confirmed';
import type { PreDeployTasks } from './targets/pre-deploy';
import { confirmStep, prepareStep, type TargetAnswers, targetStep } from './targets/steps';
import { targetInput } from './targets/target-input';
import { type FolderTargets, readWorkspaceTargets } from './targets/workspace-targets';

export interface DeployDeps extends ReviewDeps, DeployRunDeps {
  readonly store: ConnectionStore;
  readonly prompts: Prompts;
  readonly prefixes: RememberedPrefixes;
  readonly confirmed: ConfirmedTargets;
  readonly tasks: PreDeployTasks;
}

/** One of three ways to say what is deployed where: a target, an operation that is repeated, or answers. */
interface DeployState extends DeployAnswers, TargetAnswers, Agreed {
  readonly repeated: Operation;
}

type Step = WizardStep<DeployState>;

export async function deploy(node: ResourceNode | undefined, deps: DeployDeps): Promise<void> {
  requireTrust();
  const steps = [
    targetStep<DeployState>(await targetsAt(node), { label: l10n.t('Without a target…') }),
    ...answerSteps(deps),
    ...lastSteps(deps),
  ];
  await askAndRun(l10n.t('Deploy Code'), steps, await knownFromRow(node, deps.ports, unhurried()), deps);
}

/** Plans and shows the plan, and changes nothing. */
export async function showPlan(node: ResourceNode | undefined, deps: DeployDeps): Promise<void> {
  requireTrust();
  const steps = [
    targetStep<DeployState>(await targetsAt(node), { label: l10n.t('Without a target…') }),
    ...answerSteps(deps),
    confirmStep<DeployState>(deps.confirmed),
    planStep<DeployState>((state, signal) => inputOf(state, deps, signal), deps),
  ];
  const known = await knownFromRow(node, deps.ports, unhurried());
  const planned = await runWizard<DeployState>(l10n.t('Plan Deployment'), steps, known, deps.prompts);
  if (planned) await openPlan(planned.plan, deps);
}

/** Offers the targets of the workspace and what was deployed lately. */
export async function deployAgain(deps: DeployDeps): Promise<void> {
  requireTrust();
  const steps = [
    againStep<DeployState>(await readWorkspaceTargets(), deps.ledger.operations()),
    ...lastSteps(deps),
  ];
  await askAndRun(l10n.t('Deploy Again'), steps, {}, deps);
}

/** Plans again what an operation deployed: by its target as it is now, or by what the ledger keeps of it. */
export async function deployRepeated(repeated: Operation, deps: DeployDeps): Promise<void> {
  requireTrust();
  const target = targetOfOperation(repeated, await readWorkspaceTargets());
  const known = target === undefined ? { repeated } : { target };
  const isRollback = target === undefined && parseSummary(repeated.plan)?.rollsBack === true;
  await askAndRun(isRollback ? l10n.t('Roll Back') : l10n.t('Deploy Again'), lastSteps(deps), known, deps);
}

async function askAndRun(
  title: string,
  steps: readonly Step[],
  known: Partial<DeployState>,
  deps: DeployDeps,
): Promise<void> {
  const agreed = await runWizard<DeployState>(title, steps, known, deps.prompts);
  if (!agreed) return;
  const { bucket, prefix } = agreed.input.destination;
  await deps.prefixes.remember(bucket, prefix);
  await runDeployment(agreed, deps);
}

/** Asked for when neither a target nor an operation answers them. */
function answerSteps(deps: DeployDeps): readonly Step[] {
  const steps = [
    connectionStep<DeployState>(deps.store),
    ...kdbClusterSteps<DeployState>(deps.ports),
    ...(codeSteps(deps.ports, (bucket) => deps.prefixes.of(bucket)) as readonly Step[]),
  ];
  return steps.map((step) => ({
    ...step,
    when: (state) => state.target === undefined && (step.when?.(state) ?? true),
  }));
}

function lastSteps(deps: DeployDeps): readonly Step[] {
  return [
    confirmStep<DeployState>(deps.confirmed),
    prepareStep<DeployState>(deps.tasks),
    planStep<DeployState>((state, signal) => inputOf(state, deps, signal), deps),
    reviewStep<DeployState>(deps),
  ];
}

async function inputOf(
  state: Partial<DeployState>,
  deps: DeployDeps,
  signal: AbortSignal,
): Promise<PlanInput> {
  if (state.target !== undefined) return await targetInput(state.target, deps, signal);
  if (state.repeated !== undefined) return await repeatedInput(state.repeated, deps.cacheFolder);
  // The steps before have answered everything.
  return await planInputOf(state as DeployAnswers, deps.cacheFolder);
}

/** The targets that lead to the thing of a row; all without a row. */
async function targetsAt(node: ResourceNode | undefined): Promise<readonly FolderTargets[]> {
  const folders = await readWorkspaceTargets();
  if (node === undefined) return folders;
  const [environment, cluster] =
    node.kind === 'kdb-cluster'
      ? [node.parent.environment.id, node.summary.name]
      : node.kind === 'environment'
        ? [node.environment.id]
        : [];
  return folders.map(({ folder, file }) => ({
    folder,
    file: {
      // Those of other targets say nothing here; those that leave no target at all do.
      problems: file.entries.length === 0 ? file.problems : [],
      entries: file.entries.filter(
        ({ target }) =>
          target !== undefined &&
          (environment === undefined || target.environment === environment) &&
          (cluster === undefined || target.cluster === cluster),
      ),
    },
  }));
}

/** For reads that end when their wizard is left, or with an answer. */
function unhurried(): AbortSignal {
  return new AbortController().signal;
}
