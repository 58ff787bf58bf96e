/** The thread that packs as the extension host sees it: how long it stays, and who hears that it has ended. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { MessageChannel } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import { cancelFlag } from '../../src/package/pack/cancel';
import { CoordinatorThread } from '../../src/package/pack/coordinator-thread';
import type { RunOrder } from '../../src/package/pack/protocol';
import { temporaryFolder } from './fixture';

/** Says through each order's port which thread has it; ends, or fails, when the order's root says so. */
const PROGRAM = `
  const { parentPort, threadId } = require('node:worker_threads');
  parentPort.on('message', ({ port, request }) => {
    if (request.root === 'end') process.exit(7);
    if (request.root === 'fail') throw new Error('failed on purpose');
    port.postMessage(threadId);
  });`;

function newThread(idleMs: number) {
  const program = join(temporaryFolder(), 'program.cjs');
  writeFileSync(program, PROGRAM);
  const thread = new CoordinatorThread(program, 'owner', idleMs);
  onTestFinished(() => thread.end());
  const lost: string[] = [];
  /** Sends an order, and hears which thread has it. */
  const send = (root = 'code') => {
    const { port1, port2 } = new MessageChannel();
    onTestFinished(() => port1.close());
    const order: RunOrder = {
      kind: 'scan',
      request: { root, include: [], ignore: [], useGitignore: false, cacheFolder: '' },
      virtual: false,
      cancel: cancelFlag(),
      port: port2,
    };
    const heard = new Promise<number>((resolve) => port1.once('message', resolve));
    return { sent: thread.send(order, (message) => lost.push(`${root}: ${message}`)), heard };
  };
  return { thread, lost, send };
}

test('a thread without work is ended after a while, and the next order has another', async () => {
  const { send, lost } = newThread(30);
  const { sent, heard } = send();
  const first = await heard;
  sent.release();
  await delay(200);
  expect(await send().heard).not.toBe(first);
  expect(lost).toEqual([]);
});

test('one that has work again, or still, is not', async () => {
  const { send, lost } = newThread(100);
  const one = send();
  const first = await one.heard;
  one.sent.release();
  const [second, third] = [send(), send()];
  second.sent.release();
  await delay(400);
  expect([await second.heard, await third.heard, await send().heard]).toEqual([first, first, first]);
  expect(lost).toEqual([]);
});

test.each([
  ['end', 'the packing thread ended with code 7'],
  ['fail', 'failed on purpose'],
])(
  'who has a run in a thread that is to %s hears of it once, and nobody else does',
  async (root, message) => {
    const { send, lost } = newThread(50_000);
    const over = send();
    await over.heard;
    over.sent.release();
    send('waiting');
    send(root);
    await expect.poll(() => lost).toEqual([`waiting: ${message}`, `${root}: ${message}`]);
    // The next order has a thread of its own, whatever the other one still says.
    const next = send();
    await next.heard;
    await delay(100);
    expect(lost).toHaveLength(2);
  },
);

test('an order that cannot cross is refused, and is no run', async () => {
  const { thread, send, lost } = newThread(50_000);
  const { port2 } = new MessageChannel();
  const order = { port: port2, cancel: () => undefined } as never;
  expect(() => thread.send(order, (message) => lost.push(message))).toThrow('could not be cloned');
  send('end');
  await expect.poll(() => lost).toEqual(['end: the packing thread ended with code 7']);
});

test('a thread that is ended on purpose tells nobody', async () => {
  const { thread, send, lost } = newThread(50_000);
  const first = await send().heard;
  await thread.end();
  await thread.end();
  await delay(50);
  expect(lost).toEqual([]);
  expect(await send().heard).not.toBe(first);
});
