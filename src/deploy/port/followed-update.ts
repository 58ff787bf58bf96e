/** What is known of an update that was sent, for whoever judges what a target shows afterwards. */
import type { CodeConfiguration } from '../../model/code';
import type { Facts, Json } from '../../model/json';
import type { FurtherRequest } from '../../operations/operation';

/** The target as it was right before the request. */
export interface LastLook {
  readonly configuration: CodeConfiguration;
  /** What its kind kept besides. */
  readonly facts: Facts;
}

/** A request that was sent after the first one was taken. */
export interface SentFurther {
  readonly request: FurtherRequest;
  /** `none`: whether it was taken is not known. */
  readonly answer: 'taken' | 'failed' | 'none';
}

export interface FollowedUpdate {
  /** The whole configuration that was asked for, what its strategy keeps included. */
  readonly expected: CodeConfiguration;
  readonly before: LastLook;
  /** What was sent, as its kind wrote it down. */
  readonly input: Json;
  readonly strategy: string;
  /** Epoch milliseconds. */
  readonly sentAt: number;
  /** The service answered that it took the request. */
  readonly accepted: boolean;
  /** In the order in which they were sent. */
  readonly further: readonly SentFurther[];
  /** Facts of the looks so far. */
  readonly facts: Facts;
}
