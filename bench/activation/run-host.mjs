// One extension host in which extensions are activated in turn, and Slipway used for the first time if it is one of them.
import { mkdtempSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { startSandbox } from '../../scripts/start/sandbox.mjs';
import { guardedEnvironment } from '../../test/guarded-environment.mjs';

const ROOT = resolve(import.meta.dirname, '../..');
/** Nothing else starts beside what is measured: of VS Code's own extensions the window has its colours alone. */
export const BARE = ['--builtIn', 'theme-defaults'];

/**
 * @typedef {object} Run
 * @property {Readonly<Record<string, { held: number, memory: number }>>} measured
 * @property {readonly string[]} loadedAtFirst
 * @property {number} firstRequest Absent where Slipway was not among them.
 */

/**
 * @param {string} work A folder for what the host writes.
 * @param {readonly string[]} extensions Their folders.
 * @param {readonly string[]} order Names of those that are activated.
 * @returns {Promise<Run>}
 */
export async function runHost(work, extensions, order) {
  const home = mkdtempSync(join(work, 'home-'));
  const [file, result] = [join(home, 'sandbox.json'), join(home, 'result.json')];
  const sandbox = await startSandbox({ root: ROOT, file, speed: '1', empty: false });
  try {
    await runTests({
      vscodeExecutablePath: join(ROOT, 'scripts/host/code.mjs'),
      launchArgs: BARE,
      extensionDevelopmentPath: [...extensions],
      extensionTestsPath: join(import.meta.dirname, 'probe.cjs'),
      extensionTestsEnv: {
        ...guardedEnvironment(home, join(home, 'loopback-record')),
        SLIPWAY_SANDBOX_FILE: file,
        BENCH_RESULT: result,
        BENCH_ORDER: order.join(','),
      },
    });
    return JSON.parse(readFileSync(result, 'utf8'));
  } finally {
    await sandbox.stop();
  }
}
