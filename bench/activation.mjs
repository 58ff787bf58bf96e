#!/usr/bin/env node
// What Slipway costs at the start of VS Code, in a real extension host: `node bench/activation.mjs [--quick] [--json]`.
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runHost } from './activation/run-host.mjs';
import { EMPTY, emptyExtensions } from './floors/empty-extension.mjs';
import { median } from './pack/measure.mjs';
import { runAlone } from './report.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const SLIPWAY = 'slipway.slipway';
const KB = 1024;

/**
 * Each round is a new extension host, in which Slipway and an empty extension are activated in turns. Wants `dist/`
 * and `out/slipway.vsix` to be built.
 * @param {{ quick: boolean, say?: (text: string) => void }} options
 * @returns {Promise<readonly import('./report.mjs').Row[]>}
 */
export async function benchActivation({ quick, say = () => undefined }) {
  const work = mkdtempSync(join(tmpdir(), 'slipway-bench-'));
  try {
    const extensions = [...emptyExtensions(work), builtSlipway(work)];
    const runs = [];
    for (let round = 0; round < (quick ? 2 : 7); round++) {
      say(`activation: round ${round + 1}`);
      const order = round % 2 === 0 ? [EMPTY, SLIPWAY] : [SLIPWAY, EMPTY];
      runs.push(await runHost(work, extensions, order));
    }
    return [...startRows(runs), ...sizeRows()].map((row) => ({ section: 'start of VS Code', ...row }));
  } finally {
    rmSync(work, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The built Slipway, which here starts only when it is asked to. @param {string} work */
function builtSlipway(work) {
  const folder = join(work, 'slipway');
  mkdirSync(folder);
  for (const part of ['dist', 'media', 'package.nls.json']) {
    cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  }
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, activationEvents: [] }));
  return folder;
}

/** @typedef {Omit<import('./report.mjs').Row, 'section'>} Figure */

/**
 * The quietest rounds of both count: what other work on the machine does to a start can only make it longer.
 * @param {readonly import('./activation/run-host.mjs').Run[]} runs @returns {readonly Figure[]}
 */
function startRows(runs) {
  const of = (/** @type {string} */ id, /** @type {'held' | 'memory'} */ what) =>
    runs.map(({ measured }) => measured[id]?.[what] ?? Number.NaN);
  const empty = Math.min(...of(EMPTY, 'held'));
  const slipway = Math.min(...of(SLIPWAY, 'held'));
  const first = Math.min(...runs.map(({ firstRequest }) => firstRequest));
  const memory = median(
    of(SLIPWAY, 'memory').map((value, round) => value - (of(EMPTY, 'memory')[round] ?? 0)),
  );
  const against = 'an empty extension';
  const loaded = runs.flatMap(({ loadedAtFirst }) => loadedAtFirst);
  const sdk = loaded.filter((path) => path.startsWith('dist/aws/'));
  const whole = loaded.filter((path) => path.endsWith('slipway.js'));
  const note = `${slipway.toFixed(1)} ms, the floor ${empty.toFixed(1)} ms`;
  return [
    { what: 'activation', value: slipway / empty, unit: '×', against, limit: 2, note },
    { what: 'memory that stays, above it', value: memory, unit: 'MiB', limit: 2 },
    { what: 'files of the SDK that are loaded', value: sdk.length, unit: 'files', limit: 0 },
    { what: 'parts that work, loaded before there is work', value: whole.length, unit: 'files', limit: 0 },
    {
      what: 'first use, from the command to the first request',
      value: first / empty,
      unit: '×',
      against,
      limit: 20,
      note: `${first.toFixed(0)} ms`,
    },
  ];
}

/** @returns {readonly Figure[]} */
function sizeRows() {
  const kb = (/** @type {string} */ path) => statSync(join(ROOT, path)).size / KB;
  const chunks = readdirSync(join(ROOT, 'dist/aws')).filter((name) => name.endsWith('.mjs'));
  const sum = (/** @type {readonly string[]} */ names) =>
    names.reduce((total, name) => total + kb(`dist/aws/${name}`), 0);
  const isEc2 = (/** @type {string} */ name) => name.startsWith('ec2-');
  return [
    { what: 'extension.js', value: kb('dist/extension.js'), unit: 'KB', limit: 120 },
    { what: 'slipway.js, loaded on first use', value: kb('dist/slipway.js'), unit: 'KB' },
    { what: 'SDK, all but EC2', value: sum(chunks.filter((name) => !isEc2(name))), unit: 'KB', limit: 900 },
    { what: 'SDK, EC2', value: sum(chunks.filter(isEc2)), unit: 'KB', limit: 600 },
    { what: 'the .vsix', value: kb('out/slipway.vsix'), unit: 'KB', limit: 900 },
  ];
}

await runAlone(import.meta, benchActivation);
