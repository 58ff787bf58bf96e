#!/usr/bin/env node
// What looking into a large cluster costs: `node bench/drain.mjs [--quick] [--json]`.
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { buildOnce } from '../scripts/build/build.mjs';
import { sliceFigure } from './longest-slice.mjs';
import { median } from './pack/measure.mjs';
import { runAlone } from './report.mjs';

const CHILD = join(import.meta.dirname, 'drain-child.mjs');
const SECTION = 'inside a cluster of 1,000 nodes, 10,000 pods and 500 budgets';

/** @typedef {'idle' | 'reading' | 'opening' | 'watching'} Work */

/** What one round found; milliseconds but for what is counted. @typedef {Record<'requests' | 'objects' | 'cpu' | 'floor' | 'wall' | 'lists', number> & Record<Work, import('./longest-slice.mjs').Slice>} Round */

/**
 * In a process of its own, which stands for the extension host, against the sandbox: the built client and the real rows.
 * @param {{ quick: boolean, say?: (text: string) => void }} options
 * @returns {Promise<readonly import('./report.mjs').Row[]>}
 */
export async function benchDrain({ quick, say = () => undefined }) {
  await buildOnce({ root: resolve(import.meta.dirname, '..'), only: ['aws', 'kubernetes', 'sandbox'] });
  say('a cluster comes to be');
  const rounds = measured(quick ? 1 : 4);
  const of = (/** @type {Exclude<keyof Round, Work>} */ what) => median(rounds.map((round) => round[what]));
  const slices = (/** @type {Work} */ what) => rounds.map((round) => round[what]);
  const beyond = (/** @type {Work} */ what) => ({
    section: SECTION,
    ...sliceFigure(slices(what), slices('idle')),
  });
  return [
    {
      section: SECTION,
      what: 'drain readiness of one node group: requests for 500 objects',
      value: of('requests') / (of('objects') / 500),
      unit: 'calls',
      limit: 3,
      note: `${of('requests')} requests`,
    },
    {
      section: SECTION,
      what: '… CPU time',
      value: median(rounds.map(({ cpu, floor }) => cpu / floor)),
      unit: '×',
      against: 'the same answers read and parsed bare',
      limit: 0.8,
      note: `${of('cpu').toFixed(0)} ms, the floor ${of('floor').toFixed(0)} ms; ${of('wall').toFixed(0)} ms by the clock`,
    },
    { ...beyond('reading'), what: '… longest slice' },
    {
      section: SECTION,
      what: 'lists of a watch that goes on after its rows were shut',
      value: of('lists'),
      unit: 'calls',
      limit: 0,
    },
    { ...beyond('opening'), what: 'nodes of all node groups opened, and pods of some: longest slice' },
    { ...beyond('watching'), what: 'a node group of a hundred is updated: longest slice' },
  ];
}

/** @param {number} rounds @returns {readonly Round[]} */
function measured(rounds) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CHILD, String(rounds)], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

await runAlone(import.meta, benchDrain);
