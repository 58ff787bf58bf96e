/** Turns system errors while the cache is written into the refusal `cache-unwritable`. */

import { writeSync } from 'node:fs';
import { codeOf, refuse } from './refusal';

/** @param path the file that is written, for the refusal's facts */
export function writing<T>(path: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw refuse('cache-unwritable', { path, code: codeOf(error) }, error);
  }
}

/** A file of the cache that is open for writing. */
export interface OpenFile {
  readonly path: string;
  readonly descriptor: number;
}

/** Writes all of the bytes at an offset. Refuses with `cache-unwritable`. */
export function writeFully({ path, descriptor }: OpenFile, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length; ) {
    done += writing(path, () => writeSync(descriptor, bytes, done, bytes.length - done, position + done));
  }
}
