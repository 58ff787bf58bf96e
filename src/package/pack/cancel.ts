/** Cancels work that blocks its thread, by a flag in shared memory that every loop checks. */
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

/** Blocks this thread (never the extension host's) for `ms`, or until the flag is raised. */
export function pause(flag: CancelFlag, ms: number): void {
  Atomics.wait(flag, 0, 0, ms);
  throwIfRaised(flag);
}
