// Runs saves in the editor of a real VS Code window, in turns with the floor, both in the extension host.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { buildOnce } from '../../scripts/build/build.mjs';
import { BARE } from '../activation/run-host.mjs';
import { writeFolder } from '../pack/folders.mjs';
import { startSandbox } from './sandbox.mjs';

const ROOT = resolve(import.meta.dirname, '../..');
/** Three fifths of the files are q sources, the others small tables: so many bytes each, on average. */
const FILE_BYTES = 3_000;
const FILE = 'lib/prices.q';

/**
 * Time ends with the answer to the update, as it arrives in the extension host.
 * @param {import('./targets.mjs').SaveTarget} target
 * @param {{ files: number, rounds: number, say?: (text: string) => void }} options `files`: how many the folder has.
 * @returns {Promise<readonly import('../save-host.mjs').Round[]>}
 */
export async function runSaves({ place, ...target }, { files, rounds, say = () => undefined }) {
  const work = mkdtempSync(join(tmpdir(), 'slipway-bench-save-'));
  await buildOnce({ root: ROOT });
  const sandbox = await startSandbox(join(ROOT, 'dist/sandbox.js'), join(work, 'sandbox.json'));
  try {
    const folder = join(work, 'workspace');
    writeFolder(folder, { name: 'saved', files: files - 1, bytes: files * FILE_BYTES, large: 0 });
    mkdirSync(join(folder, 'lib'));
    writeFileSync(join(folder, FILE), 'prices:()\n');
    writeFileSync(join(work, 'outside.q'), 'other:()\n');
    writeFileSync(
      join(folder, 'slipway.json'),
      JSON.stringify({ targets: { scratch: declared(place, target.bucket) } }),
    );
    say(`saving in a folder of ${files} files`);
    /** @type {import('../save-host.mjs').SaveTask} */
    const task = {
      ...sandbox.task,
      ...target,
      file: FILE,
      outside: join(work, 'outside.q'),
      rounds,
      result: join(work, 'result.json'),
    };
    await inHost(folder, { SLIPWAY_SANDBOX_FILE: sandbox.file, SLIPWAY_BENCH_SAVE: JSON.stringify(task) });
    return JSON.parse(readFileSync(task.result, 'utf8'));
  } finally {
    await sandbox.stop();
    rmSync(work, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A target of `slipway.json`. @param {Record<string, unknown>} place @param {string} bucket */
function declared(place, bucket) {
  return {
    ...place,
    connection: 'sandbox',
    bucket,
    prefix: 'saved',
    onSave: { enabled: true, debounceMs: 0 },
  };
}

/** @param {string} folder @param {Record<string, string>} env */
async function inHost(folder, env) {
  const bundle = join(ROOT, 'out/bench/save-host.js');
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['bench/save-host.mjs'],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    packages: 'external',
    logLevel: 'warning',
  });
  const paths = [`--extensionDevelopmentPath=${ROOT}`, `--extensionTestsPath=${bundle}`];
  const host = join(ROOT, 'scripts/host/code.mjs');
  const child = spawn(process.execPath, [host, folder, ...BARE, ...paths], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', process.stderr, process.stderr],
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`the extension host ended with code ${code}`);
}
