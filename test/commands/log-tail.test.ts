/** What the tail of a log shows: everything once, in order, what comes late included, and within its bounds. */
import { describe, expect, test } from 'vitest';
import { LogTail } from '../../src/commands/code/log-tail';
import type { LogEvent, Logs } from '../../src/deploy/ports';
import { failed, failureOf } from '../../src/model/failure';

const NOW = 1_000_000_000;
const HOUR = 60 * 60_000;
const GROUP = '/aws/vendedlogs/finspace/abc/rdb';
const { signal } = new AbortController();

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

const messages = (tail: LogTail): readonly string[] => tail.all.map(({ message }) => message);

describe('the tail of a log', () => {
  test('begins with the last hour, and looks further back only where that is empty', async () => {
    const { logs, asked, write } = logGroup();
    write(NOW - 30 * HOUR, 'long ago');
    const tail = new LogTail(logs, GROUP);
    await tail.begin(NOW, signal);
    expect(messages(tail)).toEqual(['long ago']);
    expect(asked).toEqual([NOW - HOUR, NOW - 24 * HOUR, NOW - 14 * 24 * HOUR]);
    expect(tail.since).toBe(NOW - 14 * 24 * HOUR);
  });

  test('says nothing but the truth of an empty group', async () => {
    const { logs } = logGroup();
    const tail = new LogTail(logs, GROUP);
    await tail.begin(NOW, signal);
    expect(messages(tail)).toEqual([]);
    expect(tail.isIncomplete).toBe(false);
    expect(await tail.look(signal)).toBe(false);
  });

  test('adds each event once, over pages, also two with the same time and words', async () => {
    const { logs, write } = logGroup(2);
    write(NOW - 10, 'a');
    write(NOW - 10, 'a');
    write(NOW - 9, 'b');
    const tail = new LogTail(logs, GROUP);
    await tail.begin(NOW, signal);
    expect(messages(tail)).toEqual(['a', 'a', 'b']);
    expect(await tail.look(signal)).toBe(false);
    write(NOW, 'c');
    expect(await tail.look(signal)).toBe(true);
    expect(messages(tail)).toEqual(['a', 'a', 'b', 'c']);
  });

  test('puts what arrives late where it belongs', async () => {
    const { logs, write } = logGroup();
    write(NOW - 60_000, 'first');
    write(NOW, 'last');
    const tail = new LogTail(logs, GROUP);
    await tail.begin(NOW, signal);
    write(NOW - 30_000, 'late');
    expect(await tail.look(signal)).toBe(true);
    expect(messages(tail)).toEqual(['first', 'late', 'last']);
  });

  test('does not read again what lies further back', async () => {
    const { logs, asked, write } = logGroup();
    write(NOW - 30 * 60_000, 'old');
    write(NOW, 'new');
    const tail = new LogTail(logs, GROUP);
    await tail.begin(NOW, signal);
    await tail.look(signal);
    expect(asked.at(-1)).toBe(NOW - 2 * 60_000);
    expect(messages(tail)).toEqual(['old', 'new']);
  });

  test('keeps the newest of very many, and says that it is not all', async () => {
    const { logs, write } = logGroup(1_000);
    for (let count = 0; count < 6_000; count++) write(NOW - 6_000 + count, `${count}`);
    const tail = new LogTail(logs, GROUP);
    await tail.begin(NOW, signal);
    expect(tail.all).toHaveLength(5_000);
    expect(messages(tail).at(-1)).toBe('5999');
    expect(tail.isIncomplete).toBe(true);
  });

  test('throws what AWS refuses, and goes on from where it was', async () => {
    const { logs, write } = logGroup();
    write(NOW, 'one');
    let refuse = false;
    const flaky: Logs = {
      events: async (...asked) => {
        if (refuse) throw failed({ kind: 'refused', code: 'no', facts: {} });
        return logs.events(...asked);
      },
    };
    const tail = new LogTail(flaky, GROUP);
    await tail.begin(NOW, signal);
    refuse = true;
    const failure = await tail.look(signal).catch(failureOf);
    expect(failure).toMatchObject({ code: 'no' });
    expect(messages(tail)).toEqual(['one']);
    refuse = false;
    write(NOW + 1, 'two');
    await tail.look(signal);
    expect(messages(tail)).toEqual(['one', 'two']);
  });
});
