/**
 * Memory that helpers pack into, shared with them: taken for a job, and returned for the next one once its bytes are
 * written.
 */

/**
 * Bytes: enough for a job's files with their headers, unless there are very many. Pages that nothing is
 * written to use no memory.
 */
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
