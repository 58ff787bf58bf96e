/**
 * One deployment that a save causes: plans the present content of the folder, asks no questions, and waits
 * until the deployment has ended.
 */

import * as l10n from '@vscode/l10n';
import { applyDeployment } from '../../deploy/apply/apply-deployment';
import { storedZip } from '../../deploy/history/from-ledger';
import { type SaveDecision, stoppingSave } from '../../deploy/on-save/decide';
import { codeOfFailure, type FollowSavedDeps, followSaved } from '../../deploy/on-save/follow-saved';
import { packOnce, planSaved, summaryOfSaved } from '../../deploy/on-save/plan-saved';
import { blockedByTask, type PreDeployWindow } from '../../deploy/on-save/pre-deploy';
import type { RememberedReadings } from '../../deploy/on-save/remembered-readings';
import { NOT_CONFIRMED } from '../../deploy/on-save/save-answers';
import type { SaveRun } from '../../deploy/on-save/save-queue';
import type { SaveOutcome } from '../../deploy/on-save/save-state';
import type { PlanInput } from '../../deploy/plan/input';
import type { DeploymentPlan } from '../../deploy/plan/plan';
import type { Clock } from '../../model/clock';
import { type Failure, failureOf, type Refusal } from '../../model/failure';
import { present } from '../../model/present';
import type { Ledger } from '../../operations/ledger';
import { runOperation } from '../../operations/run-operation';
import type { Packer } from '../../package/packer';
import { gitCommitOf } from '../../view/git';
import { blockedWords } from '../../view/messages/on-save';
import type { ConfirmedTargets } from '../code/targets/confirmed';
import type { PreDeployTasks } from '../code/targets/pre-deploy';
import { inputWithoutGit, rootOf, type TargetInputDeps } from '../code/targets/target-input';
import type { WorkspaceTarget } from '../code/targets/workspace-targets';
import { targetAt } from '../target-kinds';
import { refuseUnsaved } from './target-folder';

export interface DeploySavedDeps extends TargetInputDeps, FollowSavedDeps {
  readonly packer: Packer;
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly confirmed: ConfirmedTargets;
  readonly tasks: PreDeployTasks;
  readonly readings: RememberedReadings;
  readonly failureWords: (failure: Failure) => string;
}

export interface SavedRun extends Pick<SaveRun, 'signal' | 'onBegun'> {
  /** Aborts when the window closes: from then on, nothing is awaited. */
  readonly closing: AbortSignal;
  /**
   * Records when the target's task runs, so that the files that the task writes do not cause another
   * deployment each time.
   */
  readonly window: PreDeployWindow;
}

/** Deploys a target because of a save. Never rejects: a failure becomes the outcome. */
export async function deploySaved(
  target: WorkspaceTarget,
  deps: DeploySavedDeps,
  run: SavedRun,
): Promise<SaveOutcome> {
  if (!deps.confirmed.has(target)) return { kind: 'blocked', code: NOT_CONFIRMED };
  try {
    const refusal = await prepare(target, deps, run);
    if (refusal !== undefined) return blockedByTask(refusal, deps.failureWords(refusal));
    // The commit is read at the same time as everything else, since git is slow.
    const git = gitCommitOf(rootOf(target));
    return await planAndDeploy(await inputWithoutGit(target, deps, run.signal), git, deps, run);
  } catch (thrown) {
    deps.readings.clear();
    const failure = failureOf(thrown);
    if (failure.kind === 'cancelled') return { kind: 'cancelled' };
    return { kind: 'failed', code: codeOfFailure(failure), why: deps.failureWords(failure) };
  }
}

/**
 * Runs the target's task, if it has one. Returns the refusal if the task may not start or fails; the
 * refusal blocks the deployment as a check does. The reason of a failure is in the task's terminal.
 */
async function prepare(
  target: WorkspaceTarget,
  { tasks }: DeploySavedDeps,
  { window, signal }: SavedRun,
): Promise<Refusal | undefined> {
  const { folder } = target;
  const { preDeploy } = target.target;
  if (preDeploy === undefined) return undefined;
  try {
    const mayStart = (): void => refuseUnsaved(preDeploy, rootOf(target), folder);
    await window.before(() => tasks.run(preDeploy, folder, signal, { mayStart }));
    return undefined;
  } catch (thrown) {
    const failure = failureOf(thrown);
    if (failure.kind !== 'refused') throw thrown;
    return failure;
  }
}

async function planAndDeploy(
  input: PlanInput,
  git: ReturnType<typeof gitCommitOf>,
  deps: DeploySavedDeps,
  run: SavedRun,
): Promise<SaveOutcome> {
  const { clock, ledger, readings } = deps;
  const request = input.source.kind === 'folder' ? input.source.request : undefined;
  const once = request && packOnce(deps.packer, request, run.signal);
  const { connection, kind, path } = input.destination;
  const ports = await deps.ports(connection);
  const { accountId } = await ports.identities.whoAmI(run.signal);
  const place = { accountId, region: connection.region, kind, path };
  const reached = targetAt(place, ports);
  const { plan: planned, decision } = await planSaved(
    input,
    place,
    { ports, target: reached, packer: once ?? deps.packer, clock, readings, operations: ledger.operations() },
    run.signal,
  );
  if (decision.kind === 'unchanged') return decision;
  if (decision.kind !== 'deploy') {
    readings.clear();
    return decision.kind === 'busy' ? decision : { ...decision, why: whyBlocked(planned, decision) };
  }
  const commit = await git;
  const plan: DeploymentPlan = { ...planned, ...present({ git: commit }) };
  run.signal.throwIfAborted();
  const { subject, author } = plan;
  // The ledger writes the operation to the disk while `applyDeployment` reads the target once more.
  const { journal, begun } = ledger.beginning({
    kind: kind.operationKind,
    subject,
    author,
    plan: summaryOfSaved(plan),
  });
  run.onBegun(journal.id);
  const context = {
    ports,
    target: reached,
    packer: deps.packer,
    clock,
    journal,
    begun,
    ...(request && once && { pack: request, packed: await once.packed }),
    earlier: (sha256: string) => storedZip(ledger.operations(), subject, sha256),
  };
  await runOperation(ledger, journal, async () => {
    await applyDeployment(plan, context, run.signal).finally(() => begun);
  });
  const outcome = await followSaved(journal.id, deps, run.closing);
  // A failed read is ignored: the next plan then reads everything by itself.
  if (outcome.kind !== 'live') readings.clear();
  else await readings.learn(input.destination, run.closing).catch(() => readings.clear());
  return outcome;
}

function whyBlocked(
  { checks }: DeploymentPlan,
  { code }: Extract<SaveDecision, { kind: 'blocked' }>,
): string {
  return code === 'confirmation'
    ? l10n.t('It asks for a confirmation. Deploy it by hand.')
    : blockedWords(stoppingSave(checks));
}
