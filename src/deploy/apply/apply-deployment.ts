/** Carries out a plan, step by step, each written down before and after: zip, record, last look, update. */
import { type Failure, failureOf } from '../../model/failure';
import { idempotencyToken } from '../../operations/ids';
import type { Outcome } from '../../operations/operation';
import { codeOf, worst } from '../checks/check';
import type { ConfigurationWithCode } from '../configuration';
import type { DeploymentPlan } from '../plan/plan';
import { UPDATE_OPERATION, updateInput, updateRequest } from '../plan/requests';
import type { CodeUpdateRequest } from '../ports';
import { refuse } from '../refusal';
import { type ApplyContext, type ApplyProgress, type ApplyRun, refuseOtherAccount } from './context';
import { lookOnceMore } from './last-look';
import { provideZip } from './provide-zip';
import { writeRecord } from './write-record';

export type ApplyResult =
  /** AWS took the update: it is to be followed. */
  | { readonly state: 'accepted'; readonly requestId?: string }
  /** Sent, and no answer says whether AWS took it: the follower finds out. */
  | { readonly state: 'unanswered'; readonly failure: Failure }
  /** Over before AWS changed anything, and written down as such. */
  | { readonly state: 'ended'; readonly outcome: Outcome };

/**
 * Resolves once AWS has answered, or earlier when it comes to nothing. Cancelling before the request is sent changes
 * nothing in the cluster; afterwards it has no effect here. What nobody foresaw is written down and thrown.
 */
export async function applyDeployment(
  plan: DeploymentPlan,
  context: ApplyContext,
  signal: AbortSignal,
  report: (progress: ApplyProgress) => void = () => undefined,
): Promise<ApplyResult> {
  const run: ApplyRun = { ...context, plan, signal, report };
  try {
    const next = await prepare(run);
    return await send(run, next);
  } catch (error) {
    const failure = failureOf(error);
    const outcome = outcomeOf(failure);
    // Whoever declared the operation over has written down its end.
    const isOver = failure.kind === 'refused' && failure.code === 'operation-ended';
    if (!isOver) await context.journal.ended(outcome);
    if (failure.kind === 'unexpected') throw error;
    return { state: 'ended', outcome };
  }
}

/** Everything before the request. */
async function prepare(run: ApplyRun): Promise<ConfigurationWithCode> {
  const { plan, signal } = run;
  if (worst(plan.checks) === 'block') {
    const blocking = plan.checks.filter(({ verdict }) => verdict === 'block');
    throw refuse('plan-blocked', { checks: blocking.map(codeOf) });
  }
  signal.throwIfAborted();
  await refuseOtherAccount(run);
  const next = { ...plan.next, code: await provideZip(run) };
  await writeRecord(run, next);
  await refuseOtherAccount(run);
  await lookOnceMore(run);
  return next;
}

/** @throws what came before the request, or an answer that says that nothing was changed. */
async function send(run: ApplyRun, next: ConfigurationWithCode): Promise<ApplyResult> {
  const { plan, journal, ports, signal, report } = run;
  const { environmentId, clusterName, strategy } = plan;
  const request = updateRequest({ environmentId, clusterName }, next, strategy, idempotencyToken());
  report({ step: 'sending' });
  signal.throwIfAborted();
  await journal.sending(sentRequest(request));
  try {
    const { requestId } = await ports.finspace.updateCode(request, signal);
    await journal.accepted(requestId);
    return { state: 'accepted', ...(requestId !== undefined && { requestId }) };
  } catch (error) {
    const failure = failureOf(error);
    if (!isUndecided(failure)) throw error;
    await journal.watched();
    return { state: 'unanswered', failure };
  }
}

function sentRequest(request: CodeUpdateRequest) {
  const { clientToken: token } = request;
  return { service: 'finspace', operation: UPDATE_OPERATION, input: updateInput(request), token };
}

/** An internal error may come before or after the change was made. */
function isUndecided(failure: Failure): boolean {
  return failure.kind === 'aws'
    ? !failure.answered || failure.reason === 'server'
    : failure.kind === 'unexpected';
}

function outcomeOf(failure: Failure): Outcome {
  if (failure.kind === 'cancelled') return { state: 'cancelled', facts: { reason: 'user' } };
  const drifted = failure.kind === 'refused' && failure.code === 'drift';
  return { state: drifted ? 'drifted' : 'failed', failure, facts: { changed: false } };
}
