// Runs the tests of a copy: once with every mutant asleep, then over one mutant after the other.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { killAll, processesMarked } from '../host/process-tree.mjs';

/** @typedef {{ readonly path: string, readonly ms: number, readonly slowestMs: number, readonly seen: ReadonlySet<string> }} TestFile */
/** @typedef {{ readonly survived: boolean, readonly by: string }} Fate */

/** Milliseconds after which a test is given up that waits for something a mutant took away. */
const LEAST_LIMIT = 30_000;

/**
 * @param {string} copy
 * @param {readonly string[]} tests Absolute paths, in the copy.
 * @returns {Promise<{ well: TestFile[], unwell: string[] }>} `unwell` fail as they are: nothing can be judged by them.
 */
export async function look(copy, tests) {
  const folder = join(copy, 'out/seen');
  mkdirSync(folder, { recursive: true });
  const report = await vitest(copy, 'looked', tests, { SLIPWAY_MUTANTS_FOLDER: folder });
  if (report === undefined) throw new Error('the tests do not end over the project as it is');
  const well = report.testResults
    .filter(({ status }) => status === 'passed')
    .map((each) => testFile(each, folder));
  if (well.length === 0) throw new Error('no test succeeds over the project as it is: nothing can be judged');
  const unwell = tests.filter((path) => !well.some((each) => each.path === path));
  return { well, unwell: unwell.map((path) => relative(copy, path)) };
}

/** @param {FileReport} report @param {string} folder @returns {TestFile} */
function testFile({ name, startTime, endTime, assertionResults }, folder) {
  const seen = readFileSync(join(folder, encodeURIComponent(name)), 'utf8').split('\n');
  const slowestMs = Math.max(0, ...assertionResults.map(({ duration }) => duration ?? 0));
  return { path: name, ms: endTime - startTime, slowestMs, seen: new Set(seen) };
}

/**
 * @param {string} copy
 * @param {string} id
 * @param {readonly TestFile[]} files
 * @returns {Promise<Fate>}
 */
export async function tryMutant(copy, id, files) {
  const able = files.filter(({ seen }) => seen.has(id)).toSorted((a, b) => a.ms - b.ms);
  if (able.length === 0) return { survived: true, by: 'no test comes by' };
  const tests = able.map(({ path }) => path);
  const limit = Math.max(LEAST_LIMIT, ...able.map(({ slowestMs }) => slowestMs * 5));
  const patience = 120_000 + able.reduce((sum, { ms }) => sum + ms, 0) * 5;
  const report = await vitest(
    copy,
    `mutant-${id}`,
    tests,
    { SLIPWAY_MUTANT: id, SLIPWAY_MUTANT_TESTS: JSON.stringify(tests), SLIPWAY_MUTANT_LIMIT: `${limit}` },
    patience,
  );
  if (report === undefined) return { survived: false, by: 'the tests did not end' };
  if (report.success) return { survived: true, by: `${tests.length} test files` };
  const failed = report.testResults.find(({ status }) => status === 'failed');
  const test = failed?.assertionResults.find(({ status }) => status === 'failed')?.fullName;
  return {
    survived: false,
    by: failed ? `${relative(copy, failed.name)}${test ? `: ${test}` : ''}` : 'an error beside the tests',
  };
}

/** @typedef {{ name: string, status: string, startTime: number, endTime: number, assertionResults: { status: string, fullName: string, duration?: number | null }[] }} FileReport */

/**
 * @param {string} copy @param {string} name @param {readonly string[]} tests @param {NodeJS.ProcessEnv} env
 * @param {number} [patience] Milliseconds, after which all that it started is killed.
 * @returns {Promise<{ success: boolean, testResults: FileReport[] } | undefined>} Undefined where it did not end.
 */
async function vitest(copy, name, tests, env, patience) {
  const output = join(copy, `out/${name}.json`);
  const mark = join(copy, name);
  const args = [
    'run',
    '--config',
    'scripts/mutate/vitest.config.mjs',
    '--reporter',
    'json',
    `--outputFile=${output}`,
  ];
  const child = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', ...args, ...tests], {
    cwd: copy,
    env: { ...process.env, ...env, SLIPWAY_TEST_RUN: mark },
    stdio: 'ignore',
  });
  const kill = () => killAll(processesMarked(mark).map(({ id }) => id));
  let isLate = false;
  const late = () => {
    isLate = true;
    kill();
  };
  const timer = patience === undefined ? undefined : setTimeout(late, patience);
  await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
  clearTimeout(timer);
  kill();
  if (isLate) return undefined;
  // A test that does not run says nothing about a mutant.
  if (!existsSync(output)) throw new Error(`vitest ended without a result, with code ${child.exitCode}`);
  const report = JSON.parse(readFileSync(output, 'utf8'));
  rmSync(output);
  return report;
}
