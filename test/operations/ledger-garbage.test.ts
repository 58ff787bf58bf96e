/** What a ledger folder may hold besides a ledger: garbage, hostile lines, times of a wrong clock. Nothing of it stops anything. */
import {
  appendFileSync,
  closeSync,
  mkdirSync,
  openSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../src/model/json';
import { compact } from '../../src/operations/compaction';
import { operationId, timeOfId } from '../../src/operations/ids';
import { formatLine, parseLine } from '../../src/operations/ledger-line';
import type { OperationEvent } from '../../src/operations/operation';
import { resume } from '../../src/operations/resume';
import { VirtualClock } from '../virtual-clock';
import { forever, planned } from './data';
import { givenLedger, temporaryFolder } from './given';

const DAY_MS = 86_400_000;
const MEGABYTE = 2 ** 20;
const PIECE = 128 * 1024;
const succeeded: OperationEvent = { type: 'ended', outcome: { state: 'succeeded' } };

/** The most characters of JSON that were parsed without a turn for others in between. */
async function longestParse(work: () => Promise<unknown>): Promise<number> {
  let sinceTurn = 0;
  let longest = 0;
  let next = setImmediate(function turn() {
    sinceTurn = 0;
    next = setImmediate(turn);
  });
  const { parse } = JSON;
  JSON.parse = (text, reviver) => {
    sinceTurn += text.length;
    longest = Math.max(longest, sinceTurn);
    return parse(text, reviver);
  };
  try {
    await work();
  } finally {
    JSON.parse = parse;
    clearImmediate(next);
  }
  return longest;
}

function linesOf(operations: number, bytesEach: number): string {
  return Array.from({ length: operations }, (_, number) => {
    const id = operationId(1_700_000_000_000 + number);
    const at = { id, at: 1_700_000_000_000 + number, writer: 'gone' };
    const plan = { text: 'x'.repeat(bytesEach) };
    return (
      formatLine({ type: 'planned', ...planned({ plan }), ...at, seq: number * 2 }) +
      formatLine({ ...succeeded, ...at, seq: number * 2 + 1 })
    );
  }).join('');
}

function ledgerFile(folder: string, name: string, text: string): string {
  const file = join(folder, 'ledger', `${name}.jsonl`);
  mkdirSync(join(folder, 'ledger'), { recursive: true });
  writeFileSync(file, text);
  utimesSync(file, 0, 0);
  return file;
}

describe('garbage', () => {
  const noise = `${'no event at all '.repeat(4)}\n`;
  test.each([
    ['in short lines', noise.repeat((20 * MEGABYTE) / noise.length)],
    ['in one line', `${'x'.repeat(20 * MEGABYTE)}\n`],
    ['in one line without an end', 'x'.repeat(20 * MEGABYTE)],
    ['that looks like JSON', '{"v":1}\n'.repeat(100_000)],
    ['of bytes', Buffer.alloc(20 * MEGABYTE, 0x0a).toString('latin1')],
  ])('%s is read in pieces, told in few words, and hides nothing', async (_how, garbage) => {
    const folder = temporaryFolder();
    ledgerFile(folder, 'garbage', `${linesOf(1, 10)}${garbage}`);
    let ledger: Awaited<ReturnType<typeof givenLedger>> | undefined;
    const parsed = await longestParse(async () => {
      ledger = await givenLedger({ folder, clock: new VirtualClock(Date.now()) });
    });
    expect(parsed).toBeLessThanOrEqual(2 * PIECE);
    expect(ledger?.operations()).toHaveLength(1);
    expect(ledger?.problems.length).toBeGreaterThan(0);
    expect(ledger?.problems.length).toBeLessThanOrEqual(20);
  });

  test('without an end is not read again and again where it is too long for a line', async () => {
    const folder = temporaryFolder();
    const file = ledgerFile(folder, 'garbage', 'x'.repeat(20 * MEGABYTE));
    const ledger = await givenLedger({ folder, clock: new VirtualClock(Date.now()) });
    const unseen = openSync(file, 'r+');
    writeSync(unseen, linesOf(1, 10), 0);
    closeSync(unseen);
    await ledger.refresh();
    expect(ledger.operations()).toEqual([]);
    appendFileSync(file, `\n${linesOf(1, 10)}`);
    await ledger.refresh();
    expect(ledger.operations()).toHaveLength(1);
  });

  test('is gone once the ledger is compacted', async () => {
    const folder = temporaryFolder();
    ledgerFile(folder, 'garbage', `${noise.repeat(1_000)}${linesOf(3, 10)}`);
    const clock = new VirtualClock(Date.now() + 2 * DAY_MS);
    await (await givenLedger({ folder, clock })).compact();
    const after = await givenLedger({ folder, clock });
    expect(after.operations()).toHaveLength(3);
    expect(after.problems).toEqual([]);
  });
});

test('merging 2,000 operations leaves the thread to others all the while', async () => {
  const folder = temporaryFolder();
  const text = linesOf(2_000, 2_000);
  ledgerFile(folder, 'gone', text);
  const clock = new VirtualClock(Date.now());
  const limits = { files: 0, bytes: 0, archiveBytes: 64 * MEGABYTE, succeeded: 20 };
  const parsed = await longestParse(() => compact(folder, clock.now() + 2 * DAY_MS, [], limits));
  expect(parsed).toBeLessThanOrEqual(2 * PIECE);
  expect((await givenLedger({ folder, clock })).operations()).toHaveLength(2_000);
});

describe('a batch that cannot be read', () => {
  const row = { key: 'a', group: 'g', planned: planned() };
  const whole = { rows: [row], width: 1, perGroup: 1, afterFailure: 'stop', canary: false, summary: {} };
  const HOSTILE: readonly (readonly [string, unknown])[] = [
    ['null', null],
    ['a text', 'batch'],
    ['a list', []],
    ['no rows', { ...whole, rows: undefined }],
    ['rows that are no list', { ...whole, rows: { length: 3 } }],
    ['a row that is null', { ...whole, rows: [null] }],
    ['a row without a key', { ...whole, rows: [{ ...row, key: undefined }] }],
    ['a row without its operation', { ...whole, rows: [{ ...row, planned: undefined }] }],
    [
      'a row whose subject is a text',
      { ...whole, rows: [{ ...row, planned: { ...planned(), subject: 's' } }] },
    ],
    ['no width', { ...whole, width: undefined }],
    ['a width of nothing', { ...whole, width: 0 }],
    ['a limit that is a text', { ...whole, perGroup: '1' }],
  ];

  const batchOf = (plan: unknown): OperationEvent => ({
    type: 'planned',
    ...planned({ kind: 'batch', plan: plan as Json }),
  });

  test('whole, it can be', () => {
    const line = formatLine({ ...batchOf(whole), id: 'b', at: 1, writer: 'w', seq: 0 });
    expect(parseLine(line.trimEnd())).toHaveProperty('event');
  });

  test.each(HOSTILE)('%s: is told, and all others are settled', async (_how, plan) => {
    const folder = temporaryFolder();
    const at = { at: 1_700_000_000_000, writer: 'gone' };
    ledgerFile(
      folder,
      'gone',
      formatLine({ ...batchOf(plan), ...at, id: operationId(3), seq: 0 }) +
        formatLine({ type: 'planned', ...planned(), ...at, id: operationId(1), seq: 1 }) +
        formatLine({ type: 'planned', ...planned(), ...at, id: operationId(2), seq: 2 }),
    );
    const ledger = await givenLedger({ folder, clock: new VirtualClock(Date.now()) });
    expect(await resume({ ledger, signal: forever })).toEqual([]);
    expect(ledger.problems).toMatchObject([{ kind: 'damaged-line' }]);
    expect(ledger.operations().map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
  });
});

test('an operation that cannot be settled keeps no other one from it', async () => {
  const folder = temporaryFolder();
  const clock = new VirtualClock(Date.now());
  const gone = await givenLedger({ folder, clock, writer: 'gone' });
  const first = await gone.begin(planned());
  const second = await gone.begin(planned());
  await gone.dispose();
  const ledger = await givenLedger({ folder, clock: new VirtualClock(Date.now() + DAY_MS) });
  const abandoned = async ({ id }: { readonly id: string }): Promise<void> => {
    if (id === second.id) throw new TypeError('not as expected');
  };
  const postponed = await resume({ ledger, signal: forever, abandoned });
  expect(postponed.map(({ id }) => id)).toEqual([second.id]);
  expect(ledger.operation(first.id)?.state).toBe('cancelled');
  expect(ledger.operation(second.id)?.state).toBe('planned');
});

describe('times', () => {
  test.each([['1e999'], ['1e300'], ['8640000000000001'], ['null'], ['"1"']])(
    'a line of the time %s is damaged, since no date can be made of it',
    (at) => {
      const line = `{"v":1,"id":"op","at":${at},"writer":"w","seq":0,"type":"watched"}`;
      expect(parseLine(line)).toEqual({ problem: 'damaged' });
    },
  );

  test.each([['0.5'], ['1e999'], ['9007199254740993'], ['null']])('so is one of the number %s', (seq) => {
    const line = `{"v":1,"id":"op","at":1,"writer":"w","seq":${seq},"type":"watched"}`;
    expect(parseLine(line)).toEqual({ problem: 'damaged' });
  });

  test.each([
    ['an hour', 3_600_000],
    ['thirty years', 30 * 365 * DAY_MS],
  ])('the newest operation is the first where the clock was set back by %s', async (_by, ms) => {
    const folder = temporaryFolder();
    const now = Date.now();
    const ahead = await givenLedger({ folder, clock: new VirtualClock(now + ms), writer: 'ahead' });
    const old = [await ahead.begin(planned()), await ahead.begin(planned())];
    await ahead.dispose();
    const ledger = await givenLedger({ folder, clock: new VirtualClock(now) });
    const fresh = [await ledger.begin(planned()), await ledger.begin(planned())];
    expect(ledger.operations().map(({ id }) => id)).toEqual(
      [...fresh.toReversed(), ...old.toReversed()].map(({ id }) => id),
    );
    expect(ledger.operation(fresh[0]?.id ?? '')?.createdAt).toBe(now);
  });

  test('an id that holds no time, or one that no clock shows, moves no other one', async () => {
    const folder = temporaryFolder();
    const at = { at: 1, writer: 'gone' };
    const strange = ['z', 'z'.repeat(17), 'constructor'];
    const lines = strange.map((id, seq) => formatLine({ type: 'planned', ...planned(), ...at, id, seq }));
    ledgerFile(folder, 'gone', lines.join(''));
    const now = Date.now();
    const ledger = await givenLedger({ folder, clock: new VirtualClock(now) });
    expect(timeOfId((await ledger.begin(planned())).id)).toBe(now);
    expect(strange.map(timeOfId)).toEqual([undefined, undefined, undefined]);
  });
});
