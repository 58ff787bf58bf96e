#!/usr/bin/env node
// The floor of a save, alone, in this process, with a zip of 1 MB: `node bench/floors/requests.mjs [kdb|workload]`.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { bundled } from '../bundle.mjs';
import { openRequests } from '../save/requests.mjs';
import { controlOf, startSandbox } from '../save/sandbox.mjs';
import { targetOf } from '../save/targets.mjs';
import { runFloor } from './run-floor.mjs';

/** Milliseconds of each round, until the update is accepted, in a process that has nothing else to do. */
async function alone() {
  const name = process.argv[2] === 'workload' ? 'workload' : 'kdb';
  const module = /** @type {Record<string, import('../save/service.mjs').Service>} */ (
    await bundled(`bench/save/${name}.mjs`)
  );
  const service = module[name];
  if (service === undefined) throw new Error(`there is no service ${name}`);
  const work = mkdtempSync(join(tmpdir(), 'slipway-bench-floor-'));
  const root = resolve(import.meta.dirname, '../..');
  const sandbox = await startSandbox(join(root, 'dist/sandbox.js'), join(work, 'sandbox.json'));
  try {
    const task = { ...sandbox.task, ...targetOf(name), file: '', outside: '', rounds: 0, result: '' };
    const given = { zip: randomBytes(1_000_000), record: randomBytes(2_000) };
    const requests = await openRequests(task, service, given);
    const control = controlOf(task);
    const rounds = [];
    for (let round = 0; round < 12; round += 1) {
      rounds.push((await requests.run(async () => performance.now())).accepted);
      // AWS refuses the next one while it works on this one.
      await control.advance(20 * 60_000);
    }
    requests.close();
    return rounds;
  } finally {
    await sandbox.stop();
    rmSync(work, { recursive: true, force: true });
  }
}

await runFloor(import.meta, alone);
