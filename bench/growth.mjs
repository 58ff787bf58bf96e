#!/usr/bin/env node
// How work grows with what it works on: `node bench/growth.mjs [--quick] [--json]`.
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { buildOnce } from '../scripts/build/build.mjs';
import { exponent } from './growth/exponent.mjs';
import { runAlone } from './report.mjs';

const CHILD = join(import.meta.dirname, 'growth-child.mjs');
const SIZES = [1, 10, 100];
/** Of work that should grow as what it works on does. */
const LIMIT = 1.1;

/**
 * Each work in a process of its own, at one, ten and a hundred times a small size. What is counted is processor time. The
 * last step alone is told beside the exponent: fixed costs matter least there, and the memory that no cache holds most.
 * Quick: without the tree, which waits for the sandbox, and packing, whose own benchmark has folders of several sizes.
 * @param {{ quick: boolean, say?: (text: string) => void }} options
 * @returns {Promise<readonly import('./report.mjs').Row[]>}
 */
export async function benchGrowth({ quick, say = () => undefined }) {
  await buildOnce({
    root: resolve(import.meta.dirname, '..'),
    only: ['aws', 'kubernetes', 'sandbox', 'pack-worker'],
  });
  const section = 'growth of processor time from 1 to 100 times the size, exponent';
  const works = ['diff', 'ledger', 'targets', 'history', 'drain', ...(quick ? [] : ['packing', 'tree'])];
  return works.map((work) => {
    say(work);
    /** @type {{ what: string, unit: string, size: number, times: readonly number[] }} */
    const { what, unit, size, times } = child(work, quick ? 3 : 7);
    const [least = Number.NaN, middle = Number.NaN, most = Number.NaN] = times;
    const told = times.map((time, at) => `${size * (SIZES[at] ?? 0)}: ${Number(time.toPrecision(3))} ms`);
    const note = `${unit} ${told.join(', ')}; last step ${exponent(middle, most, 10).toFixed(2)}`;
    return { section, what, value: exponent(least, most, 100), unit: '', limit: LIMIT, note };
  });
}

/** @param {string} work @param {number} rounds */
function child(work, rounds) {
  const args = [CHILD, work, JSON.stringify(SIZES), String(rounds)];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

await runAlone(import.meta, benchGrowth);
