#!/usr/bin/env node
// Packing measured side by side with the tools that people use: `node bench/pack.mjs [--quick] [--json]`.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { SHAPES, writeFolder } from './pack/folders.mjs';
import { median, ratios, run } from './pack/measure.mjs';
import { buildPackPrograms } from './pack/programs.mjs';
import { runAlone } from './report.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const CHILD = join(import.meta.dirname, 'pack-child.mjs');

/** Ratios to zip that must hold, by folder and tool: time of the whole process. */
const LIMITS = {
  medium: { Slipway: 0.5, 'Slipway at level 6': 0.65 },
  large: { Slipway: 0.22, 'Slipway at level 6': 0.38 },
};
const MOST_MIB = 180;
const MOST_SIZE = 1.04;

/**
 * Interleaved runs, medians of the ratios. Tools that are missing have no row.
 * @param {{ quick: boolean, say?: (text: string) => void }} options
 * @returns {Promise<readonly import('./report.mjs').Row[]>}
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
      const section = `packing ${shape.bytes / 1e6} MB in ${shape.files + shape.large} files`;
      const rounds = shape.name === 'large' ? (quick ? 1 : 5) : quick ? 3 : 9;
      const found = [
        ...compareTools(work, shape.name, folder, toolsFor(programs, libraries, quick), rounds),
        ...(shape.name === 'small' ? [warmRow(work, folder, programs)] : []),
        ...(shape.name === 'large' ? incrementalRows(work, folder, programs, quick) : []),
      ];
      rows.push(...found.map((row) => ({ section, ...row })));
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
 * @param {boolean} quick
 * @returns {ReadonlyMap<string, Command>} The first one is what all are compared with.
 */
function toolsFor({ client, worker, workerAt6 }, libraries, quick) {
  const node = (/** @type {string[]} */ ...args) => [process.execPath, CHILD, ...args];
  /** @type {[string, Command, boolean][]} */
  const tools = [
    ['zip -6', (_, output) => ['zip', '-q', '-r', '-6', output, '.'], installed('zip')],
    ['Slipway', (folder, output) => node('slipway', folder, output, client, worker), true],
    ['Slipway at level 6', (folder, output) => node('slipway', folder, output, client, workerAt6), true],
    [
      '7z',
      (_, output) => ['7z', 'a', '-tzip', '-mx=5', '-bso0', '-bsp0', output, '.'],
      !quick && installed('7z'),
    ],
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

/** A figure before it is known where it was taken. @typedef {Omit<import('./report.mjs').Row, 'section'>} Figure */

/**
 * @param {string} work @param {string} name @param {string} folder
 * @param {ReadonlyMap<string, Command>} tools @param {number} rounds
 * @returns {readonly Figure[]}
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
  return [...costs]
    .filter(([tool]) => tool !== 'zip -6')
    .flatMap(([tool, each]) => {
      const { wall, cpu, peak } = ratios(each, base);
      const size = (sizes.get(tool) ?? Number.NaN) / baseSize;
      return figuresOf(tool, limitOf(name, tool), { wall, cpu, peak, size });
    });
}

/** @param {string} folder @param {string} tool @returns {number | undefined} */
function limitOf(folder, tool) {
  return Object.entries(LIMITS)
    .filter(([name]) => name === folder)
    .flatMap(([, limits]) => Object.entries(limits))
    .find(([name]) => name === tool)?.[1];
}

/**
 * Where there is a limit for the time there is one for memory and size as well.
 * @param {string} tool @param {number | undefined} limit
 * @param {{ wall: number | undefined, cpu: number | undefined, peak: number | undefined, size: number }} found
 * @returns {readonly Figure[]}
 */
function figuresOf(tool, limit, { wall, cpu, peak, size }) {
  const against = 'zip -6';
  const limited = limit !== undefined;
  return [
    { what: `${tool}: time`, value: wall, unit: '×', against, ...(limited && { limit }) },
    { what: `${tool}: CPU time`, value: cpu, unit: '×', against },
    { what: `${tool}: most memory`, value: peak, unit: 'MiB', ...(limited && { limit: MOST_MIB }) },
    { what: `${tool}: size`, value: size, unit: '×', against, ...(limited && { limit: MOST_SIZE }) },
  ].flatMap(({ value, ...rest }) => (value === undefined ? [] : [{ ...rest, value }]));
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
 * @returns {Figure}
 */
function warmRow(work, folder, { client, worker }) {
  const zips = () =>
    Array.from({ length: 8 }, () => {
      const zip = join(work, 'warm.zip');
      const { wall } = run(['zip', '-q', '-r', '-6', zip, '.'], folder, join(work, 'notes'));
      rmSync(zip);
      return wall;
    });
  const before = zips();
  const times = child(['warm', folder, join(work, 'warm'), client, worker, '26']);
  const value = median(times) / median([...before, ...zips()]);
  return {
    what: 'Slipway, in a warm process: time',
    value,
    unit: '×',
    against: 'zip -6, whole run',
    limit: 1,
  };
}

/**
 * @param {string} work @param {string} folder @param {import('./pack/programs.mjs').Programs} programs
 * @param {boolean} quick
 * @returns {readonly Figure[]}
 */
function incrementalRows(work, folder, { client, worker }, quick) {
  const rounds = quick ? '3' : '9';
  const { walk, same, changed, full } = child([
    'incremental',
    folder,
    join(work, 'incremental'),
    client,
    worker,
    rounds,
  ]);
  const ratio = (/** @type {number[]} */ times, /** @type {number[]} */ base) =>
    median(times.map((time, round) => time / (base[round] ?? Number.NaN)));
  return [
    {
      what: 'nothing changed: time',
      value: ratio(same, walk),
      unit: '×',
      against: 'the bare walk',
      limit: 1.5,
    },
    { what: 'nothing changed: time', value: ratio(same, full), unit: '×', against: 'a full run, warm' },
    {
      what: 'one small file changed: time',
      value: ratio(changed, full),
      unit: '×',
      against: 'a full run, warm',
      limit: 0.09,
    },
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

await runAlone(import.meta, benchPacking);
