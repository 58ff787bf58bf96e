/** The input of one poll of a follower, and functions that judge the failures of the poll's requests. */
import type { AwsFailure, Failure } from '../../model/failure';
import type { Facts } from '../../model/json';
import { actionsOf } from '../../model/permissions';
import type { Observation, Operation } from '../../operations/operation';
import type { Eks } from '../ports';
import { unknownEnd } from './unknown-end';

/** Everything that one poll needs. */
export interface PollContext {
  readonly eks: Eks;
  readonly operation: Operation;
  readonly cluster: string;
  readonly nodegroup: string;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly signal: AbortSignal;
  /** Awaited before every request except the first, for the rate limit. */
  readonly nextRequest: () => Promise<void>;
}

export function isAws(failure: Failure, reason: AwsFailure['reason']): failure is AwsFailure {
  return failure.kind === 'aws' && failure.reason === reason;
}

export function notPermitted(failure: AwsFailure, facts: Facts = {}): Observation {
  const [action] = actionsOf(failure);
  return unknownEnd({ code: 'not-permitted', facts: { action } }, facts);
}
