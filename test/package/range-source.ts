/** A zip that is read by ranges, with every read counted. */
import type { RangeSource } from '../../src/package/zip-directory';

export class CountedSource implements RangeSource {
  reads = 0;
  bytesRead = 0;

  constructor(private readonly content: Buffer) {}

  async read(
    start: number,
    length: number,
    signal: AbortSignal,
  ): Promise<{ readonly bytes: Uint8Array; readonly size: number }> {
    signal.throwIfAborted();
    if (!Number.isSafeInteger(start) || !Number.isSafeInteger(length) || length <= 0) {
      throw new Error(`nobody can read ${length} bytes at ${start}`);
    }
    const from = start < 0 ? Math.max(0, this.content.length + start) : start;
    const bytes = this.content.subarray(from, from + length);
    this.reads += 1;
    this.bytesRead += bytes.length;
    return { bytes: new Uint8Array(bytes), size: this.content.length };
  }
}
