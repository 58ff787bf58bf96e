// The suites of npm test and how each is run.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './command.mjs';
import { FAILED, PASSED, sumOf, vitestOutcome, writtenOutcome } from './outcome.mjs';

/**
 * @typedef {object} Run
 * @property {string} root The project's root folder.
 * @property {NodeJS.ProcessEnv} env
 * @property {string} [filter] Chooses tests; each runner understands it in its way.
 * @property {boolean} [isBesideAnother] What is printed is held back until the end, so that it does not mix with what another
 *   suite prints as it goes.
 */

/**
 * @typedef {object} Suite
 * @property {string} title
 * @property {(run: Run) => Promise<import('./outcome.mjs').Outcome>} run
 */

/** @typedef {{ readonly name: string, readonly command: readonly [string, ...string[]] }} Check */

const BIN = 'node_modules/.bin';
const NODE = process.execPath;

/** Two rows, one a core; within a row each waits for the one before it. @type {readonly (readonly Check[])[]} */
const CHECKS = [
  [
    { name: 'types', command: [`${BIN}/tsc`, '--noEmit', '--incremental', 'false'] },
    {
      name: 'types of what runs on a page',
      command: [`${BIN}/tsc`, '--noEmit', '--incremental', 'false', '-p', 'src/view/pages/script'],
    },
    { name: 'lint and format', command: [`${BIN}/biome`, 'check', '.'] },
    { name: 'unused code', command: [`${BIN}/knip`] },
  ],
  [
    { name: 'build', command: [NODE, 'scripts/build.mjs'] },
    { name: 'package', command: [NODE, 'scripts/package.mjs'] },
    { name: 'structure', command: ['npm', 'run', '--silent', 'structure'] },
  ],
];

/** @type {Readonly<Record<string, Suite>>} By the names that `npm test` takes. */
export const SUITES = {
  checks: { title: 'Checks', run: runChecks },
  unit: {
    title: 'Domain, adapters and sandbox, under node',
    run: (run) => runVitest('unit', 'vitest.config.mts', run),
  },
  pages: {
    title: 'Pages, in a bare browser',
    run: (run) => runVitest('pages', 'test/pages/vitest.config.mts', run),
  },
  exthost: { title: 'In the extension host of a real VS Code', run: runExthost },
  ui: {
    title: 'Through the window of a real VS Code',
    run: (run) => runVitest('ui', 'test/ui/vitest.config.mts', run),
  },
};

/**
 * Rows of suites of one turn run side by side: while one waits for a clock or a window, the other has the processor. All at
 * once take longer, since they drive each other out of the processor's caches. Within a row each waits for the one before it.
 * The first row of a turn prints as it goes.
 * @type {readonly (readonly (readonly string[])[])[]}
 */
const TURNS = [[['checks']], [['unit']], [['ui'], ['exthost', 'pages']]];

/** @param {string} [name] That suite alone. @returns {readonly (readonly (readonly Suite[])[])[]} Turns, and their rows. */
export function turns(name) {
  const suiteOf = (/** @type {string} */ each) => {
    const suite = SUITES[each];
    if (suite === undefined) throw new Error(`there is no suite ${each}`);
    return suite;
  };
  return (name === undefined ? TURNS : [[[name]]]).map((turn) => turn.map((row) => row.map(suiteOf)));
}

/** What the last two suites look at. @type {readonly Check[]} */
export const BUILT = CHECKS.flat().filter(({ name }) => name === 'build' || name === 'package');

/** @param {Run} run */
async function runChecks(run) {
  return sumOf((await Promise.all(CHECKS.map((row) => runInTurn(row, run)))).flat());
}

/**
 * @param {readonly Check[]} checks
 * @param {Run} run
 */
export async function runInTurn(checks, { root, env }) {
  const outcomes = [];
  for (const { name, command } of checks) {
    const began = Date.now();
    const { well, printed } = await runCommand(command, { cwd: root, env, show: false });
    console.log(`${well ? 'ok' : 'not ok'}  ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
    if (!well) console.log(printed);
    outcomes.push(well ? PASSED : FAILED);
  }
  return outcomes;
}

/**
 * @param {string} name
 * @param {string} config
 * @param {Run} run
 */
async function runVitest(name, config, run) {
  const { root, filter = '' } = run;
  const result = join(root, `out/results/${name}.json`);
  rmSync(result, { force: true });
  const reporters = ['--reporter', name === 'ui' ? 'verbose' : 'default', '--reporter', 'json'];
  const vitest = 'node_modules/vitest/vitest.mjs';
  const how = ['--config', config, ...reporters, `--outputFile.json=${result}`, filter];
  return vitestOutcome(result, await endedWell([NODE, vitest, 'run', ...how], run));
}

/** @param {Run} run */
async function runExthost(run) {
  const { root, filter = '' } = run;
  const result = join(root, 'out/results/exthost.json');
  rmSync(result, { force: true });
  return writtenOutcome(result, await endedWell([NODE, 'scripts/run-exthost-tests.mjs', filter], run));
}

/** @param {readonly [string, ...string[]]} command @param {Run} run */
async function endedWell(command, { root, env, isBesideAnother = false }) {
  const { well, printed } = await runCommand(command, { cwd: root, env, show: !isBesideAnother });
  if (isBesideAnother) console.log(printed);
  return well;
}
