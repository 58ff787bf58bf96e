/** Sends one update of a node group: a last look for drift, the token written down, the request, the answer. */
import type { UpdateProgress } from '../../drain/progress';
import { progressFacts } from '../../drain/progress-record';
import type { EksUpdate, Nodegroup } from '../../model/eks';
import { failureOf } from '../../model/failure';
import type { Facts } from '../../model/json';
import { allItems } from '../../model/page';
import { idempotencyToken } from '../../operations/ids';
import type { Journal } from '../../operations/operation';
import { refuseDrift } from '../../plan/drift';
import { readOptional } from '../../plan/optional-read';
import { recordJson } from '../plan/record';
import type { AcceptedUpdate, Eks } from '../ports';
import { identityDrift } from '../reading/identity';
import { driftOf, type NodegroupState, stateOf } from '../reading/state';

/** Steps that an update of a node group writes down. */
export type UpdateStep = 'read-node-group' | 'read-nodes' | 'request-failed';

/** One update to send. `Request` is the whole body. */
export interface Sending<Request> {
  readonly operation: 'UpdateNodegroupConfig' | 'UpdateNodegroupVersion';
  readonly clusterName: string;
  readonly nodegroupName: string;
  /** The node group's ARN as the plan saw it. */
  readonly arn: string;
  /** What the plan rests on. */
  readonly before: NodegroupState;
  readonly request: (token: string) => Request;
  readonly send: (request: Request, signal: AbortSignal) => Promise<AcceptedUpdate>;
  /** The nodes that are there before, by which the update's progress is told; absent where nobody looks inside. */
  readonly nodesBefore?: NodesBefore;
}

export type NodesBefore = (signal: AbortSignal) => Promise<UpdateProgress>;

/**
 * Reads the node group once more and sends at most one request: none when the node group is no longer as it was
 * planned. What is thrown is for `runOperation`, which decides how the operation ends. @throws refused `drift`, and
 * `account-changed` where the credentials lead to another account's node group of that name by now.
 */
export async function sendUpdate<Request extends object>(
  sending: Sending<Request>,
  eks: Eks,
  journal: Journal,
  signal: AbortSignal,
): Promise<void> {
  const [fresh] = await Promise.all([
    readAgain(sending, eks, journal, signal),
    sending.nodesBefore && recordNodes(sending.nodesBefore, journal, signal),
  ]);
  refuseDrift([...identityDrift(sending.arn, fresh.arn), ...driftOf(sending.before, stateOf(fresh))]);
  signal.throwIfAborted();
  const token = idempotencyToken();
  const request = sending.request(token);
  await journal.sending({ service: 'eks', operation: sending.operation, input: recordJson(request), token });
  const accepted = await keepingFailure(() => sending.send(request, signal), journal);
  await journal.accepted(accepted.requestId, updateFacts(accepted.update));
}

/** The ids of earlier updates are kept, so that ours is told apart should its answer be lost. */
async function readAgain(
  { clusterName, nodegroupName }: Pick<Sending<never>, 'clusterName' | 'nodegroupName'>,
  eks: Eks,
  journal: Journal,
  signal: AbortSignal,
): Promise<Nodegroup> {
  const [nodegroup, updates] = await Promise.all([
    eks.describeNodegroup(clusterName, nodegroupName, signal),
    readOptional(() => allItems((next) => eks.listUpdates(clusterName, nodegroupName, next, signal))),
  ]);
  const step: UpdateStep = 'read-node-group';
  await journal.step(step, updates.known ? { updatesBefore: updates.value } : {});
  return nodegroup;
}

/** Without them the progress counts from the first look; the update does not wait for that. */
async function recordNodes(read: NodesBefore, journal: Journal, signal: AbortSignal): Promise<void> {
  const step: UpdateStep = 'read-nodes';
  try {
    await journal.step(step, progressFacts(await read(signal)) ?? {});
  } catch (thrown) {
    signal.throwIfAborted();
    await journal.step(step, { failure: { ...failureOf(thrown) } });
  }
}

/** Writes down what came in place of an answer: should no update appear, it says why. */
async function keepingFailure<T>(send: () => Promise<T>, journal: Journal): Promise<T> {
  try {
    return await send();
  } catch (thrown) {
    const step: UpdateStep = 'request-failed';
    await journal.step(step, { failure: { ...failureOf(thrown) } });
    throw thrown;
  }
}

/** What is written down of an update as AWS shows it. */
export function updateFacts(update: EksUpdate): Facts {
  return {
    updateId: update.id,
    updateStatus: update.status,
    updateType: update.type,
    params: update.params.map(({ type, value }) => ({ type, value })),
    ...(update.createdAt !== undefined && { createdAt: update.createdAt }),
    ...(update.cancellation !== undefined && { cancellation: update.cancellation }),
    ...(update.errors.length > 0 && {
      errors: update.errors.map(({ code, message, resourceIds }) => ({ code, message, resourceIds })),
    }),
  };
}
