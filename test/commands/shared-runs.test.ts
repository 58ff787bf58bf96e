/** One run of a task for all targets that want it at the same time. */
import { beforeEach, expect, test } from 'vitest';
import { SharedRuns } from '../../src/commands/code/targets/shared-runs';
import { failureOf } from '../../src/model/failure';

/** A run that the test ends. */
interface Begun {
  readonly signal: AbortSignal;
  readonly end: () => void;
  readonly fail: (why: Error) => void;
}

let runs: SharedRuns;
let begun: Begun[];
beforeEach(() => {
  runs = new SharedRuns();
  begun = [];
});

const begin = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => begun.push({ signal, end: resolve, fail: reject }));
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Somebody who waits. */
function waiter(key = 'lint') {
  const abort = new AbortController();
  const end = runs.join(key, abort.signal, begin).then(() => 'well', failureOf);
  return { end, leave: () => abort.abort() };
}

test('serves all who come while it goes on', async () => {
  const [first, second] = [waiter(), waiter()];
  await settle();
  expect(begun).toHaveLength(1);
  begun[0]!.end();
  expect([await first.end, await second.end]).toEqual(['well', 'well']);
  waiter();
  expect(begun).toHaveLength(2);
});

test('fails for all of them', async () => {
  const [first, second] = [waiter(), waiter()];
  begun[0]!.fail(new Error('no'));
  for (const { end } of [first, second]) expect(await end).toEqual({ kind: 'unexpected', message: 'no' });
});

test('is another one for another task', () => {
  waiter('lint');
  waiter('load');
  expect(begun).toHaveLength(2);
});

test('goes on for the others when one leaves, and is ended when the last one leaves', async () => {
  const [first, second] = [waiter(), waiter()];
  first.leave();
  expect(await first.end).toEqual({ kind: 'cancelled' });
  expect(begun[0]!.signal.aborted).toBe(false);
  second.leave();
  expect(await second.end).toEqual({ kind: 'cancelled' });
  expect(begun[0]!.signal.aborted).toBe(true);
});

test('that is ended is waited for, and serves nobody else', async () => {
  const first = waiter();
  first.leave();
  await first.end;
  const [next, after] = [waiter(), waiter()];
  await settle();
  expect(begun).toHaveLength(1);
  begun[0]!.fail(new Error('ended'));
  await settle();
  expect(begun).toHaveLength(2);
  begun[1]!.end();
  expect([await next.end, await after.end]).toEqual(['well', 'well']);
});

test('serves those who came before something changed, and a later one gets another run', async () => {
  const first = waiter();
  runs.closeAll();
  const later = waiter();
  begun[0]!.end();
  expect(await first.end).toBe('well');
  await settle();
  expect(begun).toHaveLength(2);
  begun[1]!.fail(new Error('no'));
  expect(await later.end).toEqual({ kind: 'unexpected', message: 'no' });
});

test('is begun for nobody who has left while another one went on', async () => {
  waiter();
  runs.closeAll();
  const later = waiter();
  later.leave();
  expect(await later.end).toEqual({ kind: 'cancelled' });
  begun[0]!.end();
  await settle();
  expect(begun).toHaveLength(1);
});
