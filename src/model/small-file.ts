/**
 * Reads a file that should be small. Never reads a pipe or a device, even if a link leads there. Reads at
 * most one byte more than the limit: this byte shows that the file is too large.
 */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

// With `O_NONBLOCK`, opening a pipe does not wait for a writer. Windows lacks this flag, but has no pipes in
// folders.
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
    // The buffer is not made to the file's size, since the file may have grown after the size was read.
    // Memory that is not used costs nothing.
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
