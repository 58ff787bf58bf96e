#!/usr/bin/env node
// What the Resources view costs with many clusters: `node bench/tree.mjs [--quick] [--json]`.
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { buildOnce } from '../scripts/build/build.mjs';
import { idleFigure, sliceFigure } from './longest-slice.mjs';
import { median } from './pack/measure.mjs';
import { runAlone } from './report.mjs';

const CHILD = join(import.meta.dirname, 'tree-child.mjs');
const NODEGROUPS = 20;
const MANY = 1_000;

/** @typedef {import('./report.mjs').Row} Row */

/**
 * Each phase in a process of its own, against the sandbox with a latency of 80 ms: the real rows through the built SDK
 * chunks, asked for as VS Code does; a stand-in has the few classes of VS Code that rows are made of. Ratios are to a
 * bare request of the same round. Where a budget of ten requests a second would take minutes, its clock runs faster.
 * @param {{ quick: boolean, say?: (text: string) => void }} options
 * @returns {Promise<readonly Row[]>}
 */
export async function benchTree({ quick, say = () => undefined }) {
  await buildOnce({ root: resolve(import.meta.dirname, '..'), only: ['aws', 'kubernetes', 'sandbox'] });
  /** @type {Row[]} */
  const rows = [];
  for (const clusters of quick ? [100] : [10, 100, MANY]) {
    say(`${clusters} clusters: opening`);
    rows.push(...openingRows(clusters, quick ? 1 : 7));
  }
  const updated = quick ? 300 : MANY;
  say(`${updated} clusters: updates`);
  rows.push(...updateRows(updated, quick ? 1 : 7));
  if (quick) return rows;
  say(`${MANY} clusters: everything open`);
  rows.push(...memoryRows());
  return rows;
}

/** @param {number} clusters @param {number} rounds @returns {readonly Row[]} */
function openingRows(clusters, rounds) {
  /** @type {readonly { bare: number, first: number, names: number, details: number }[]} */
  const all = child('opening', clusters, rounds);
  const trips = (/** @type {'first' | 'names' | 'details'} */ what) =>
    median(all.map((round) => round[what] / round.bare));
  const section = `tree of ${clusters} clusters × ${NODEGROUPS} node groups, 80 ms away`;
  const unit = 'round trips';
  const bare = `bare request ${median(all.map((round) => round.bare)).toFixed(0)} ms`;
  return [
    { section, what: 'first rows', value: trips('first'), unit, limit: 1.5, note: bare },
    { section, what: "then a cluster's node groups by name", value: trips('names'), unit, limit: 1.5 },
    { section, what: '… with all that their rows show', value: trips('details'), unit, limit: 2.5 },
  ];
}

/** @returns {readonly Row[]} */
function memoryRows() {
  /** @type {{ heap: number, resident: number, rows: number, refresh: number, poll: number, again: number }} */
  const { heap, resident, rows, refresh, poll, again } = child('memory', MANY, 1);
  const section = `tree with ${MANY} clusters and ${(100 * NODEGROUPS).toLocaleString('en')} node groups open`;
  return [
    {
      section,
      what: 'memory beyond the closed tree, after collection',
      value: heap,
      unit: 'MiB',
      limit: 60,
      note: `${rows} rows; resident ${resident.toFixed(0)} MiB more`,
    },
    { section, what: 'a refresh that the user asks for', value: refresh, unit: 'calls' },
    { section, what: 'a look again while the view is visible', value: poll, unit: 'calls' },
    { section, what: "last time's clusters shown at the next start", value: again, unit: 'ms' },
  ];
}

/** @param {number} clusters @param {number} rounds @returns {readonly Row[]} */
function updateRows(clusters, rounds) {
  /** @type {readonly Record<'idle' | 'fromMemory' | 'refreshing' | 'polling' | 'keeping', import('./longest-slice.mjs').Slice>[]} */
  const all = child('updates', clusters, rounds);
  const of = (/** @type {keyof typeof all[number]} */ what) => all.map((round) => round[what]);
  const section = `longest slice of the extension host's thread (tree of ${clusters} clusters)`;
  return [
    { section, ...idleFigure(of('idle')) },
    { section, what: 'shown from memory, listed, described', ...sliceFigure(of('fromMemory'), of('idle')) },
    { section, what: 'refreshed', ...sliceFigure(of('refreshing'), of('idle')) },
    { section, what: 'looked at again', ...sliceFigure(of('polling'), of('idle')) },
    { section, what: 'kept for the next start', ...sliceFigure(of('keeping'), of('idle')) },
  ];
}

/** @param {string} phase @param {number} clusters @param {number} rounds */
function child(phase, clusters, rounds) {
  const args = ['--expose-gc', CHILD, phase, String(clusters), String(rounds)];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

await runAlone(import.meta, benchTree);
