#!/usr/bin/env node
// npm run test:faults: the whole fault campaign, or the part of it that is asked for.
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runCommand } from './test/command.mjs';
import { lineOf, vitestOutcome } from './test/outcome.mjs';

const USAGE = `npm run test:faults -- [options]

Plays each kind of fault on each request of deploying code and of updating a node group,
and holds what was told against what the sandbox did. npm test plays a tenth of it.

  --seed N      which cases are played once and which last, and their order (default: another one each time)
  --share S     only a share of the cases, 0 to 1, as the seed draws it (default: 1)
  --both        each case both once and lasting
  --only TEXT   only cases with this in their name, e.g. "hang", "node group:", "at PutObject"
  --help        print this`;

const OPTIONS = /** @type {const} */ ({
  seed: { type: 'string' },
  share: { type: 'string', default: '1' },
  both: { type: 'boolean' },
  only: { type: 'string' },
  help: { type: 'boolean' },
});

try {
  const { values } = parseArgs({ options: OPTIONS });
  const { seed, share } = values;
  if (seed !== undefined && !/^\d+$/.test(seed))
    throw new Error(`--seed takes a whole number, not "${seed}".`);
  if (!(Number(share) > 0 && Number(share) <= 1))
    throw new Error(`--share takes a number above 0 and up to 1, not "${share}".`);
  if (values.help) console.log(USAGE);
  else await runCampaign(values);
} catch (error) {
  console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
  process.exitCode = 2;
}

/** @param {{ seed?: string, share: string, both?: boolean, only?: string }} chosen */
async function runCampaign({ seed, share, both, only }) {
  const root = resolve(import.meta.dirname, '..');
  const result = join(root, 'out/results/faults.json');
  rmSync(result, { force: true });
  const env = {
    ...process.env,
    SLIPWAY_FAULTS_SHARE: share,
    SLIPWAY_FAULTS_SEED: seed ?? String(Math.floor(Math.random() * 1e9)),
    ...(both && { SLIPWAY_FAULTS_BOTH: '1' }),
    ...(only !== undefined && { SLIPWAY_FAULTS_ONLY: only }),
  };
  const reporters = ['--reporter', 'default', '--reporter', 'json', `--outputFile.json=${result}`];
  const { well } = await runCommand(
    [process.execPath, 'node_modules/vitest/vitest.mjs', 'run', ...reporters, 'test/faults/'],
    { cwd: root, env, show: true },
  );
  const outcome = vitestOutcome(result, well);
  console.log(`\n${lineOf(outcome)}`);
  process.exitCode = outcome.failed > 0 ? 1 : 0;
}
