/**
 * Buffers of shared memory, into which jobs pack files. A buffer is taken for a job, and given back for later
 * jobs when its bytes have been written.
 */

/**
 * Size of a buffer in bytes: enough for the files of most jobs with their headers. A job with a larger file,
 * or with very many files, uses other memory. Unused pages take up no memory.
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
