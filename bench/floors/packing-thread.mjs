// One thread of the floor of packing: takes the next job until there is none.
import { hash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { deflateRawSync } from 'node:zlib';

/** As Slipway deflates: with zlib's largest blocks. */
const MEM_LEVEL = 9;
/** What deflate may add to bytes that it cannot make smaller. */
const SPARE = 2 ** 16;
let memory = Buffer.allocUnsafeSlow(2 ** 21);

parentPort?.on('message', ({ jobs, level, next }) => {
  for (let at = Atomics.add(next, 0, 1); at < jobs.length; at = Atomics.add(next, 0, 1)) {
    carryOut(jobs[at], level);
  }
  parentPort?.postMessage('done');
});

/** @param {import('./packing.mjs').Job} job @param {number} level */
function carryOut(job, level) {
  if ('piece' in job) {
    deflate(read(job.piece, job.start, job.length, 0), level);
    return;
  }
  let end = 0;
  for (const { path, size } of job.hash) {
    hash('sha256', read(path, 0, size, end), 'hex');
    end += size;
  }
  if (job.deflate) deflate(memory.subarray(0, end), level);
}

/** @param {Buffer} bytes @param {number} level */
function deflate(bytes, level) {
  deflateRawSync(bytes, { level, memLevel: MEM_LEVEL, chunkSize: bytes.length + SPARE });
}

/** @param {string} path @param {number} start @param {number} length @param {number} at Where in the memory. */
function read(path, start, length, at) {
  if (memory.length < at + length) {
    const larger = Buffer.allocUnsafeSlow(2 * (at + length));
    memory.copy(larger, 0, 0, at);
    memory = larger;
  }
  const file = openSync(path, 'r');
  for (let done = 0; done < length; ) {
    const more = readSync(file, memory, at + done, length - done, start + done);
    if (more === 0) throw new Error(`${path} has become shorter`);
    done += more;
  }
  closeSync(file);
  return memory.subarray(at, at + length);
}
