/**
 * Carries out a plan step by step: provides the zip, writes the record, looks at the target once more, and sends
 * the update. The steps are recorded in the journal.
 */
import { MORE_TO_SEND } from '../../operations/operation';
import { stopping } from '../../plan/verdict';
import type { DeploymentPlan } from '../plan/plan';
import type { PreparedUpdate } from '../port/deploy-target';
import { refuse } from '../refusal';
import {
  type ApplyContext,
  type ApplyProgress,
  type ApplyRun,
  refuseOtherAccount,
  untilMayWrite,
} from './context';
import { sendFurther } from './further-requests';
import { lookOnceMore } from './last-look';
import { provideZip } from './provide-zip';
import { writeRecord } from './write-record';

/**
 * Carries out the plan. Resolves when the service has accepted the update and its further requests, or at a
 * pause, after which the remaining requests wait for the user's click; the operation then has to be followed.
 * Cancelling does not withdraw a request that is on its way, but no further ones are sent. Called by
 * `runOperation`, which decides from a failure how the operation ends.
 * @throws failures as data; refusals: `plan-blocked`, `account-changed`, `drift`, those of the target's kind
 * if the target takes no code now, `stored-zip-wrong`, `zip-changed`, `folder-not-given`, and those of packer
 * and journal.
 */
export async function applyDeployment(
  plan: DeploymentPlan,
  context: ApplyContext,
  signal: AbortSignal,
  report: (progress: ApplyProgress) => void = () => undefined,
): Promise<void> {
  const noted: Promise<void>[] = [];
  const note: ApplyRun['note'] = (name, facts) => {
    noted.push(context.journal.note(name, facts));
  };
  const run: ApplyRun = { ...context, plan, signal, report, note };
  const update = await prepare(run);
  await send(run, update, noted);
}

/** All steps before the request. */
async function prepare(run: ApplyRun): Promise<PreparedUpdate> {
  const { plan, clock, signal } = run;
  const blocking = stopping(plan.checks, plan.passed);
  if (blocking.length > 0) throw refuse('plan-blocked', { checks: blocking.map(({ code }) => code) });
  signal.throwIfAborted();
  await refuseOtherAccount(run);
  const [{ code, verify, sha256 }, early] = await bothDone(
    provideZip(run),
    run.target.refusesStale ? lookOnceMore(run) : undefined,
  );
  const next = { ...plan.next, code };
  const stored = bothDone(verify(), writeRecord(run, next));
  const [, looked] = await bothDone(stored, early ?? lookOnceMore(run));
  await untilMayWrite(run);
  const { state } = clock.now() - looked.askedAt < FRESH_MS ? looked : await lookOnceMore(run);
  return await state.prepare(next, plan.strategy, { sha256 });
}

/**
 * Waits for both promises even if one fails, so that the work of neither continues after the operation has ended.
 * @throws the error of the promise that failed; that of `a` if both failed
 */
async function bothDone<A, B>(a: Promise<A> | A, b: Promise<B> | B): Promise<[A, B]> {
  await Promise.allSettled([a, b]);
  return [await a, await b];
}

/**
 * If the last look at the target is older than this many milliseconds when the update is prepared, the look is
 * repeated: the work that runs beside it may take longer than the look.
 */
const FRESH_MS = 2_000;

async function send(
  { journal, signal, report }: ApplyRun,
  update: PreparedUpdate,
  noted: readonly Promise<void>[],
): Promise<void> {
  report({ step: 'sending' });
  signal.throwIfAborted();
  // Steps that were noted earlier may not be on the disk yet. One flush writes them together with the new steps.
  const more = update.needsFurther ? journal.step(MORE_TO_SEND) : undefined;
  await Promise.all([journal.sending(update.request), more, ...noted]);
  const { requestId, facts } = await update.send(signal);
  await journal.accepted(requestId, facts);
  const further = update.further?.(signal);
  if (further === undefined) return;
  report({ step: 'replacing' });
  await sendFurther(further, journal, signal);
}
