/** Sends one update of a node group: a last look for drift, the token written down, the request, the answer. */
import type { EksUpdate } from '../model/eks';
import { type Failure, failureOf } from '../model/failure';
import type { Facts } from '../model/json';
import { allItems } from '../model/page';
import { idempotencyToken } from '../operations/ids';
import type { Journal, Outcome } from '../operations/operation';
import { ask } from './known';
import type { AcceptedUpdate, Eks } from './ports';
import { recordJson } from './record';
import { driftOf, type NodegroupState, stateOf } from './state';

/** Steps that an update of a node group writes down. */
export type UpdateStep = 'read-node-group' | 'no-answer';

/** One update to send. `Request` is the whole body. */
export interface Sending<Request> {
  readonly operation: 'UpdateNodegroupConfig' | 'UpdateNodegroupVersion';
  readonly clusterName: string;
  readonly nodegroupName: string;
  /** What the plan rests on. */
  readonly before: NodegroupState;
  readonly request: (token: string) => Request;
  readonly send: (request: Request, signal: AbortSignal) => Promise<AcceptedUpdate>;
}

/** `follow`: the follower finds out what becomes of it. Else the operation has ended, and the journal says how. */
export type Sent = { readonly next: 'follow' } | { readonly next: 'none'; readonly outcome: Outcome };

/**
 * Everything that happens is in the journal when this resolves. It sends at most one request, and none when the node
 * group is no longer as it was planned.
 * @throws only what the journal throws when the operation was declared over by somebody else.
 */
export async function sendUpdate<Request extends object>(
  sending: Sending<Request>,
  eks: Eks,
  journal: Journal,
  signal: AbortSignal,
): Promise<Sent> {
  const token = idempotencyToken();
  const request = sending.request(token);
  try {
    const drift = driftOf(sending.before, await freshState(sending, eks, journal, signal));
    if (drift.length > 0) {
      return await end(journal, { state: 'drifted', facts: { drift: drift.map((one) => ({ ...one })) } });
    }
    signal.throwIfAborted();
    await journal.sending({
      service: 'eks',
      operation: sending.operation,
      input: recordJson(request),
      token,
    });
  } catch (thrown) {
    const failure = failureOf(thrown);
    if (failure.kind === 'refused' && failure.code === 'operation-ended') throw thrown;
    return end(journal, failure.kind === 'cancelled' ? { state: 'cancelled' } : { state: 'failed', failure });
  }
  return answered(() => sending.send(request, signal), journal);
}

/** The ids of earlier updates are kept, so that ours is told apart should its answer be lost. */
async function freshState(
  { clusterName, nodegroupName }: Pick<Sending<never>, 'clusterName' | 'nodegroupName'>,
  eks: Eks,
  journal: Journal,
  signal: AbortSignal,
): Promise<NodegroupState> {
  const [nodegroup, updates] = await Promise.all([
    eks.describeNodegroup(clusterName, nodegroupName, signal),
    ask(() => allItems((next) => eks.listUpdates(clusterName, nodegroupName, next, signal))),
  ]);
  const step: UpdateStep = 'read-node-group';
  await journal.step(step, updates.known ? { updatesBefore: updates.value } : {});
  return stateOf(nodegroup);
}

async function answered(send: () => Promise<AcceptedUpdate>, journal: Journal): Promise<Sent> {
  let accepted: AcceptedUpdate;
  try {
    accepted = await send();
  } catch (thrown) {
    const failure = failureOf(thrown);
    if (isRefusal(failure)) return end(journal, { state: 'failed', failure });
    const step: UpdateStep = 'no-answer';
    await journal.step(step, { failure: { ...failure } });
    await journal.watched();
    return { next: 'follow' };
  }
  await journal.accepted(accepted.requestId, updateFacts(accepted.update));
  return { next: 'follow' };
}

/** AWS answered, and not with a fault of its own: nothing was carried out. */
function isRefusal(failure: Failure): boolean {
  return failure.kind === 'aws' && failure.answered && failure.reason !== 'server';
}

async function end(journal: Journal, outcome: Outcome): Promise<Sent> {
  await journal.ended(outcome);
  return { next: 'none', outcome };
}

/** What is written down of an update as AWS shows it. */
export function updateFacts(update: EksUpdate): Facts {
  return {
    updateId: update.id,
    updateStatus: update.status,
    updateType: update.type,
    params: update.params.map(({ type, value }) => ({ type, value })),
    ...(update.createdAt !== undefined && { createdAt: update.createdAt }),
    ...(update.errors.length > 0 && {
      errors: update.errors.map(({ code, message, resourceIds }) => ({ code, message, resourceIds })),
    }),
  };
}
