/** Reads a long part of a file in blocks, through one piece of memory. */
import { readSync } from 'node:fs';

const BLOCK = 1024 * 1024;

/**
 * Hands over bytes `start` to `start + length - 1` block by block; a block is good until `use` returns.
 * @throws When the file ends before, and whatever the system says.
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
