/** One deployment of a save: plans what the folder holds now, asks nothing, and waits until AWS is done with it. */
import * as l10n from '@vscode/l10n';
import { applyDeployment } from '../../deploy/apply/apply-deployment';
import { storedZip } from '../../deploy/history/from-ledger';
import { blockedByTask, type SaveDecision, stoppingSave } from '../../deploy/on-save/decide';
import { summaryOfSaved } from '../../deploy/on-save/from-save';
import { packOnce } from '../../deploy/on-save/pack-once';
import { planSaved } from '../../deploy/on-save/plan-saved';
import type { PreDeployWindow } from '../../deploy/on-save/pre-deploy-window';
import type { RememberedReadings } from '../../deploy/on-save/remembered-readings';
import { NOT_CONFIRMED } from '../../deploy/on-save/save-answers';
import type { SaveOutcome } from '../../deploy/on-save/save-state';
import type { PlanInput } from '../../deploy/plan/input';
import type { DeploymentPlan } from '../../deploy/plan/plan';
import type { Clock } from '../../model/clock';
import { type Failure, failed, failureOf, type Refusal } from '../../model/failure';
import type { Ledger } from '../../operations/ledger';
import type { Operation } from '../../operations/operation';
import { runOperation } from '../../operations/run-operation';
import type { Tracker } from '../../operations/tracker';
import type { Packer } from '../../package/packer';
import { gitCommitOf } from '../../view/git';
import { blockedWords } from '../../view/messages/on-save';
import { isOpen, stateWords } from '../../view/messages/operation';
import type { ConfirmedTargets } from '../code/targets/confirmed';
import type { PreDeployTasks } from '../code/targets/pre-deploy';
import { inputWithoutGit, rootOf, type TargetInputDeps } from '../code/targets/target-input';
import type { WorkspaceTarget } from '../code/targets/workspace-targets';
import type { OutcomeWords } from '../run';
import { targetAt } from '../target-kinds';
import { refuseUnsaved } from './unsaved-files';

export interface DeploySavedDeps extends TargetInputDeps {
  readonly packer: Packer;
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly tracker: Tracker;
  readonly confirmed: ConfirmedTargets;
  readonly tasks: PreDeployTasks;
  readonly readings: RememberedReadings;
  readonly failureWords: (failure: Failure) => string;
  readonly outcomeWords: OutcomeWords;
}

export interface SavedRun {
  /** After it nothing is sent any more; what was sent is waited for. */
  readonly signal: AbortSignal;
  /** The window goes away: nothing is waited for. */
  readonly closing: AbortSignal;
  readonly onBegun: (operationId: string) => void;
  /** Of this target. */
  readonly window: PreDeployWindow;
}

/** `why`: a sentence for the user, where it did not go well. */
export interface SavedEnd {
  readonly outcome: SaveOutcome;
  readonly why?: string;
}

/** Failures are outcomes. */
export async function deploySaved(
  target: WorkspaceTarget,
  deps: DeploySavedDeps,
  run: SavedRun,
): Promise<SavedEnd> {
  if (!deps.confirmed.has(target)) return { outcome: { kind: 'blocked', code: NOT_CONFIRMED } };
  try {
    const refusal = await prepare(target, deps, run);
    if (refusal !== undefined) {
      return {
        outcome: blockedByTask(refusal),
        why: deps.failureWords(refusal),
      };
    }
    // What is checked out is asked beside everything else: git takes its time.
    const git = gitCommitOf(rootOf(target));
    return await planAndDeploy(await inputWithoutGit(target, deps, run.signal), git, deps, run);
  } catch (thrown) {
    deps.readings.clear();
    const failure = failureOf(thrown);
    if (failure.kind === 'cancelled') return { outcome: { kind: 'cancelled' } };
    return { outcome: { kind: 'failed', code: codeOfFailure(failure) }, why: deps.failureWords(failure) };
  }
}

/** A task that fails says so in its terminal: it blocks as a check does, and pauses nothing. */
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
): Promise<SavedEnd> {
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
  if (decision.kind === 'unchanged') return { outcome: decision };
  if (decision.kind !== 'deploy') {
    readings.clear();
    return { outcome: decision, why: whyStopped(planned, decision) };
  }
  const commit = await git;
  const plan: DeploymentPlan = { ...planned, ...(commit && { git: commit }) };
  run.signal.throwIfAborted();
  const { subject, author } = plan;
  // The disk is waited for beside the last look.
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
  const end = await endOf(journal.id, deps, run.closing);
  // For the next plan alone, which reads by itself what could not be read here.
  if (end.outcome.kind !== 'live') readings.clear();
  else await readings.learn(input.destination, run.closing).catch(() => readings.clear());
  return end;
}

/** Follows an operation that was carried out until AWS is done with it. @throws cancelled, when the window goes away. */
export async function endOf(
  id: string,
  { ledger, tracker, outcomeWords }: Pick<DeploySavedDeps, 'ledger' | 'tracker' | 'outcomeWords'>,
  closing: AbortSignal,
): Promise<SavedEnd> {
  const isOver = (): boolean => {
    const operation = ledger.operation(id);
    return operation === undefined || !isOpen(operation);
  };
  if (!isOver()) {
    await tracker.watch(id);
    await untilTrue(isOver, (listener) => ledger.onDidChange(listener), closing);
  }
  const operation = ledger.operation(id);
  if (operation === undefined) return { outcome: { kind: 'failed', code: 'operation-missing' } };
  const outcome = outcomeOf(operation);
  if (outcome.kind === 'live') return { outcome };
  return { outcome, why: outcomeWords(operation) ?? stateWords(operation.state) };
}

/** @throws cancelled. */
async function untilTrue(
  isTrue: () => boolean,
  listen: (listener: () => void) => () => void,
  signal: AbortSignal,
): Promise<void> {
  const done = Promise.withResolvers<void>();
  const look = (): void => {
    if (isTrue()) done.resolve();
  };
  const stop = (): void => done.reject(failed({ kind: 'cancelled' }));
  const unlisten = listen(look);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  look();
  try {
    await done.promise;
  } finally {
    unlisten();
    signal.removeEventListener('abort', stop);
  }
}

function outcomeOf({ state, outcome }: Operation): SaveOutcome {
  if (state === 'succeeded') return { kind: 'live' };
  if (state === 'cancelled') return { kind: 'cancelled' };
  if (isBusy(outcome?.failure)) return { kind: 'busy' };
  return { kind: 'failed', code: outcome?.failure ? codeOfFailure(outcome.failure) : state };
}

/** The last look found that another change had begun since the plan. */
function isBusy(failure: Failure | undefined): boolean {
  // A phase is told by what is not ready alone.
  return failure?.kind === 'refused' && failure.facts['phase'] === 'busy';
}

function codeOfFailure(failure: Failure): string {
  return failure.kind === 'refused' ? failure.code : failure.kind;
}

function whyStopped({ checks }: DeploymentPlan, decision: SaveDecision): string {
  if (decision.kind === 'blocked' && decision.code === 'confirmation')
    return l10n.t('It asks for a confirmation. Deploy it by hand.');
  return blockedWords(stoppingSave(checks));
}
