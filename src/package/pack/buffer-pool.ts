/** Shared memory that helpers pack into: taken for a job, given back once its bytes are written, taken again. */

/** Holds a job's files with their headers (bytes) unless they are very many; only what is written to is really used. */
const ROOM = 1280 * 1024;

export class BufferPool {
  private readonly free: SharedArrayBuffer[] = [];

  take(): SharedArrayBuffer {
    return this.free.pop() ?? new SharedArrayBuffer(ROOM);
  }

  giveBack(buffer: SharedArrayBuffer): void {
    this.free.push(buffer);
  }
}
