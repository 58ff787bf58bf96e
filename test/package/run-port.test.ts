/** The coordinator's end of a run's port: what crosses, how often, and whom an answer is for. */
import { setTimeout as delay } from 'node:timers/promises';
import { MessageChannel, type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { ClientMessage, RunMessage, TreeAnswer } from '../../src/package/pack/protocol';
import { RunPort } from '../../src/package/pack/run-port';

function portAndMessages(): {
  readonly run: RunPort;
  readonly received: () => readonly RunMessage[];
  readonly send: (message: ClientMessage) => void;
} {
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => port1.close());
  const run = new RunPort(port1);
  const received = (): readonly RunMessage[] => {
    const all: RunMessage[] = [];
    for (let next = receiveMessageOnPort(port2); next !== undefined; next = receiveMessageOnPort(port2))
      all.push(next.message);
    return all;
  };
  return { run, received, send: (message) => port2.postMessage(message) };
}

const progress = (files: number) => ({ phase: 'walking', files, bytes: files }) as const;

test('progress is told at once, and then not again for a tenth of a second', () => {
  const { run, received } = portAndMessages();
  const clock = vi.spyOn(performance, 'now');
  onTestFinished(() => clock.mockRestore());
  for (const [at, now] of [1_000, 1_001, 1_099, 1_100, 1_199, 1_250].entries()) {
    clock.mockReturnValue(now);
    run.report(progress(at));
  }
  expect(received()).toEqual([0, 3, 5].map((at) => ({ kind: 'progress', progress: progress(at) })));
});

test('an answer carries its head, and its lists in a port of their own', () => {
  const { run, received } = portAndMessages();
  const entry = { path: 'a.q', size: 1, executable: false, sha256: '', crc32: 1 };
  const finding = { path: 'a.q', line: 1, pattern: 'p' };
  const head = { manifest: { digest: 'd', bytes: 1 } };
  run.answer({ head, lists: { entries: [entry], leftOut: [], secrets: [finding], loads: [] } });
  run.over();
  run.fail({ kind: 'cancelled' });
  const [done, ...others] = received();
  expect(others).toEqual([{ kind: 'over' }, { kind: 'failed', failure: { kind: 'cancelled' } }]);
  expect(done).toMatchObject({ kind: 'done', head: { ...head, slices: 2 } });
  const slices = (done as { readonly slices: MessagePort }).slices;
  onTestFinished(() => slices.close());
  const taken = [1, 2, 3].map(() => receiveMessageOnPort(slices)?.message);
  expect(taken).toEqual([{ entries: [entry] }, { secrets: [finding] }, undefined]);
});

test('each question hears its own answer, up to the last part of it and no further', async () => {
  const { run, received, send } = portAndMessages();
  const heard: string[] = [];
  const ask = (path: string): void =>
    run.ask(
      { about: 'read', path },
      {
        tell: (answer) => heard.push(`${path} ${'slice' in answer ? answer.slice : 'other'}`),
        refuse: (code) => heard.push(`${path} ${code}`),
      },
    );
  for (const path of ['one', 'two', 'three', 'four']) ask(path);
  const ids = received().flatMap((message) => (message.kind === 'ask' ? [message.id] : []));
  expect(new Set(ids).size).toBe(4);
  const [one = 0, two = 0, three = 0, four = 0] = ids;
  const part = (id: number, text: string, isLast: boolean): void =>
    tell(id, { slice: new Uint8Array(Buffer.from(text)), isLast });
  const tell = (id: number, answer: TreeAnswer): void => send({ kind: 'told', id, answer });
  part(two, 'b', false);
  part(one, 'a', true);
  part(two, 'c', true);
  send({ kind: 'refused', id: three, code: 'EIO' });
  tell(four, { items: [] });
  // Whatever comes behind the end of an answer is for nobody.
  part(one, 'late', true);
  part(two, 'late', false);
  tell(three, { items: [] });
  send({ kind: 'refused', id: four, code: 'late' });
  send({ kind: 'refused', id: 99, code: 'never asked' });
  const expected = ['two 98', 'one 97', 'two 99', 'three EIO', 'four other'];
  await expect.poll(() => heard).toEqual(expected);
  await delay(50);
  expect(heard).toEqual(expected);
});
