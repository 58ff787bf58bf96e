/** What one poll of a follower needs, and how it says that the end cannot be known. */
import type { AwsFailure, Failure } from '../model/failure';
import type { Facts } from '../model/json';
import { actionsOf } from '../model/permissions';
import type { Observation, Operation } from '../operations/operation';
import type { Eks } from './ports';

/** Why an operation ended as `unknown`, in `outcome.facts.why`. */
export type UnknownEnd =
  /** AWS calls the update successful, and the node group keeps showing something else. */
  | 'node-group-differs'
  | 'node-group-gone'
  | 'update-not-found'
  /** More than one update fits the request that got no answer. */
  | 'several-updates'
  | 'not-permitted'
  /** The request got no answer, and an update that fits may have been there before it. */
  | 'cannot-tell';

/** Everything that one poll needs. */
export interface PollContext {
  readonly eks: Eks;
  readonly operation: Operation;
  readonly cluster: string;
  readonly nodegroup: string;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly signal: AbortSignal;
  /** Awaited before every request but the first, so that all keep to the budget. */
  readonly nextRequest: () => Promise<void>;
}

export function isAws(failure: Failure, reason: AwsFailure['reason']): failure is AwsFailure {
  return failure.kind === 'aws' && failure.reason === reason;
}

export function unknownEnd(why: UnknownEnd, facts: Facts = {}): Observation {
  return { state: 'ended', outcome: { state: 'unknown', facts: { ...facts, why } } };
}

export function notPermitted(failure: AwsFailure, facts: Facts = {}): Observation {
  const [action] = actionsOf(failure);
  return unknownEnd('not-permitted', { ...facts, action });
}
