/** An update that was sent, for the judge of what the target shows afterwards. */
import type { CodeConfiguration } from '../../model/code';
import type { Facts, Json } from '../../model/json';
import type { FurtherRequest } from '../../operations/operation';

/** The target as it was right before the request. */
export interface LastLook {
  readonly configuration: CodeConfiguration;
  /** Further facts that its kind kept. */
  readonly facts: Facts;
}

/** A request that was sent after the first one was taken. */
export interface SentFurther {
  readonly request: FurtherRequest;
  /** `none`: nobody knows whether it was taken. */
  readonly answer: 'taken' | 'failed' | 'none';
}

export interface FollowedUpdate {
  /** The whole configuration that was asked for, with the parts that its strategy keeps. */
  readonly expected: CodeConfiguration;
  readonly before: LastLook;
  /** The request's input, as its kind wrote it down. */
  readonly input: Json;
  readonly strategy: string;
  /** Epoch milliseconds. */
  readonly sentAt: number;
  /** The service answered that it took the request. */
  readonly accepted: boolean;
  /** In the order in which they were sent. */
  readonly further: readonly SentFurther[];
  /** Facts of the polls so far. */
  readonly facts: Facts;
}
