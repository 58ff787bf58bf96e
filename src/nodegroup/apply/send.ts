/**
 * Sends one update of a node group: reads the node group to detect drift, records the token, sends the
 * request, and records the answer.
 */

import type { UpdateProgress } from '../../drain/progress';
import { progressFacts } from '../../drain/progress-record';
import type { EksUpdate, Nodegroup } from '../../model/eks';
import { failureOf } from '../../model/failure';
import type { Facts } from '../../model/json';
import { allItems } from '../../model/page';
import { present } from '../../model/present';
import { idempotencyToken } from '../../operations/ids';
import type { Journal } from '../../operations/operation';
import { refuseDrift } from '../../plan/drift';
import { readOptional } from '../../plan/optional-read';
import { recordJson } from '../plan/record';
import type { AcceptedUpdate, Eks } from '../ports';
import { driftOf, identityDrift, type NodegroupState, stateOf } from '../reading/state';

/** The ledger's names for the steps of an update. */
export type UpdateStep = 'read-node-group' | 'read-nodes' | 'request-failed';

interface NodegroupNames {
  readonly clusterName: string;
  readonly nodegroupName: string;
}

/** One planned update that is ready to be sent. */
export interface Sending<Body> {
  readonly operation: 'UpdateNodegroupConfig' | 'UpdateNodegroupVersion';
  readonly planned: {
    /** The node group's ARN as the plan saw it. */
    readonly arn: string;
    /** The state that the plan rests on. */
    readonly before: NodegroupState;
    /** The whole body except for the token. */
    readonly request: Body & NodegroupNames;
  };
  readonly send: (
    request: NoInfer<Body> & { readonly clientRequestToken: string },
    signal: AbortSignal,
  ) => Promise<AcceptedUpdate>;
  /**
   * Reads the nodes that exist before the update, so that the progress can be counted from these nodes. Absent
   * if the nodes are not to be read.
   */
  readonly nodesBefore?: NodesBefore;
}

export type NodesBefore = (signal: AbortSignal) => Promise<UpdateProgress>;

/**
 * Reads the node group once more and sends at most one request: none if the node group has changed since
 * the plan. `runOperation` decides from the error how the operation ends.
 * @throws refused `drift`, and `account-changed` if the credentials now lead to a node group of the same
 * name in another account
 */
export async function sendUpdate<Body extends object>(
  { operation, planned, send, nodesBefore }: Sending<Body>,
  eks: Eks,
  journal: Journal,
  signal: AbortSignal,
): Promise<void> {
  const [fresh] = await Promise.all([
    readAgain(planned.request, eks, journal, signal),
    nodesBefore && recordNodes(nodesBefore, journal, signal),
  ]);
  refuseDrift([...identityDrift(planned.arn, fresh.arn), ...driftOf(planned.before, stateOf(fresh))]);
  signal.throwIfAborted();
  const token = idempotencyToken();
  const request = { ...planned.request, clientRequestToken: token };
  await journal.sending({ service: 'eks', operation, input: recordJson(request), token });
  const accepted = await keepingFailure(() => send(request, signal), journal);
  await journal.accepted(accepted.requestId, updateFacts(accepted.update));
}

/**
 * Reads the node group again, and records the ids of its updates: if the answer to the request is lost, the new
 * update is the one whose id is not among them.
 */
async function readAgain(
  { clusterName, nodegroupName }: NodegroupNames,
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

/** Records the nodes before the update. If they cannot be read, progress is counted from the first poll. */
async function recordNodes(read: NodesBefore, journal: Journal, signal: AbortSignal): Promise<void> {
  const step: UpdateStep = 'read-nodes';
  try {
    await journal.step(step, progressFacts(await read(signal)) ?? {});
  } catch (thrown) {
    signal.throwIfAborted();
    await journal.step(step, { failure: { ...failureOf(thrown) } });
  }
}

/** Calls `send`, and records its failure, which explains why no update appears in EKS. */
async function keepingFailure<T>(send: () => Promise<T>, journal: Journal): Promise<T> {
  try {
    return await send();
  } catch (thrown) {
    const step: UpdateStep = 'request-failed';
    await journal.step(step, { failure: { ...failureOf(thrown) } });
    throw thrown;
  }
}

/** The facts that the ledger keeps about an update. */
export function updateFacts(update: EksUpdate): Facts {
  return {
    updateId: update.id,
    updateStatus: update.status,
    updateType: update.type,
    params: update.params.map(({ type, value }) => ({ type, value })),
    ...present({ createdAt: update.createdAt, cancellation: update.cancellation }),
    ...(update.errors.length > 0 && {
      errors: update.errors.map(({ code, message, resourceIds }) => ({ code, message, resourceIds })),
    }),
  };
}
