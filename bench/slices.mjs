#!/usr/bin/env node
// How long work of Slipway holds up the thread that it shares with other extensions: `node bench/slices.mjs [--quick] [--json]`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { SHAPES, writeFolder } from './pack/folders.mjs';
import { median } from './pack/measure.mjs';
import { runAlone } from './report.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const CHILD = join(import.meta.dirname, 'slices-child.mjs');
/** Milliseconds beyond what an idle process shows. */
const LONGEST = 15;

/** Milliseconds: the longest delay of the event loop while each work went on. @typedef {Record<string, number>} Delays */

/**
 * Each round is a process of its own, which stands for the extension host: the longest delay of its event loop while
 * it does nothing, and while it packs and keeps the ledger. Wants `dist/` to be built.
 * @param {{ quick: boolean, say?: (text: string) => void }} options
 * @returns {Promise<readonly import('./report.mjs').Row[]>}
 */
export async function benchSlices({ quick, say = () => undefined }) {
  const work = mkdtempSync(join(tmpdir(), 'slipway-bench-'));
  try {
    const shape = SHAPES.find(({ name }) => name === (quick ? 'medium' : 'large'));
    if (shape === undefined) throw new Error('there is no such folder');
    const folder = join(work, 'folder');
    writeFolder(folder, shape);
    const runs = Array.from({ length: quick ? 2 : 7 }, (_, round) => {
      say(`round ${round + 1}`);
      return measured(folder, join(work, String(round)));
    });
    const of = (/** @type {string} */ what) => median(runs.map((delays) => delays[what] ?? Number.NaN));
    const section = `longest slice of the extension host's thread (folder of ${shape.bytes / 1e6} MB)`;
    return Object.keys(runs[0] ?? {}).map((what) => ({
      section,
      what,
      value: what === 'idle' ? of(what) : of(what) - of('idle'),
      unit: 'ms',
      ...(what === 'idle' ? {} : { against: 'beyond idle', limit: LONGEST }),
    }));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** @param {string} folder @param {string} output @returns {Delays} */
function measured(folder, output) {
  const worker = join(ROOT, 'dist/pack-worker.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [CHILD, folder, output, worker], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

await runAlone(import.meta, benchSlices);
