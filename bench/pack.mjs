#!/usr/bin/env node
// Packing measured side by side with the tools that people use: `node bench/pack.mjs [--quick] [--json]`.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { SHAPES, writeFolder } from './pack/folders.mjs';
import { ratios, run } from './pack/measure.mjs';
import { buildPackPrograms } from './pack/programs.mjs';
import { runAlone } from './report.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const CHILD = join(import.meta.dirname, 'pack-child.mjs');

/** How each folder is packed: zlib's level, rounds of whole processes and of warm ones; and what must hold. */
const RUNS = {
  small: { level: 6, whole: 9, warm: 24, floor: 3, yazl: 1 },
  medium: { level: 3, whole: 9, warm: 12, floor: 1.3, yazl: 0.35 },
  large: { level: 3, whole: 5, warm: 7, floor: 1.3, yazl: 0.3 },
};
const MOST_MIB = 180;
const MOST_SIZE = 1.04;

/**
 * Slipway's limits are ratios to the floor, in a process that is warm, and to yazl, in whole processes. All runs are
 * interleaved. Tools that are missing have no row. Quick: no peers but zip, and none on the large folder.
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
      const run = RUNS[/** @type {keyof typeof RUNS} */ (shape.name)];
      const isLarge = shape.name === 'large';
      const found = [
        ...warmRows(work, folder, programs, quick ? { ...run, warm: isLarge ? 1 : 4 } : run),
        ...(isLarge ? incrementalRows(work, folder, programs, quick ? 1 : 7) : []),
        ...(quick && isLarge
          ? []
          : compareTools(work, folder, toolsFor(programs, libraries, quick), run, quick)),
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
 * Whole processes, against zip's.
 * @param {string} work @param {string} folder @param {ReadonlyMap<string, Command>} tools
 * @param {typeof RUNS['small']} run @param {boolean} quick
 * @returns {readonly Figure[]}
 */
function compareTools(work, folder, tools, { whole, yazl }, quick) {
  /** @type {Map<string, import('./pack/measure.mjs').Cost[]>} */
  const costs = new Map([...tools.keys()].map((tool) => [tool, []]));
  /** @type {Map<string, number>} */
  const sizes = new Map();
  for (let round = 0; round < (quick ? 2 : whole); round++) {
    for (const [tool, command] of tools) {
      const output = join(work, tool.startsWith('Slipway') ? 'cache' : 'output.zip');
      costs.get(tool)?.push(run(command(folder, output), folder, join(work, 'notes')));
      sizes.set(tool, zipSize(output));
      rmSync(output, { recursive: true });
    }
  }
  const [base, own, peer] = ['zip -6', 'Slipway', 'yazl'].map((tool) => costs.get(tool) ?? []);
  if (base === undefined || own === undefined || peer === undefined) return [];
  const baseSize = sizes.get('zip -6') ?? Number.NaN;
  const rows = [...costs]
    .filter(([tool]) => tool !== 'zip -6')
    .flatMap(([tool, each]) => {
      const size = (sizes.get(tool) ?? Number.NaN) / baseSize;
      return figuresOf(tool, { ...ratios(each, base), size });
    });
  if (peer.length === 0) return rows;
  const { wall = Number.NaN } = ratios(own, peer);
  const what = 'Slipway, whole process: time';
  return [{ what, value: wall, unit: '×', against: 'yazl', limit: yazl }, ...rows];
}

/**
 * Slipway's own have limits for memory and size.
 * @param {string} tool
 * @param {{ wall: number | undefined, cpu: number | undefined, peak: number | undefined, size: number }} found
 * @returns {readonly Figure[]}
 */
function figuresOf(tool, { wall, cpu, peak, size }) {
  const against = 'zip -6';
  const limited = tool.startsWith('Slipway');
  return [
    { what: `${tool}, whole process: time`, value: wall, unit: '×', against },
    { what: `${tool}, whole process: CPU time`, value: cpu, unit: '×', against },
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
 * Full packings in a process that runs already, as the extension's does.
 * @param {string} work @param {string} folder @param {import('./pack/programs.mjs').Programs} programs
 * @param {typeof RUNS['small']} run
 * @returns {readonly Figure[]}
 */
function warmRows(work, folder, { client, worker }, { level, warm, floor: limit }) {
  const args = ['warm', folder, join(work, 'warm'), client, worker, String(warm), String(level)];
  /** @type {Record<'floor' | 'full', Spent[]>} */
  const { floor, full } = child(args);
  const against = 'bare walk, read, SHA-256 and deflate on all cores';
  const note = `${leastOf('wall', full).toFixed(0)} ms, the floor ${leastOf('wall', floor).toFixed(0)} ms`;
  return [
    {
      what: 'Slipway, warm: time',
      value: ratioOf('wall', full, floor),
      unit: '×',
      against,
      limit,
      note,
    },
    { what: 'Slipway, warm: CPU time', value: ratioOf('cpu', full, floor), unit: '×', against, limit },
  ];
}

/**
 * @param {string} work @param {string} folder @param {import('./pack/programs.mjs').Programs} programs
 * @param {number} rounds
 * @returns {readonly Figure[]}
 */
function incrementalRows(work, folder, { client, worker }, rounds) {
  /** @type {Record<'walk' | 'same' | 'copy' | 'changed', Spent[]>} */
  const { walk, same, copy, changed } = child([
    'incremental',
    folder,
    join(work, 'incremental'),
    client,
    worker,
    String(rounds),
  ]);
  return [
    {
      what: 'nothing changed: time',
      value: ratioOf('wall', same, walk),
      unit: '×',
      against: 'the bare walk',
      limit: 1.5,
      note: `${leastOf('wall', same).toFixed(0)} ms, the walk ${leastOf('wall', walk).toFixed(0)} ms`,
    },
    {
      what: 'one small file changed: time',
      value: ratioOf('wall', changed, copy),
      unit: '×',
      against: 'the bare walk, and the zip read, hashed and written',
      limit: 1.5,
      note: `${leastOf('wall', changed).toFixed(0)} ms, the floor ${leastOf('wall', copy).toFixed(0)} ms`,
    },
  ];
}

/** @typedef {import('./floors/run-floor.mjs').Spent} Spent */

/**
 * Of the quietest round: what other work on the machine does to a round can only make it longer.
 * @param {'wall' | 'cpu'} what @param {readonly Spent[]} spent
 */
function leastOf(what, spent) {
  return Math.min(...spent.map((one) => one[what]));
}

/** @param {'wall' | 'cpu'} what @param {readonly Spent[]} spent @param {readonly Spent[]} floor */
function ratioOf(what, spent, floor) {
  return leastOf(what, spent) / leastOf(what, floor);
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
