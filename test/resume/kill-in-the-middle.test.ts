/**
 * A process that follows an update of six nodes is killed when two are replaced, and another one takes over: it finds the
 * update again with its numbers, which are never more than is true and never go backwards.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { insideOf } from '../../src/nodegroup/inside/inside';
import { CLUSTER, configured, GROUP, judgeOf, MINUTE, NODES, PATIENCE } from '../nodegroup/six-nodes';
import { kubernetesApi } from '../sandbox/kubernetes/api';
import { startTestSandbox, type TestSandbox } from '../sandbox/start';
import { buildChild, type Child, type Program } from './process';

const PACK_WORKER = join(import.meta.dirname, '../../dist/pack-worker.js');

let sandbox: TestSandbox;
let program: Program;
let root: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'slipway-middle-'));
  program = await buildChild();
  sandbox = await startTestSandbox();
});
afterAll(async () => {
  await sandbox?.stop();
  program?.remove();
  rmSync(root, { recursive: true, force: true });
});

/** The numbers that a process has said so far. */
function saidBy({ said }: Child): readonly number[] {
  return said.flatMap(({ word }) => {
    const [, replaced] = /^(\d) replaced$/.exec(word ?? '') ?? [];
    return replaced === undefined ? [] : [Number(replaced)];
  });
}

test('an update of six nodes is found again with its numbers', { timeout: 300_000 }, async () => {
  await configured(sandbox);
  const judge = await judgeOf(await kubernetesApi(sandbox, CLUSTER));
  const place = { address: sandbox.file, packWorker: PACK_WORKER };
  const folder = join(root, 'ledger');
  let truth = 0;
  /** Minute by minute, with time to see each, until so many are replaced or the process is done. */
  const passUntil = async (child: Child, replaced: number): Promise<void> => {
    let hasEnded = false;
    void child.exit.then(() => {
      hasEnded = true;
    });
    for (let minutes = 0; !hasEnded && truth < replaced; minutes += 1) {
      expect(minutes, 'minutes of the update').toBeLessThan(180);
      await sandbox.control.advance(MINUTE);
      truth = await judge();
      await expect.poll(() => hasEnded || saidBy(child).at(-1) === truth, PATIENCE).toBe(true);
      // By its end the last one is gone; until then nothing is said that is not so yet.
      for (const said of saidBy(child)) expect(said).toBeLessThanOrEqual(truth);
    }
  };

  const first = program.start({
    ...place,
    do: 'change',
    changes: [{ do: 'update', inside: true, folder, path: [CLUSTER, GROUP] }],
  });
  await first.says(folder, '0 replaced');
  await passUntil(first, 2);
  await first.kill();
  expect([...new Set(saidBy(first))]).toEqual([0, 1, 2]);

  // It goes on while nobody follows.
  while (truth < 3) {
    await sandbox.control.advance(MINUTE);
    truth = await judge();
  }
  const second = program.start({ ...place, do: 'take-up', folders: [folder], scale: 1, inside: true });
  await expect.poll(() => saidBy(second).at(-1), PATIENCE).toBe(3);
  await passUntil(second, NODES);
  // What is left is to take away the nodes that were extra.
  await sandbox.control.advance(60 * MINUTE);
  expect(await second.exit).toBe(0);

  const said = saidBy(second);
  expect(said).toEqual([...said].sort((a, b) => a - b));
  expect(said[0]).toBeGreaterThanOrEqual(2);
  expect([...new Set(said)].slice(-4)).toEqual([3, 4, 5, 6]);
  const [operation] = second.said.flatMap(({ operations = [] }) => operations);
  expect(operation?.state).toBe('succeeded');
  const inside = operation && insideOf(operation);
  expect(inside?.numbers).toMatchObject({ basis: 'recorded', old: NODES, gone: NODES, replaced: NODES });
  expect(inside?.nodes.filter(({ isOld, goneAt }) => isOld && goneAt !== undefined)).toHaveLength(NODES);
});
