#!/usr/bin/env node
// Packing measured side by side with the tools that people use: `node bench/pack.mjs [--quick] [--json]`.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SHAPES, writeFolder } from './pack/folders.mjs';
import { median, ratios, run } from './pack/measure.mjs';
import { buildPackPrograms } from './pack/programs.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const CHILD = join(import.meta.dirname, 'pack-child.mjs');

/**
 * @typedef {object} Row
 * @property {string} folder Which of the generated folders.
 * @property {string} what The tool, or what was done.
 * @property {number | undefined} wall Ratio to `against`.
 * @property {number | undefined} cpu Ratio to `against`.
 * @property {number | undefined} peak MiB.
 * @property {number | undefined} size Ratio of the zip's size to that of `zip -6`.
 * @property {string} against
 */

/**
 * Interleaved runs, medians of the ratios. Tools that are missing have no row.
 * @param {{ quick: boolean, say?: (text: string) => void }} options
 * @returns {Promise<readonly Row[]>}
 */
export async function benchPacking({ quick, say = () => undefined }) {
  const work = mkdtempSync(join(tmpdir(), 'slipway-bench-'));
  try {
    const programs = await buildPackPrograms(ROOT, join(work, 'programs'));
    const libraries = quick ? undefined : installLibraries(work, say);
    const rows = [];
    for (const shape of SHAPES) {
      const folder = join(work, shape.name);
      writeFolder(folder, shape);
      say(`${shape.name}: ${shape.files + shape.large} files`);
      const rounds = shape.name === 'large' ? (quick ? 3 : 5) : quick ? 5 : 9;
      rows.push(...compareTools(work, shape.name, folder, toolsFor(programs, libraries), rounds));
      if (shape.name === 'small') rows.push(warmRow(work, folder, programs));
      if (shape.name === 'large') rows.push(...incrementalRows(work, folder, programs));
      rmSync(folder, { recursive: true });
    }
    return rows;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** @typedef {(folder: string, output: string) => readonly string[]} Command */

/**
 * @param {import('./pack/programs.mjs').Programs} programs
 * @param {string | undefined} libraries
 * @returns {ReadonlyMap<string, Command>} The first one is what all are compared with.
 */
function toolsFor({ client, worker, workerAt6 }, libraries) {
  const node = (/** @type {string[]} */ ...args) => [process.execPath, CHILD, ...args];
  /** @type {[string, Command, boolean][]} */
  const tools = [
    ['zip -6', (_, output) => ['zip', '-q', '-r', '-6', output, '.'], installed('zip')],
    ['Slipway', (folder, output) => node('slipway', folder, output, client, worker), true],
    ['Slipway at level 6', (folder, output) => node('slipway', folder, output, client, workerAt6), true],
    ['7z', (_, output) => ['7z', 'a', '-tzip', '-mx=5', '-bso0', '-bsp0', output, '.'], installed('7z')],
    ['yazl', (folder, output) => node('yazl', folder, output, libraries ?? ''), libraries !== undefined],
    [
      'adm-zip',
      (folder, output) => node('adm-zip', folder, output, libraries ?? ''),
      libraries !== undefined,
    ],
  ];
  if (!tools[0]?.[2]) throw new Error('zip is not installed, and everything is compared with it');
  return new Map(tools.filter(([, , there]) => there).map(([name, command]) => [name, command]));
}

/**
 * @param {string} work @param {string} name @param {string} folder
 * @param {ReadonlyMap<string, Command>} tools @param {number} rounds
 * @returns {readonly Row[]}
 */
function compareTools(work, name, folder, tools, rounds) {
  /** @type {Map<string, import('./pack/measure.mjs').Cost[]>} */
  const costs = new Map([...tools.keys()].map((tool) => [tool, []]));
  /** @type {Map<string, number>} */
  const sizes = new Map();
  for (let round = 0; round < rounds; round++) {
    for (const [tool, command] of tools) {
      const output = join(work, tool.startsWith('Slipway') ? 'cache' : 'output.zip');
      costs.get(tool)?.push(run(command(folder, output), folder, join(work, 'notes')));
      sizes.set(tool, zipSize(output));
      rmSync(output, { recursive: true });
    }
  }
  const base = costs.get('zip -6') ?? [];
  const baseSize = sizes.get('zip -6') ?? Number.NaN;
  return [...costs].map(([what, each]) => ({
    folder: name,
    what,
    ...ratios(each, base),
    size: (sizes.get(what) ?? Number.NaN) / baseSize,
    against: 'zip -6',
  }));
}

/** Size of a zip, or of the one zip in a cache. @param {string} output */
function zipSize(output) {
  if (statSync(output).isFile()) return statSync(output).size;
  const zip = readdirSync(output, { recursive: true }).find((path) => String(path).endsWith('.zip'));
  return statSync(join(output, String(zip))).size;
}

/**
 * A full packing of the small folder inside a warm process, against a whole run of zip.
 * @param {string} work @param {string} folder @param {import('./pack/programs.mjs').Programs} programs
 * @returns {Row}
 */
function warmRow(work, folder, { client, worker }) {
  const zips = Array.from({ length: 15 }, () => {
    const { wall } = run(['zip', '-q', '-r', '-6', join(work, 'warm.zip'), '.'], folder, join(work, 'notes'));
    rmSync(join(work, 'warm.zip'));
    return wall;
  });
  const times = child(['warm', folder, join(work, 'warm'), client, worker]);
  const wall = median(times) / median(zips);
  return {
    folder: 'small',
    what: 'Slipway, warm',
    wall,
    cpu: undefined,
    peak: undefined,
    size: undefined,
    against: 'zip -6',
  };
}

/**
 * @param {string} work @param {string} folder @param {import('./pack/programs.mjs').Programs} programs
 * @returns {readonly Row[]}
 */
function incrementalRows(work, folder, { client, worker }) {
  const { walk, same, changed, full } = child([
    'incremental',
    folder,
    join(work, 'incremental'),
    client,
    worker,
  ]);
  const row = (
    /** @type {string} */ what,
    /** @type {number[]} */ times,
    /** @type {number[]} */ base,
    /** @type {string} */ against,
  ) => ({
    folder: 'large',
    what,
    wall: median(times.map((time, round) => time / (base[round] ?? Number.NaN))),
    cpu: undefined,
    peak: undefined,
    size: undefined,
    against,
  });
  return [
    row('nothing changed', same, walk, 'bare walk'),
    row('nothing changed', same, full, 'full run, warm'),
    row('one small file changed', changed, full, 'full run, warm'),
  ];
}

/** @param {readonly string[]} args */
function child(args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CHILD, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** @param {string} program */
function installed(program) {
  return spawnSync(program, ['--help']).error === undefined;
}

/** A throw-away folder with the other libraries; undefined, and said, where they cannot be had. */
function installLibraries(/** @type {string} */ work, /** @type {(text: string) => void} */ say) {
  const folder = join(work, 'libraries');
  mkdirSync(folder);
  const { status } = spawnSync('npm', ['install', '--prefix', folder, '--no-save', 'yazl', 'adm-zip'], {
    stdio: 'ignore',
  });
  if (status === 0) return join(folder, 'from-here.js');
  say('yazl and adm-zip could not be installed: not measured');
  return undefined;
}

/** @param {readonly Row[]} rows */
function table(rows) {
  const cell = (/** @type {number | undefined} */ value, /** @type {number} */ digits) =>
    (value === undefined ? '–' : value.toFixed(digits)).padStart(7);
  return rows.map(
    ({ folder, what, wall, cpu, peak, size, against }) =>
      `${folder.padEnd(7)} ${what.padEnd(24)} ${cell(wall, 2)} ${cell(cpu, 2)} ${cell(peak, 0)} ${cell(size, 3)}  of ${against}`,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const rows = await benchPacking({
    quick: process.argv.includes('--quick'),
    say: (text) => console.error(text),
  });
  if (process.argv.includes('--json')) console.log(JSON.stringify(rows, undefined, 2));
  else
    console.log(['folder  what                        wall     cpu MiB     size', ...table(rows)].join('\n'));
}
