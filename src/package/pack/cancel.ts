/** Cancels work that blocks its thread: the work checks a flag in shared memory again and again. */
import { failed } from '../../model/failure';

/** One Int32; any value but 0 means cancelled. */
export type CancelFlag = Int32Array<SharedArrayBuffer>;

export function cancelFlag(): CancelFlag {
  return new Int32Array(new SharedArrayBuffer(4));
}

export function raise(flag: CancelFlag): void {
  Atomics.store(flag, 0, 1);
  Atomics.notify(flag, 0);
}

/** Throws a failure `cancelled` once the flag is raised. */
export function throwIfRaised(flag: CancelFlag): void {
  if (Atomics.load(flag, 0) !== 0) throw failed({ kind: 'cancelled' });
}

/**
 * Blocks the calling thread, which is never the extension host's, for `ms`. Throws as {@link throwIfRaised}
 * as soon as the flag is raised.
 */
export function pause(flag: CancelFlag, ms: number): void {
  Atomics.wait(flag, 0, 0, ms);
  throwIfRaised(flag);
}
