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
import { runTests } from '@vscode/test-electron';
import { startSandbox } from '../scripts/start/sandbox.mjs';
import { guardedEnvironment } from '../test/guarded-environment.mjs';
import { median } from './pack/measure.mjs';
import { runAlone } from './report.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const SLIPWAY = 'slipway.slipway';
const EMPTY = 'bench.empty';
const KB = 1024;

/**
 * @typedef {object} Run
 * @property {Readonly<Record<string, { wall: number, memory: number }>>} measured
 * @property {readonly string[]} loadedAtFirst
 * @property {number} firstRequest
 */

/**
 * Each round is a new extension host, in which Slipway and an empty extension are activated in turns. Wants `dist/`
 * and `out/slipway.vsix` to be built.
 * @param {{ quick: boolean, say?: (text: string) => void }} options
 * @returns {Promise<readonly import('./report.mjs').Row[]>}
 */
export async function benchActivation({ quick, say = () => undefined }) {
  const work = mkdtempSync(join(tmpdir(), 'slipway-bench-'));
  try {
    const extensions = [emptyExtension(work, 'empty'), emptyExtension(work, 'warm'), builtSlipway(work)];
    const runs = [];
    for (let round = 0; round < (quick ? 2 : 9); round++) {
      say(`activation: round ${round + 1}`);
      const order = round % 2 === 0 ? [EMPTY, SLIPWAY] : [SLIPWAY, EMPTY];
      runs.push(await runOnce(work, extensions, order.join(',')));
    }
    return [...startRows(runs), ...sizeRows()].map((row) => ({ section: 'start of VS Code', ...row }));
  } finally {
    rmSync(work, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** An extension that does nothing, and only when it is asked to. @param {string} work @param {string} name */
function emptyExtension(work, name) {
  const folder = join(work, name);
  mkdirSync(folder);
  const manifest = {
    name,
    publisher: 'bench',
    version: '0.0.1',
    engines: { vscode: '^1.105.0' },
    main: './extension.js',
    activationEvents: [],
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'extension.js'), 'exports.activate = () => {};\n');
  return folder;
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

/**
 * @param {string} work
 * @param {readonly string[]} extensions
 * @param {string} order
 * @returns {Promise<Run>}
 */
async function runOnce(work, extensions, order) {
  const home = mkdtempSync(join(work, 'home-'));
  const [file, result] = [join(home, 'sandbox.json'), join(home, 'result.json')];
  const sandbox = await startSandbox({ root: ROOT, file, speed: '1', empty: false });
  try {
    await runTests({
      vscodeExecutablePath: join(ROOT, 'scripts/host/code.mjs'),
      extensionDevelopmentPath: [...extensions],
      extensionTestsPath: join(import.meta.dirname, 'activation/probe.cjs'),
      extensionTestsEnv: {
        ...guardedEnvironment(home),
        SLIPWAY_SANDBOX_FILE: file,
        BENCH_RESULT: result,
        BENCH_ORDER: order,
      },
    });
    return JSON.parse(readFileSync(result, 'utf8'));
  } finally {
    await sandbox.stop();
  }
}

/** @typedef {Omit<import('./report.mjs').Row, 'section'>} Figure */

/** @param {readonly Run[]} runs @returns {readonly Figure[]} */
function startRows(runs) {
  const of = (/** @type {string} */ id, /** @type {'wall' | 'memory'} */ what) =>
    runs.map(({ measured }) => measured[id]?.[what] ?? Number.NaN);
  const each = (
    /** @type {readonly number[]} */ values,
    /** @type {(a: number, b: number) => number} */ how,
  ) => median(values.map((value, round) => how(value, of(EMPTY, 'wall')[round] ?? Number.NaN)));
  const walls = of(SLIPWAY, 'wall');
  const ratio = each(walls, (slipway, empty) => slipway / empty);
  const more = each(walls, (slipway, empty) => slipway - empty);
  const memory = median(
    of(SLIPWAY, 'memory').map((value, round) => value - (of(EMPTY, 'memory')[round] ?? 0)),
  );
  const against = 'an empty extension';
  const sdk = runs
    .flatMap(({ loadedAtFirst }) => loadedAtFirst)
    .filter((path) => path.startsWith('dist/aws/'));
  const whole = runs
    .flatMap(({ loadedAtFirst }) => loadedAtFirst)
    .filter((path) => path.endsWith('slipway.js'));
  return [
    { what: 'an empty extension', value: median(of(EMPTY, 'wall')), unit: 'ms' },
    { what: 'activation', value: ratio, unit: '×', against },
    {
      what: 'activation, beyond twice that or 5 ms more',
      value: Math.max(0, Math.min(ratio / 2 - 1, more / 5 - 1)),
      unit: '×',
      limit: 0,
    },
    { what: 'activation, longer by', value: more, unit: 'ms' },
    { what: 'memory that stays, above it', value: memory, unit: 'MiB', limit: 2 },
    { what: 'files of the SDK that are loaded', value: sdk.length, unit: 'files', limit: 0 },
    { what: 'parts that work, loaded before there is work', value: whole.length, unit: 'files', limit: 0 },
    {
      what: 'first use, from the command to the first request',
      value: each(
        runs.map(({ firstRequest }) => firstRequest),
        (first, empty) => first / empty,
      ),
      unit: '×',
      against,
      limit: 20,
    },
    {
      what: 'first use, from the command to the first request',
      value: median(runs.map(({ firstRequest }) => firstRequest)),
      unit: 'ms',
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
