/** Repeats requests after temporary failures. */
import type { Clock } from '../../model/clock';
import { failureOf } from '../../model/failure';

const TRIES = 5;
const FIRST_PAUSE_MS = 500;

/**
 * Tries up to `tries` times, with doubling pauses, if the failure is temporary or bytes were damaged in
 * transit. Other failures are thrown at once.
 */
export async function retrying<T>(
  clock: Clock,
  signal: AbortSignal,
  attempt: () => Promise<T>,
  tries = TRIES,
): Promise<T> {
  for (let made = 1; ; made++) {
    try {
      return await attempt();
    } catch (error) {
      const failure = failureOf(error);
      const again = failure.kind === 'aws' && (failure.passing || failure.reason === 'bad-digest');
      if (!again || made >= tries || signal.aborted) throw error;
    }
    await clock.sleep(FIRST_PAUSE_MS * 2 ** (made - 1), signal);
  }
}
