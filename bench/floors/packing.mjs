#!/usr/bin/env node
// The floor of packing: the bare walk, then every file read and hashed (SHA-256), and the same bytes deflated at the same
// level, on all cores; nothing is kept. Alone: `node bench/floors/packing.mjs [FOLDER]`, else on a folder of 29 MB.
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { isNoise } from '../pack/folders.mjs';
import { runFloor, timed, withFolder } from './run-floor.mjs';
import { bareWalk } from './walk.mjs';

const THREAD = join(import.meta.dirname, 'packing-thread.mjs');
/** Larger files are hashed as a whole and deflated in pieces of this many bytes; smaller ones go together up to it. */
const BATCH = 2 ** 20;
const LARGEST_WHOLE = 2 * BATCH;
const ROUNDS = 12;

/**
 * What a thread does at a time: files that are hashed and deflated, or a large one that is hashed, or a piece of it that is
 * deflated. What does not become smaller is not deflated, as when it is packed.
 * @typedef {{ hash: readonly import('./walk.mjs').FileOfFolder[], deflate: boolean } | { piece: string, start: number, length: number }} Job
 */

/** Threads that stay, one a core. */
export class BarePacking {
  threads = Array.from({ length: availableParallelism() }, () => new Worker(THREAD));

  /** @param {string} folder @param {number} level */
  async run(folder, level) {
    const jobs = jobsOf(bareWalk(folder));
    const next = new Int32Array(new SharedArrayBuffer(4));
    await Promise.all(
      this.threads.map(async (thread) => {
        thread.postMessage({ jobs, level, next });
        await once(thread, 'message');
      }),
    );
  }

  async end() {
    await Promise.all(this.threads.map((thread) => thread.terminate()));
  }
}

/** The large files first, so that no thread is left alone with one. @param {readonly import('./walk.mjs').FileOfFolder[]} files */
function jobsOf(files) {
  /** @type {Job[]} */
  const jobs = [];
  for (const file of files.filter(({ size }) => size > LARGEST_WHOLE)) {
    jobs.push({ hash: [file], deflate: false });
    if (isNoise(file.path)) continue;
    for (let start = 0; start < file.size; start += BATCH) {
      jobs.push({ piece: file.path, start, length: Math.min(BATCH, file.size - start) });
    }
  }
  for (const deflate of [true, false]) {
    let [batch, bytes] = [/** @type {import('./walk.mjs').FileOfFolder[]} */ ([]), 0];
    for (const file of files) {
      if (file.size > LARGEST_WHOLE || isNoise(file.path) === deflate) continue;
      if (bytes + file.size > BATCH) {
        jobs.push({ hash: batch, deflate });
        [batch, bytes] = [[], 0];
      }
      batch.push(file);
      bytes += file.size;
    }
    if (batch.length > 0) jobs.push({ hash: batch, deflate });
  }
  return jobs;
}

await runFloor(import.meta, () =>
  withFolder('medium', async (folder) => {
    const floor = new BarePacking();
    const rounds = [];
    for (let round = 0; round < ROUNDS; round += 1)
      rounds.push((await timed(() => floor.run(folder, 3))).wall);
    await floor.end();
    return rounds;
  }),
);
