/**
 * Changes the cache on disk. If the system reports an error, a write is refused with `cache-unwritable`, and a
 * removal ignores the error.
 */

import { writeSync } from 'node:fs';
import { codeOf, refuse } from './refusal';

/**
 * Runs `write`. If it throws a system error, refuses with `cache-unwritable` instead; rethrows any other error.
 * @param path the file or folder that `write` changes; the facts of the refusal name it
 */
export function writing<T>(path: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw refuse('cache-unwritable', { path, code: codeOf(error) }, error);
  }
}

/**
 * Runs `remove`. Ignores a system error: the files that are not removed stay until a later run. Another window
 * may remove the same files at the same time, and Windows does not remove a file that is open.
 */
export function removing(remove: () => void): void {
  try {
    remove();
  } catch (error) {
    codeOf(error);
  }
}

/** A file of the cache that is open for writing. */
export interface OpenFile {
  readonly path: string;
  readonly descriptor: number;
}

/**
 * Writes all of the bytes. Refuses with `cache-unwritable`.
 * @param position the offset in the file at which the bytes begin
 */
export function writeFully({ path, descriptor }: OpenFile, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length; ) {
    done += writing(path, () => writeSync(descriptor, bytes, done, bytes.length - done, position + done));
  }
}
