/** How jobs are shared out among helpers and the thread that gives them out, and what comes back of them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import { failed, failureOf } from '../../src/model/failure';
import { cancelFlag } from '../../src/package/pack/cancel';
import { startHelper } from '../../src/package/pack/helper';
import { HelperPool, type OwnHand } from '../../src/package/pack/helper-pool';
import type { Job } from '../../src/package/pack/job';
import { noise, temporaryFolder, WORKER_FILE } from './fixture';

/** Answers each job with the number of its thread, or refuses it where it has no sources. */
const PROGRAM = `
  const { parentPort, threadId } = require('node:worker_threads');
  parentPort.on('message', ({ id, job }) =>
    parentPort.postMessage(job.kind === 'hash-files'
      ? { id, result: threadId }
      : { id, failure: { kind: 'refused', code: 'no', facts: {} } }));`;

function newPool(count: number, own: OwnHand, program = PROGRAM): HelperPool {
  const file = join(temporaryFolder(), 'helper.cjs');
  writeFileSync(file, program);
  const pool = new HelperPool(file, count, own);
  onTestFinished(() => pool.end());
  return pool;
}

const HASH: Job = { kind: 'hash-files', sources: [] };
const own: OwnHand = () => 'own' as never;

test('two jobs go to each helper, the next to the own hand, and then to whoever is free', async () => {
  const runner = newPool(2, own).runner(cancelFlag());
  expect(runner.ahead).toBe(8);
  for (let round = 0; round < 2; round += 1) {
    const results = (await Promise.all(
      Array.from({ length: 6 }, () => runner.run(HASH)),
    )) as readonly unknown[];
    const [first, second, third, fourth, fifth, last] = results;
    expect(first).not.toBe(second);
    expect([third, fourth, fifth]).toEqual([first, second, 'own']);
    expect([first, second, 'own']).toContain(last);
  }
});

test('what one helper cannot get to is done by the own hand, but for two jobs', async () => {
  const hangs = "require('node:worker_threads').parentPort.on('message', () => undefined);";
  const runner = newPool(1, own, hangs).runner(cancelFlag());
  const [first, second, ...others] = Array.from({ length: 6 }, () => runner.run(HASH));
  expect(await Promise.all(others)).toEqual(['own', 'own', 'own', 'own']);
  // They end with their helper, after the test.
  void Promise.allSettled([first, second]);
});

test('what a helper or the own hand refuses is refused, and the next job is carried out', async () => {
  const refuses: OwnHand = () => {
    throw failed({ kind: 'cancelled' });
  };
  const runner = newPool(1, refuses).runner(cancelFlag());
  const refused = { kind: 'prefetch-stats' } as Job;
  const outcomes = await Promise.allSettled([refused, HASH, HASH].map((job) => runner.run(job)));
  const told = outcomes.map((one) =>
    one.status === 'rejected' ? failureOf(one.reason).kind : typeof one.value,
  );
  expect(told).toEqual(['refused', 'number', 'cancelled']);
  expect(await runner.run(HASH)).toEqual(expect.any(Number));
});

test('the shipped program packs as its helper: what it packed is handed over, or stands where it was asked to', async () => {
  const pool = new HelperPool(WORKER_FILE, 1, own);
  onTestFinished(() => pool.end());
  const { run } = pool.runner(cancelFlag());
  const bytes = noise(5_000);
  const stat = { size: 5_000, modifiedMs: 0, changedMs: 0, inode: 0, device: 0, executable: false };
  const source = { path: 'a.q', bytes, stat };
  const buffer = new SharedArrayBuffer(10_000);
  const packed = await run({ kind: 'pack-files', sources: [source], level: 6, buffer });
  expect(packed.bytes.buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(Buffer.from(buffer).subarray(33, 5_033).equals(bytes)).toBe(true);
  const small = new SharedArrayBuffer(100);
  const apart = await run({ kind: 'pack-files', sources: [source], level: 6, buffer: small });
  expect(Buffer.from(apart.bytes).equals(Buffer.from(packed.bytes))).toBe(true);
  const piece = { kind: 'pack-piece', source, start: 0, length: 5_000, isLast: true, level: 6 } as const;
  expect((await run(piece)).bytes.length).toBeGreaterThan(5_000);
});

test('a helper hands its memory over instead of copying it', async () => {
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => port1.close());
  const sent: unknown[] = [];
  const post = port2.postMessage.bind(port2);
  port2.postMessage = (message: unknown, transfer: unknown) => {
    sent.push(transfer);
    post(message);
  };
  startHelper(port2);
  const stat = { size: 1, modifiedMs: 0, changedMs: 0, inode: 0, device: 0, executable: false };
  const source = { path: 'a.q', bytes: Buffer.from('a'), stat };
  const cancel = cancelFlag();
  const piece = { kind: 'pack-piece', source, start: 0, length: 1, isLast: true, level: 6 } as const;
  for (const job of [piece, { ...HASH, sources: [source] }]) port1.postMessage({ id: 1, job, cancel });
  await expect.poll(() => sent).toEqual([[expect.any(ArrayBuffer)], []]);
});

test('no helper outlives its pool', async () => {
  const pool = newPool(2, own);
  expect(await pool.runner(cancelFlag()).run(HASH)).toEqual(expect.any(Number));
  expect(pool.broken).toBe(false);
  await pool.end();
  await expect.poll(() => pool.broken).toBe(true);
});
