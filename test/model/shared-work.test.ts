/** Work is done once for all callers, and aborted when none of them is left. */
import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { SharedWork } from '../../src/model/shared-work';

interface Begun {
  readonly signal: AbortSignal;
  readonly end: (result: string) => void;
}

function sharedWork() {
  const begun: Begun[] = [];
  const work = new SharedWork<string>((signal) => new Promise((end) => begun.push({ signal, end })));
  return { begun, work };
}

test('callers at the same time share one result, and the next one begins the work anew', async () => {
  const { begun, work } = sharedWork();
  const { signal } = new AbortController();
  expect(work.attend(signal)).toBeUndefined();
  const all = [work.join(signal), work.join(signal), work.attend(signal)];
  begun[0]?.end('first');
  expect(await Promise.all(all)).toEqual(['first', 'first', 'first']);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
  const next = work.join(signal);
  begun[1]?.end('second');
  expect(await next).toBe('second');
  expect(begun.map((one) => one.signal.aborted)).toEqual([false, false]);
});

test('the work goes on while one caller waits, and is aborted when the last one leaves', async () => {
  const { begun, work } = sharedWork();
  const [first, last] = [new AbortController(), new AbortController()];
  const joined = [work.join(first.signal), work.join(last.signal)];
  const attended = work.attend(new AbortController().signal);
  first.abort();
  await expect(joined[0]).rejects.toMatchObject({ name: 'AbortError' });
  expect(begun[0]?.signal.aborted).toBe(false);
  last.abort(new Error('left'));
  expect(begun[0]?.signal.reason).toEqual(new Error('left'));
  await expect(joined[1]).rejects.toThrow('left');
  const anew = work.join(new AbortController().signal);
  begun[0]?.end('late');
  begun[1]?.end('anew');
  expect([await attended, await anew]).toEqual(['late', 'anew']);
});
