/**
 * Pure functions for the wait before an operation's next poll, which depends on the results of the last
 * polls.
 */
import type { Failure } from '../model/failure';

/** The waits between the polls of an operation. All are in milliseconds. */
export interface PollInterval {
  /** Milliseconds between two polls while polls succeed. */
  readonly baseMs: number;
  /**
   * Milliseconds between two polls after `silentAfterMs` without news, and the longest wait after a failure
   * that is not temporary.
   */
  readonly slowMs: number;
  /** Milliseconds without news after which `slowMs` applies. News are facts that were not known before. */
  readonly silentAfterMs: number;
  /** The longest wait between two polls while they fail for temporary reasons. */
  readonly backOffMs: number;
}

export const POLL_INTERVAL: PollInterval = {
  baseMs: 5_000,
  slowMs: 60_000,
  silentAfterMs: 3_600_000,
  backOffMs: 60_000,
};

/**
 * Milliseconds between an answered poll and the next poll.
 * @param silentForMs milliseconds since an answer last contained news
 */
export function afterAnswer(interval: PollInterval, silentForMs: number): number {
  return silentForMs > interval.silentAfterMs ? Math.max(interval.slowMs, interval.baseMs) : interval.baseMs;
}

/**
 * Milliseconds between a failed poll and the next poll.
 * @param failures the number of polls that have failed in a row
 * @param random from 0 to 1; spreads polls that failed together over the second half of the wait
 */
export function afterFailure(
  interval: PollInterval,
  failure: Failure,
  failures: number,
  random: number,
): number {
  const wait = isPassing(failure)
    ? Math.min(interval.backOffMs, interval.baseMs * 2 ** (failures - 1))
    : interval.slowMs;
  return wait * (1 - random / 2);
}

/** True if a request to AWS failed because of the network. */
export function isNetwork(failure: Failure | undefined): boolean {
  return failure?.kind === 'aws' && failure.reason === 'network';
}

function isPassing(failure: Failure): boolean {
  if (failure.kind === 'aws' || failure.kind === 'kubernetes') return failure.passing;
  return failure.kind === 'refused' && failure.code === NO_ANSWER;
}

/** Refusal code of a poll that was not answered in time. */
export const NO_ANSWER = 'no-answer';
