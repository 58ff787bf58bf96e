/** Reads the sources of jobs into memory that is reused. */
import { failureOf } from '../../model/failure';
import {
  changing,
  type DiskFile,
  type FileStat,
  readAsFound,
  readFully,
  sameStat,
  whileSteady,
} from '../content/steady-file';
import { type CancelFlag, pause, throwIfRaised } from './cancel';
import type { Source } from './job';

/**
 * Milliseconds to wait before each further read of a file that changed while it was read. The sum of
 * these waits is as long as an editor may need to save a file.
 */
const PATIENCE = [20, 80, 300] as const;
const BLOCK = 1024 * 1024;

/** A thread's memory for reading: one buffer, which grows to hold the largest content read so far. */
export class ReadMemory {
  private memory = Buffer.alloc(0);

  room(length: number): Buffer {
    if (this.memory.length < length)
      this.memory = Buffer.allocUnsafeSlow(Math.max(length, 2 * this.memory.length));
    return this.memory.subarray(0, length);
  }
}

export class SourceReader {
  constructor(
    private readonly memory: ReadMemory,
    private readonly cancel: CancelFlag,
  ) {}

  /**
   * The whole content, and the matching stat of the file. The bytes are valid until the next read. Refuses
   * with `file-changing` if the file keeps changing, or has grown beyond `most` bytes since the walk.
   */
  whole(source: Source, most: number): { readonly bytes: Buffer; readonly stat: FileStat } {
    const { stat: found } = source;
    if ('bytes' in source) return { bytes: asBuffer(source.bytes), stat: found };
    if (found.size <= most) {
      const bytes = this.memory.room(found.size);
      if (readAsFound(source, bytes)) return { bytes, stat: found };
    }
    return this.patiently(() =>
      whileSteady(source, (descriptor, stat) => {
        if (stat.size > most) throw changing(source);
        const bytes = this.memory.room(stat.size);
        readFully(source, descriptor, bytes, 0);
        return { bytes, stat };
      }),
    );
  }

  /**
   * Reads the content block by block. Refuses with `file-changing` if the file has changed since the walk.
   */
  blocks(source: Source, use: (block: Buffer) => void): void {
    if ('bytes' in source) {
      for (let at = 0; at < source.bytes.length; at += BLOCK)
        use(asBuffer(source.bytes.subarray(at, at + BLOCK)));
      return;
    }
    this.unchanged(source, (descriptor) => {
      for (let at = 0; at < source.stat.size; at += BLOCK) {
        throwIfRaised(this.cancel);
        const block = this.memory.room(Math.min(BLOCK, source.stat.size - at));
        readFully(source, descriptor, block, at);
        use(block);
      }
    });
  }

  /** A part of the content. Refuses with `file-changing` if the file has changed since the walk. */
  part(source: Source, start: number, length: number): Buffer {
    if ('bytes' in source) return asBuffer(source.bytes.subarray(start, start + length));
    return this.unchanged(source, (descriptor) => {
      const bytes = this.memory.room(length);
      readFully(source, descriptor, bytes, start);
      return bytes;
    });
  }

  private unchanged<T>(file: DiskFile, use: (descriptor: number) => T): T {
    return whileSteady(file, (descriptor, stat) => {
      if (!sameStat(stat, file.stat)) throw changing(file);
      return use(descriptor);
    });
  }

  private patiently<T>(read: () => T): T {
    for (const wait of PATIENCE) {
      throwIfRaised(this.cancel);
      try {
        return read();
      } catch (error) {
        const failure = failureOf(error);
        if (failure.kind !== 'refused' || failure.code !== 'file-changing') throw error;
        pause(this.cancel, wait);
      }
    }
    return read();
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
