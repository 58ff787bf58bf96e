/** Reads a long part of a file in blocks, all into the same memory. */
import { readSync } from 'node:fs';

const BLOCK = 1024 * 1024;

/**
 * Passes bytes `start` to `start + length - 1` to `use` block by block; a block is valid until `use` returns.
 * @throws if the file ends early; errors of the system
 */
export function readBlocks(
  descriptor: number,
  start: number,
  length: number,
  use: (block: Uint8Array, position: number) => void,
): void {
  const memory = Buffer.allocUnsafeSlow(Math.min(BLOCK, length));
  for (let done = 0; done < length; ) {
    const count = readSync(descriptor, memory, 0, Math.min(memory.length, length - done), start + done);
    if (count === 0) throw new Error('a file became shorter while it was read');
    use(memory.subarray(0, count), start + done);
    done += count;
  }
}
