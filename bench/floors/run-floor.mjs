// Runs a floor alone, where its file is the program that was started; and times it, beside what it is the floor of.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SHAPES, writeFolder } from '../pack/folders.mjs';
import { median } from '../pack/measure.mjs';

/** Rounds that warm a process up, and do not count. */
const WARM_UP = 2;

/**
 * Prints the milliseconds of each round and their median.
 * @param {ImportMeta} module The floor's own.
 * @param {() => Promise<readonly number[]>} rounds
 */
export async function runFloor({ filename }, rounds) {
  if (process.argv[1] !== filename) return;
  const measured = (await rounds()).slice(WARM_UP);
  console.log(
    `${measured.map((one) => one.toFixed(1)).join(' ')} ms, median ${median(measured).toFixed(1)} ms`,
  );
}

/**
 * The folder that the command line names, else one of the benchmark's that is written for it.
 * @template T
 * @param {'small' | 'medium' | 'large'} name @param {(folder: string) => Promise<T>} use
 */
export async function withFolder(name, use) {
  const [given] = process.argv.slice(2);
  if (given !== undefined) return use(given);
  const shape = SHAPES.find((one) => one.name === name);
  if (shape === undefined) throw new Error(`there is no folder ${name}`);
  const work = mkdtempSync(join(tmpdir(), 'slipway-bench-floor-'));
  try {
    writeFolder(work, shape);
    return await use(work);
  } finally {
    rmSync(work, { recursive: true });
  }
}

/** Milliseconds: by the clock, and of all cores that this process used. @typedef {{ wall: number, cpu: number }} Spent */

/** @param {() => unknown} work @returns {Promise<Spent>} */
export async function timed(work) {
  const [cpuBefore, before] = [process.cpuUsage(), performance.now()];
  await work();
  const wall = performance.now() - before;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { wall, cpu: (user + system) / 1e3 };
}
