/** A sent update, with the data needed to judge the target's later states. */
import type { CodeConfiguration } from '../../model/code';
import type { Facts, Json } from '../../model/json';
import type { FurtherRequest } from '../../operations/operation';

/** The state of the target right before the request. */
export interface LastLook {
  readonly configuration: CodeConfiguration;
  /** Further facts that the kind of target recorded. */
  readonly facts: Facts;
}

/** A request that was sent after the first one had been accepted. */
export interface SentFurther {
  readonly request: FurtherRequest;
  /** `none`: it is not known whether the service accepted the request. */
  readonly answer: 'taken' | 'failed' | 'none';
}

export interface FollowedUpdate {
  /** The whole requested configuration, including the parts that the strategy keeps. */
  readonly expected: CodeConfiguration;
  readonly before: LastLook;
  /** The request's input, as the kind of target recorded it. */
  readonly input: Json;
  readonly strategy: string;
  /** Epoch milliseconds. */
  readonly sentAt: number;
  /** True if the service answered that it accepted the request. */
  readonly accepted: boolean;
  /** In the order in which they were sent. */
  readonly further: readonly SentFurther[];
  /**
   * Facts of the service's acceptance and of the polls so far; a later fact replaces an earlier one of the
   * same name.
   */
  readonly facts: Facts;
}
