/** Cancelling a request that is under way loses its answer; this gives the answer a little time to arrive. */
import type { Clock } from './clock';

const LINGER_MS = 10_000;

/** A signal that is aborted {@link LINGER_MS} after `signal`, unless `end` was called. */
export function abortGracePeriod(
  signal: AbortSignal,
  clock: Clock,
): { readonly signal: AbortSignal; end(): void } {
  const late = new AbortController();
  const over = new AbortController();
  const cancelled = (): void => {
    clock.sleep(LINGER_MS, over.signal).then(
      () => late.abort(),
      // It was over in time.
      () => undefined,
    );
  };
  signal.addEventListener('abort', cancelled, { once: true, signal: over.signal });
  return { signal: late.signal, end: () => over.abort() };
}
