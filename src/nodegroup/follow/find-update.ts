/** Finds the update of a request that was not answered: a new update with the request's parameters. */
import type { EksUpdate } from '../../model/eks';
import { type Failure, failureOf } from '../../model/failure';
import type { Json } from '../../model/json';
import { PageTrail } from '../../model/page';
import type { Observation, Operation } from '../../operations/operation';
import { type UpdateStep, updateFacts } from '../apply/send';
import { refuse } from '../plan/refusal';
import { expectationOf, mayBe } from './expectation';
import { isAws, notPermitted, type PollContext } from './poll-context';
import { unknownEnd } from './unknown-end';

/** Milliseconds that EKS may need until it lists an update that it has accepted. */
const SETTLED = 30_000;

/**
 * One poll. When the update is found, the operation continues with the update's id. If EKS still shows no
 * such update {@link SETTLED} milliseconds after the request, the operation ends as `failed` (refusal
 * `request-not-taken`, or the failure of the request). If this cannot be decided, it ends as `unknown`.
 */
export async function findUpdate(look: PollContext, type: string): Promise<Observation> {
  const { operation, now } = look;
  try {
    const before = updatesBefore(operation);
    const fitting = await appeared(look, before && new Set(before), type);
    const found = before ? fitting : fitting.filter((update) => isInTime(update, operation));
    const [only, ...others] = found;
    if (only && others.length === 0) return { state: 'going-on', facts: updateFacts(only) };
    if (only) {
      return unknownEnd({ code: 'several-updates', facts: { updateIds: found.map(({ id }) => id) } });
    }
    if (now - (operation.sentAt ?? 0) < SETTLED) return { state: 'going-on' };
    // If the list of earlier updates is missing, even a matching update with an earlier time may come from this
    // request: this machine's clock may be far off.
    return before || fitting.length === 0
      ? notTaken(operation)
      : unknownEnd({ code: 'cannot-tell', facts: {} });
  } catch (thrown) {
    const failure = failureOf(thrown);
    if (isAws(failure, 'access-denied')) return notPermitted(failure);
    if (isAws(failure, 'not-found')) return unknownEnd({ code: 'node-group-gone', facts: {} });
    throw thrown;
  }
}

/**
 * Updates that match the request and were not listed before it was sent. If the earlier updates are not
 * known, all updates that match.
 */
async function appeared(
  { eks, operation, cluster, nodegroup, signal, nextRequest }: PollContext,
  before: ReadonlySet<string> | undefined,
  type: string,
): Promise<readonly EksUpdate[]> {
  const fresh: string[] = [];
  const trail = new PageTrail();
  let next: string | undefined;
  do {
    if (next !== undefined) await nextRequest();
    const page = await eks.listUpdates(cluster, nodegroup, next, signal);
    fresh.push(...page.items.filter((id) => !before?.has(id)));
    next = trail.follow(page.next);
  } while (next !== undefined);
  const expected = expectationOf(operation);
  const found: EksUpdate[] = [];
  for (const id of fresh) {
    await nextRequest();
    const update = await eks.describeUpdate(cluster, nodegroup, id, signal);
    if (mayBe(update, type, expected)) found.push(update);
  }
  return found;
}

/** Milliseconds by which the clocks of AWS and of this machine may differ. */
const CLOCK_DIFFERENCE = 300_000;

function isInTime({ createdAt }: EksUpdate, { sentAt = 0 }: Operation): boolean {
  return createdAt === undefined || createdAt >= sentAt - CLOCK_DIFFERENCE;
}

function updatesBefore(operation: Operation): readonly string[] | undefined {
  const ids = factOf(operation, 'read-node-group', 'updatesBefore');
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : undefined;
}

function factOf(operation: Operation, step: UpdateStep, fact: string): Json | undefined {
  return operation.steps.findLast(({ name }) => name === step)?.facts?.[fact];
}

function notTaken(operation: Operation): Observation {
  const recorded = factOf(operation, 'request-failed', 'failure');
  const failure: Failure = isTelling(recorded)
    ? (recorded as unknown as Failure)
    : failureOf(refuse('request-not-taken'));
  return { state: 'ended', outcome: { state: 'failed', failure } };
}

/** True if the failure of the request explains why EKS accepted nothing. */
function isTelling(recorded: Json | undefined): boolean {
  return recorded instanceof Object && 'kind' in recorded && recorded['kind'] !== 'cancelled';
}
