#!/usr/bin/env node
// npm test: installs what is missing, runs every suite, and ends with the line `N passed, N failed`.
// Runs in a fresh clone, where nothing but Node is there to import.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { killAll, processesMarked } from './host/process-tree.mjs';
import { inWords } from './setup/elapsed.mjs';
import { setUp } from './setup.mjs';
import { FAILED, lineOf, PASSED, sumOf } from './test/outcome.mjs';
import { BUILT, runInTurn, SUITES, turns } from './test/suites.mjs';

const ROOT = resolve(import.meta.dirname, '..');
/** Also where a process that is ending still writes into it. */
const GONE = { recursive: true, force: true, maxRetries: 10 };
const USAGE = `npm test -- [suite] [filter]

  suite    one of ${Object.keys(SUITES).join(', ')}; all where none is named
  filter   unit, pages, ui: part of a test file's path; exthost: part of a test's name`;

const [name, filter] = process.argv.slice(2);
if (name === '--help') {
  console.log(USAGE);
} else if (name !== undefined && SUITES[name] === undefined) {
  console.error(`There is no suite "${name}".\n\n${USAGE}`);
  process.exitCode = 2;
} else {
  const outcome = await runAll();
  console.log(`\n${lineOf(outcome)}`);
  process.exitCode = outcome.failed > 0 ? 1 : 0;
}

async function runAll() {
  // Stands in the environment of all that the run starts: what a suite leaves behind is found by it. It is also their folder
  // for temporary files, which goes with all that they leave there.
  const mark = mkdtempSync(join(tmpdir(), 'slipway-tests-'));
  // Some tests are other users, who look for their own folder in it.
  chmodSync(mark, 0o711);
  for (const signal of ['SIGINT', 'SIGTERM']) {
    // Stays registered: the same signal often comes twice, from the terminal and from npm.
    process.on(signal, () => {
      killAll(processesMarked(mark).map(({ id }) => id));
      rmSync(mark, GONE);
      process.exit(130);
    });
  }
  try {
    try {
      await setUp();
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
      return FAILED;
    }
    const installed = Date.now();
    const env = {
      ...process.env,
      ...{ SLIPWAY_TEST_RUN: mark, TMPDIR: mark, SLIPWAY_JUDGES: tmpdir() },
      ...(filter && { SLIPWAY_SCREENSHOTS: 'all' }),
      // Of windows, what is named is tried whole; of the others, a tenth of what takes long.
      ...(name === 'ui' && filter && { SLIPWAY_ALL_CASES: '1' }),
    };
    const run = { root: ROOT, env, ...(filter && { filter }) };
    const outcomes = [];
    if (name === 'exthost' || name === 'ui') outcomes.push(...(await runInTurn(BUILT, run)));
    for (const turn of turns(name)) {
      const rows = turn.map((suites, at) => runRow(suites, { ...run, isBesideAnother: at > 0 }));
      outcomes.push(...(await Promise.all(rows)).flat());
    }
    outcomes.push(await nothingLeftBehind(mark));
    console.log(`\n=== All of it, once installed: ${inWords(Date.now() - installed)}`);
    return sumOf(outcomes);
  } finally {
    rmSync(mark, GONE);
  }
}

/**
 * One after the other.
 * @param {readonly import('./test/suites.mjs').Suite[]} suites
 * @param {import('./test/suites.mjs').Run} run
 */
async function runRow(suites, run) {
  const outcomes = [];
  for (const suite of suites) outcomes.push(await runSuite(suite, run));
  return outcomes;
}

/**
 * @param {import('./test/suites.mjs').Suite} suite
 * @param {import('./test/suites.mjs').Run} run
 */
async function runSuite(suite, run) {
  console.log(`\n=== ${suite.title}`);
  const began = Date.now();
  const outcome = await suite.run(run);
  console.log(`=== ${suite.title}: ${lineOf(outcome)} (${((Date.now() - began) / 1000).toFixed(0)} s)`);
  return outcome;
}

/** @param {string} mark */
async function nothingLeftBehind(mark) {
  const PATIENCE_MS = 5000;
  for (let waited = 0; waited < PATIENCE_MS && processesMarked(mark).length > 0; waited += 100)
    await delay(100);
  const left = processesMarked(mark);
  if (left.length === 0) return PASSED;
  console.log(`\nnot ok  left behind, and ended now:\n${left.map(({ command }) => command).join('\n')}`);
  killAll(left.map(({ id }) => id));
  return FAILED;
}
