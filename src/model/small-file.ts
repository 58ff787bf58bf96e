/** Reads a file that should be small: never a pipe or a device behind a link, and never more than the limit. */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

// Keeps the opening of a pipe from waiting for its writer. Windows lacks the flag, and has no pipes in folders.
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/**
 * All of the file, or the first `most + 1` bytes of a larger one. Blocks the thread, but for less time than a reply
 * from another thread would take.
 * @throws the system's error; an error with the code `EISDIR` or `EINVAL` for anything but a file.
 */
export function readSmallFile(file: string, most: number): Uint8Array {
  const descriptor = openSync(file, FLAGS);
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) {
      const code = stats.isDirectory() ? 'EISDIR' : 'EINVAL';
      throw Object.assign(new Error(`${code}: no file, '${file}'`), { code });
    }
    // The file may have grown since its size was read. Unused memory costs nothing.
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
