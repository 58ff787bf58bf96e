/** Reads a file that ought to be small: never a pipe or a device behind a link, and never more than it should hold. */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

// Windows has no such flag, and no pipe in a folder that would be waited for.
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/**
 * All of the file, or the first `most + 1` bytes of a larger one. Blocks the thread, for less time than a way through
 * another thread takes.
 * @throws what the system says; an error with the code `EISDIR` or `EINVAL` for what is no file.
 */
export function readSmallFile(file: string, most: number): Uint8Array {
  const descriptor = openSync(file, FLAGS);
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) {
      const code = stats.isDirectory() ? 'EISDIR' : 'EINVAL';
      throw Object.assign(new Error(`${code}: no file, '${file}'`), { code });
    }
    // The file may be longer by now than it says. Memory that is not filled costs nothing.
    const bytes = Buffer.allocUnsafe(most + 1);
    let length = 0;
    for (let count = -1; count !== 0 && length < bytes.length; length += count) {
      count = readSync(descriptor, bytes, length, bytes.length - length, length);
    }
    return bytes.subarray(0, length);
  } finally {
    closeSync(descriptor);
  }
}
