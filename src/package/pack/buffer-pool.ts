/**
 * Buffers of shared memory, into which helpers pack files. A buffer is taken for a job, and given back for
 * later jobs when its bytes have been written.
 */

/**
 * Size of a buffer in bytes: enough for a job's files with their headers, unless the job has very many files.
 * Unused pages take up no memory.
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
