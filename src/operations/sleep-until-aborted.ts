/** Waiting in a loop that looks at its signal anyway. */
import type { Clock } from '../model/clock';

/** Sleeps `ms`; an abort ends the sleep early instead of rejecting. */
export async function sleepUntilAborted(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  try {
    await clock.sleep(ms, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
