#!/usr/bin/env node
// How long work of Slipway holds up the thread that it shares with other extensions: `node bench/slices.mjs [--quick] [--json]`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { idleFigure, sliceFigure } from './longest-slice.mjs';
import { SHAPES, writeFolder } from './pack/folders.mjs';
import { runAlone } from './report.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const CHILD = join(import.meta.dirname, 'slices-child.mjs');

/** While each work went on. @typedef {Record<string, import('./longest-slice.mjs').Slice>} Slices */

/**
 * Each round is a process of its own, which stands for the extension host: the longest turn of its event loop while
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
    const runs = Array.from({ length: quick ? 1 : 5 }, (_, round) => {
      say(`round ${round + 1}`);
      return measured(folder, join(work, String(round)));
    });
    const of = (/** @type {string} */ what) => runs.flatMap((slices) => slices[what] ?? []);
    const section = `longest slice of the extension host's thread (folder of ${shape.bytes / 1e6} MB)`;
    const works = Object.keys(runs[0] ?? {}).filter((what) => what !== 'idle');
    return [
      { section, ...idleFigure(of('idle')) },
      ...works.map((what) => ({ section, what, ...sliceFigure(of(what), of('idle')) })),
    ];
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** @param {string} folder @param {string} output @returns {Slices} */
function measured(folder, output) {
  const worker = join(ROOT, 'dist/pack-worker.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [CHILD, folder, output, worker], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

await runAlone(import.meta, benchSlices);
