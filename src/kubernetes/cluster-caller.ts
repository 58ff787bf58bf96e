/** The interface through which adapters send requests to a cluster's API, for one kind of caller. */
import type { IncomingMessage } from 'node:http';
import type { Clock } from '../model/clock';
import type { Turns } from '../model/turns';
import type { RequestAt } from './failures';
import type { Asked } from './request';

/** Reads an answer that reports success. `at`: the request, for a failure while the answer is being read. */
export type Take<T> = (answer: IncomingMessage, at: RequestAt) => Promise<T>;

export interface SendOptions {
  readonly signal: AbortSignal;
  /** The maximum number of tries; 3 where absent. */
  readonly attempts?: number;
  /** See {@link CallOptions.change}. */
  readonly change?: boolean;
}

export interface ClusterCaller {
  readonly clock: Clock;
  /** Shared by all answers, so that reading many of them at once does not block the thread. */
  readonly turns: Turns;
  /** Resolves with the result of `take`; `take` throws {@link Misshapen} for an answer that it cannot read. */
  send<T>(asked: Asked, options: SendOptions, take: Take<T>): Promise<T>;
}
