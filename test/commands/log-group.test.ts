/** What is read of a log group: every event once, what comes late included, from where there is something. */
import { expect, test } from 'vitest';
import { LogGroup } from '../../src/commands/logs/log-group';
import type { LogEvent, Logs } from '../../src/deploy/ports';
import { failed, failureOf } from '../../src/model/failure';
import type { LogBatch } from '../../src/model/log-source';

const NOW = 1_000_000_000;
const HOUR = 60 * 60_000;
const GROUP = '/aws/vendedlogs/finspace/abc/rdb';

/** A log group in memory that hands out `pageSize` events at a time and counts the requests. */
function logGroup(pageSize = 3) {
  const events: LogEvent[] = [];
  const asked: number[] = [];
  const logs: Logs = {
    async events(_group, from, next) {
      asked.push(from);
      const found = events.filter(({ at }) => at >= from).sort((a, b) => a.at - b.at);
      const start = Number(next ?? 0);
      const end = start + pageSize;
      return {
        items: found.slice(start, end),
        ...(end < found.length && { next: String(end) }),
      };
    },
  };
  const write = (at: number, message: string): void => void events.push({ at, stream: 'node-0', message });
  return { logs, asked, write };
}

/** Follows the group, a batch at a time. */
function following(logs: Logs) {
  const clock = { now: () => NOW, sleep: async () => undefined };
  const group = new LogGroup(async () => logs, GROUP, clock);
  const stop = new AbortController();
  let batches = group.follow(stop.signal)[Symbol.asyncIterator]();
  const batch = async (): Promise<LogBatch> => {
    const { value } = await batches.next();
    return value as LogBatch;
  };
  return {
    batch,
    /** The texts of the next `count` batches. */
    texts: async (count: number): Promise<readonly string[]> => {
      const all: string[] = [];
      for (let at = 0; at < count; at++) all.push(...(await batch()).lines.map(({ text }) => text));
      return all;
    },
    again: () => {
      batches = group.follow(stop.signal)[Symbol.asyncIterator]();
    },
  };
}

test('begins with the last hour, and looks further back only where that is empty', async () => {
  const { logs, asked, write } = logGroup();
  write(NOW - 30 * HOUR, 'long ago');
  const { batch } = following(logs);
  expect(await batch()).toEqual({
    lines: [{ at: NOW - 30 * HOUR, stream: 'node-0', text: 'long ago' }],
    since: NOW - 14 * 24 * HOUR,
  });
  expect(asked).toEqual([NOW - HOUR, NOW - 24 * HOUR, NOW - 14 * 24 * HOUR]);
});

test('says of an empty group from when it looked', async () => {
  const { logs, write } = logGroup();
  const { batch, texts } = following(logs);
  expect(await batch()).toEqual({ lines: [], since: NOW - 14 * 24 * HOUR });
  expect(await batch()).toEqual({ lines: [] });
  write(NOW, 'first');
  expect(await texts(1)).toEqual(['first']);
});

test('hands on each event once, over pages, also two with the same time and words', async () => {
  const { logs, write } = logGroup(2);
  write(NOW - 10, 'a');
  write(NOW - 10, 'a');
  write(NOW - 9, 'b');
  const { texts } = following(logs);
  expect(await texts(2)).toEqual(['a', 'a', 'b']);
  expect(await texts(2)).toEqual([]);
  write(NOW - 10, 'a');
  write(NOW, 'c');
  expect(await texts(3)).toEqual(['a', 'c']);
});

test('hands on what arrives late', async () => {
  const { logs, write } = logGroup();
  write(NOW - 60_000, 'first');
  write(NOW, 'last');
  const { texts } = following(logs);
  await texts(1);
  write(NOW - 30_000, 'late');
  expect(await texts(1)).toEqual(['late']);
});

test('does not read again what lies further back', async () => {
  const { logs, asked, write } = logGroup();
  write(NOW - 30 * 60_000, 'old');
  write(NOW, 'new');
  const { texts } = following(logs);
  expect(await texts(2)).toEqual(['old', 'new']);
  expect(asked.at(-1)).toBe(NOW - 2 * 60_000);
});

test('throws what AWS refuses in the middle of a look, and goes on from where it was', async () => {
  const { logs, write } = logGroup(1);
  write(NOW - 1, 'one');
  write(NOW, 'two');
  let refuse = false;
  const flaky: Logs = {
    events: async (...asked) => {
      if (refuse) throw failed({ kind: 'refused', code: 'no', facts: {} });
      return logs.events(...asked);
    },
  };
  const { batch, texts, again } = following(flaky);
  expect(await texts(1)).toEqual(['one']);
  refuse = true;
  expect(await batch().catch(failureOf)).toMatchObject({ code: 'no' });
  refuse = false;
  again();
  write(NOW + 1, 'three');
  expect(await texts(3)).toEqual(['two', 'three']);
});
