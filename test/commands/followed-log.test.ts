/** A log is read while somebody looks, goes on where it stopped, is tried again where it fails, and keeps its bounds. */
import { expect, test } from 'vitest';
import { FollowedLog } from '../../src/commands/logs/followed-log';
import { failed } from '../../src/model/failure';
import type { LogBatch, LogSource } from '../../src/model/log-source';
import { KeptLines } from '../../src/view/pages/logs/kept-lines';
import { VirtualClock } from '../virtual-clock';

const line = (text: string, at = 0) => ({ at, stream: 'node-0', text });
const settle = (): Promise<void> => new Promise((done) => setImmediate(done));

/** A source whose batches a test writes, one after the other; a failure is thrown once. */
function written() {
  const waiting: (LogBatch | Error | 'end')[] = [];
  let wake: () => void = () => undefined;
  const counts = { begun: 0, under: 0 };
  const source: LogSource = {
    async *follow(signal) {
      counts.begun += 1;
      counts.under += 1;
      expect(counts.under).toBe(1);
      signal.addEventListener('abort', () => wake());
      try {
        while (!signal.aborted) {
          const next = waiting.shift();
          if (next === 'end') return;
          if (next instanceof Error) throw next;
          if (next !== undefined) yield next;
          else await new Promise<void>((woken) => (wake = woken));
        }
      } finally {
        counts.under -= 1;
      }
    },
  };
  const write = async (next: LogBatch | Error | 'end'): Promise<void> => {
    waiting.push(next);
    wake();
    await settle();
  };
  return { source, write, counts };
}

function followed() {
  const { source, write, counts } = written();
  const clock = new VirtualClock();
  const told: string[] = [];
  const log = new FollowedLog(source, clock, {
    added: (lines) => told.push(lines.map(({ text, id }) => `${id} ${text}`).join()),
    changed: () => told.push(log.state.kind),
  });
  return { log, write, counts, clock, told };
}

const denied = () => failed({ kind: 'refused', code: 'no', facts: {} });

test('tells what it reads as it comes, and says once that it is reading', async () => {
  const { log, write, told } = followed();
  log.start();
  await write({ lines: [line('a'), line('b')], since: 5 });
  await write({ lines: [] });
  await write({ lines: [line('c')] });
  await write('end');
  expect(told).toEqual(['1 a,2 b', 'following', '3 c', 'ended']);
  expect(log.lines.since).toBe(5);
});

test('reads nothing while nobody looks, and goes on from there', async () => {
  const { log, write, told, counts } = followed();
  await write({ lines: [line('a')] });
  expect(counts.begun).toBe(0);
  log.start();
  log.start();
  await settle();
  log.stop();
  await write({ lines: [line('b')] });
  expect(told).toEqual(['1 a', 'following']);
  log.start();
  await settle();
  expect(told.at(-1)).toBe('2 b');
  expect(counts).toEqual({ begun: 2, under: 1 });
});

test('has lines that arrive just as nobody looks any more: the source never gives them again', async () => {
  const told: string[] = [];
  const source: LogSource = {
    async *follow() {
      log.stop();
      yield { lines: [line('read')] };
      yield { lines: [line('not read')] };
    },
  };
  const log = new FollowedLog(source, new VirtualClock(), {
    added: (lines) => told.push(lines.map(({ text }) => text).join()),
    changed: () => undefined,
  });
  log.start();
  await settle();
  expect(told).toEqual(['read']);
});

test('what fails is tried again by itself, later each time, and at once where that is asked for', async () => {
  const { log, write, told, clock, counts } = followed();
  log.start();
  await write(denied());
  expect(log.state).toMatchObject({ kind: 'failed', failure: { code: 'no' } });
  await clock.advance(4_999);
  expect(counts.begun).toBe(1);
  await clock.advance(1);
  await write(denied());
  await clock.advance(9_999);
  expect(counts.begun).toBe(2);
  log.tryAgain();
  await settle();
  expect(counts.begun).toBe(3);
  await write({ lines: [line('a')] });
  expect(told).toEqual(['failed', 'failed', '1 a', 'following']);
});

test('a log that has ended is not read again when somebody looks again', async () => {
  const { log, write, counts } = followed();
  log.start();
  await write('end');
  log.stop();
  log.start();
  await settle();
  expect(counts.begun).toBe(1);
});

test('lines stand in the order of their times, those of the same time in that of their arrival', () => {
  const kept = new KeptLines();
  kept.add({ lines: [line('a', 1), line('b', 3)] });
  expect(kept.add({ lines: [line('late', 2), line('c', 3)] }).map(({ id }) => id)).toEqual([3, 4]);
  expect(kept.all.map(({ text }) => text)).toEqual(['a', 'late', 'b', 'c']);
  expect(kept.last).toBe(4);
});

test('the oldest are dropped where there are too many, and counted', () => {
  const kept = new KeptLines(3);
  kept.add({ lines: [line('a', 1), line('b', 2)] });
  kept.add({ lines: [line('c', 3), line('d', 4), line('older', 0)], isCut: true });
  expect(kept.all.map(({ text }) => text)).toEqual(['b', 'c', 'd']);
  expect([kept.dropped, kept.isCut, kept.last]).toEqual([2, true, 5]);
});
