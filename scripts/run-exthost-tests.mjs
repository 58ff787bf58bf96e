#!/usr/bin/env node
// Runs test/exthost in a real extension host, by @vscode/test-electron: in the VS Code of host/, or with
// VSCODE_DESKTOP=1 in a desktop VS Code that test-electron downloads. An argument chooses tests by name.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { failOnAttempts, guardedEnvironment } from '../test/guarded-environment.mjs';
import { bundleExthostTests } from './test/bundle-exthost.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const RESULT = join(ROOT, 'out/results/exthost.json');

/** VS Code's own extensions that these tests look at: all hundred take a quarter of the processor time. */
const BUILT_IN = ['git', 'git-base', 'ipynb', 'json', 'markdown-basics', 'theme-defaults'];
const STAND_IN = {
  vscodeExecutablePath: join(ROOT, 'scripts/host/code.mjs'),
  launchArgs: BUILT_IN.flatMap((name) => ['--builtIn', name]),
};

const home = mkdtempSync(join(tmpdir(), 'slipway-exthost-'));
const record = join(home, 'loopback-record');
try {
  await bundleExthostTests();
  mkdirSync(join(ROOT, 'out/results'), { recursive: true });
  rmSync(RESULT, { force: true });
  await runTests({
    ...(process.env['VSCODE_DESKTOP'] ? {} : STAND_IN),
    extensionDevelopmentPath: ROOT,
    extensionTestsPath: join(ROOT, 'out/exthost/index.js'),
    extensionTestsEnv: {
      ...guardedEnvironment(home, record),
      EXTHOST_RESULT: RESULT,
      EXTHOST_FILTER: process.argv[2],
    },
  });
  failOnAttempts(record);
  // A host that is killed or crashes ends with 0 as well: only the file proves that tests ran.
  if (!existsSync(RESULT)) throw new Error('the extension host left no result');
  const { passed, failed, skipped } = JSON.parse(readFileSync(RESULT, 'utf8'));
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
} catch (error) {
  console.error(`extension host tests: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
} finally {
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
}
