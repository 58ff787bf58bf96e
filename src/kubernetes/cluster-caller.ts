/** A cluster's API as its adapters ask it, for one kind of caller. */
import type { IncomingMessage } from 'node:http';
import type { Clock } from '../model/clock';
import type { Turns } from '../model/turns';
import type { RequestAt } from './failures';
import type { Asked } from './request';

/** Takes what is needed out of an answer that reports success. `at`: what was asked, for a failure in the middle of it. */
export type Take<T> = (answer: IncomingMessage, at: RequestAt) => Promise<T>;

export interface SendOptions {
  readonly signal: AbortSignal;
  /** How often it is tried at most; 3 where nothing is said. */
  readonly attempts?: number;
  /** See {@link CallOptions.change}. */
  readonly change?: boolean;
}

export interface ClusterCaller {
  readonly clock: Clock;
  /** Answers that come at once share them. */
  readonly turns: Turns;
  /** What `take` makes of the answer that reports success. It throws {@link Misshapen} for what it cannot read. */
  send<T>(asked: Asked, options: SendOptions, take: Take<T>): Promise<T>;
}
