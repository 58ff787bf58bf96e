#!/usr/bin/env node
// Deploy on save, from the editor's event to the accepted update, in a real window: `node bench/save.mjs [--quick]`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { buildOnce } from '../scripts/build/build.mjs';
import { writeFolder } from './pack/folders.mjs';
import { median } from './pack/measure.mjs';
import { runAlone } from './report.mjs';
import { startSandbox } from './save/sandbox.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const SAVED = { environmentId: 'eq7dev51r8c4n6y3v2h9s0kd', clusterName: 'dev-scratch' };
const OTHER = { environmentId: 'eq7prod3k9m2q4x8t6z5w1ab', clusterName: 'eq-analytics' };
/** Three fifths of the files are q sources, the others small tables. */
const FOLDER = { name: 'thousand', files: 1_000, bytes: 3e6, large: 0 };
const FILE = 'lib/prices.q';
const TARGETS = {
  targets: {
    scratch: {
      connection: 'sandbox',
      environment: SAVED.environmentId,
      cluster: SAVED.clusterName,
      bucket: 'acme-kdb-code-111122223333',
      prefix: 'saved',
      onSave: { enabled: true, debounceMs: 0 },
    },
  },
};

/**
 * Saves in the editor of a real VS Code window, in turns with the same requests through the bare SDK, both in the
 * extension host. Time ends with AWS's answer, as it arrives in that process.
 * @param {{ quick: boolean, say?: (text: string) => void }} options
 * @returns {Promise<readonly import('./report.mjs').Row[]>}
 */
export async function benchSave({ quick, say = () => undefined }) {
  const work = mkdtempSync(join(tmpdir(), 'slipway-bench-save-'));
  await buildOnce({ root: ROOT });
  const sandbox = await startSandbox(join(ROOT, 'dist/sandbox.js'), join(work, 'sandbox.json'));
  try {
    const folder = join(work, 'workspace');
    writeFolder(folder, { ...FOLDER, files: FOLDER.files - 1 });
    mkdirSync(join(folder, 'lib'));
    writeFileSync(join(folder, FILE), 'prices:()\n');
    writeFileSync(join(work, 'outside.q'), 'other:()\n');
    writeFileSync(join(folder, 'slipway.json'), JSON.stringify(TARGETS));
    say(`saving in a folder of ${FOLDER.files} files`);
    /** @type {import('./save-host.mjs').SaveTask} */
    const task = {
      ...sandbox.task,
      saved: SAVED,
      other: OTHER,
      file: FILE,
      outside: join(work, 'outside.q'),
      rounds: quick ? 5 : 41,
      result: join(work, 'result.json'),
    };
    await inHost(folder, { SLIPWAY_SANDBOX_FILE: sandbox.file, SLIPWAY_BENCH_SAVE: JSON.stringify(task) });
    return rowsOf(JSON.parse(readFileSync(task.result, 'utf8')));
  } finally {
    await sandbox.stop();
    rmSync(work, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** @param {string} folder @param {Record<string, string>} env */
async function inHost(folder, env) {
  const host = join(ROOT, 'out/bench/save-host.js');
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['bench/save-host.mjs'],
    outfile: host,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    packages: 'external',
    logLevel: 'warning',
  });
  const paths = [`--extensionDevelopmentPath=${ROOT}`, `--extensionTestsPath=${host}`];
  const child = spawn(process.execPath, [join(ROOT, 'scripts/host/code.mjs'), folder, ...paths], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', process.stderr, process.stderr],
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`the extension host ended with code ${code}`);
}

/** @param {readonly import('./save-host.mjs').Round[]} rounds @returns {readonly import('./report.mjs').Row[]} */
function rowsOf(rounds) {
  const section = 'deploy on save';
  const against = 'two puts, a read and an update by the bare SDK';
  const of = (/** @type {(round: import('./save-host.mjs').Round) => number} */ value) =>
    median(rounds.map(value));
  return [
    {
      section,
      what: 'save to accepted update, 1,000 files',
      value: of(({ save, floor }) => save.accepted / floor.accepted),
      unit: '×',
      against,
      limit: 1.5,
      note: 'both begin with a save in a real window; no latency, debounce 0',
    },
    {
      section,
      what: 'save to the update on its way',
      value: of(({ save, floor }) => save.sent / floor.sent),
      unit: '×',
      against,
      note: "without the sandbox's time to look through the zip",
    },
    { section, what: 'a save, until accepted', value: of(({ save }) => save.accepted), unit: 'ms' },
    {
      section,
      what: 'the bare requests, until accepted',
      value: of(({ floor }) => floor.accepted),
      unit: 'ms',
    },
    { section, what: 'a save, until on its way', value: of(({ save }) => save.sent), unit: 'ms' },
    {
      section,
      what: 'the bare requests, until on its way',
      value: of(({ floor }) => floor.sent),
      unit: 'ms',
    },
    {
      section,
      what: 'requests of a save',
      value: of(({ requests }) => requests.length),
      unit: 'calls',
      limit: 4,
    },
  ];
}

await runAlone(import.meta, benchSave);
