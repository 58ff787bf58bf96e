/** Merging and trimming lose nothing that is open, recent or needed for a rollback, whenever a crash interrupts them. */
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type CompactionLimits, compact } from '../../src/operations/compaction';
import type { Ledger } from '../../src/operations/ledger';
import { LedgerReader } from '../../src/operations/ledger-reader';
import type { OperationEvent, PlannedOperation } from '../../src/operations/operation';
import { Problems } from '../../src/operations/problems';
import { VirtualClock } from '../virtual-clock';
import { planned } from './data';
import { givenLedger, temporaryFolder } from './given';

const DAY_MS = 86_400_000;
const limits: CompactionLimits = { files: 0, bytes: 0, archiveBytes: 1_000_000, succeeded: 2 };
const succeeded: OperationEvent = { type: 'ended', outcome: { state: 'succeeded' } };
const failed: OperationEvent = { type: 'ended', outcome: { state: 'failed' } };

/** A folder to which one process after the other writes an operation. */
function given() {
  const folder = temporaryFolder();
  const clock = new VirtualClock(Date.now() - DAY_MS);
  const write = async (
    writer: string,
    events: readonly OperationEvent[],
    change: Partial<PlannedOperation> = {},
  ) => {
    const ledger = await givenLedger({ folder, clock, writer });
    const journal = await ledger.begin(planned(change));
    for (const event of events) await ledger.record(journal.id, event);
    await ledger.dispose();
    clock.jump(1000);
    return journal.id;
  };
  const later = Date.now() + 2 * DAY_MS;
  const read = (): Promise<Ledger> =>
    givenLedger({ folder, clock: new VirtualClock(later), writer: 'reader' });
  return { folder, clock, write, read, later, files: () => readdirSync(join(folder, 'ledger')) };
}

test('what ended processes left becomes one file that says the same', async () => {
  const { folder, write, read, later, files } = given();
  for (let i = 0; i < 5; i++)
    await write(`w${i}`, i % 2 ? [succeeded] : [{ type: 'accepted', requestId: `r${i}` }]);
  const before = await read();
  await compact(folder, later, [], limits);
  expect(files()).toEqual([expect.stringMatching(/^archive-[0-9a-z]{8}\.jsonl$/)]);
  const after = await read();
  expect(after.operations()).toEqual(before.operations());
  // A window that is open meanwhile neither loses nor doubles anything.
  await before.refresh();
  expect(before.operations()).toEqual(after.operations());
  expect(before.problems).toEqual([]);
});

test('a window that reads while files give way to an archive finds everything', async () => {
  const { folder, write } = given();
  const ledger = join(folder, 'ledger');
  for (let i = 0; i < 3; i++) await write(`w${i}`, [succeeded]);
  const reader = () => new LedgerReader(folder, 'none', new VirtualClock(), new Problems());
  const whole = (await reader().read()).length;
  const path = (name: string): string => join(ledger, `${name}.jsonl`);
  let names = ['w0', 'w1', 'w2'];
  for (let round = 0; round < 300; round++) {
    const reading = reader().read();
    // At another moment of the reading in each round.
    for (let turn = 0; turn < round % 30; turn++) await new Promise((resolve) => setImmediate(resolve));
    const archive = `archive-${round}`;
    writeFileSync(path(`${archive}.tmp`), names.map((name) => readFileSync(path(name), 'utf8')).join(''));
    renameSync(path(`${archive}.tmp`), path(archive));
    for (const name of names) rmSync(path(name));
    names = [archive];
    const found = (await reading).map(({ writer, seq }) => `${writer} ${seq}`);
    expect(new Set(found).size).toBe(whole);
  }
});

test('archives are merged with what came after them', async () => {
  const { folder, write, read, later, files } = given();
  await write('w1', [succeeded]);
  await compact(folder, later, [], limits);
  await write('w2', [failed]);
  await compact(folder, later, [], limits);
  expect(files()).toHaveLength(1);
  expect((await read()).operations().map(({ state }) => state)).toEqual(['failed', 'succeeded']);
});

test('a crash after the archive was written and before the files went doubles nothing', async () => {
  const { folder, write, read, later, files } = given();
  await write('w1', [{ type: 'step', name: 'put' }, succeeded]);
  copyFileSync(join(folder, 'ledger', 'w1.jsonl'), join(folder, 'w1.copy'));
  await compact(folder, later, [], limits);
  copyFileSync(join(folder, 'w1.copy'), join(folder, 'ledger', 'w1.jsonl'));
  utimesSync(join(folder, 'ledger', 'w1.jsonl'), 0, 0);
  expect((await read()).operations()).toMatchObject([{ state: 'succeeded', steps: [{ name: 'put' }] }]);
  await compact(folder, later, [], limits);
  expect(files()).toHaveLength(1);
  expect((await read()).operations()).toMatchObject([{ state: 'succeeded', steps: [{ name: 'put' }] }]);
});

test('what a crash left half written is removed', async () => {
  const { folder, write, later, files } = given();
  await write('w1', [succeeded]);
  appendFileSync(join(folder, 'ledger', 'archive-0.jsonl.tmp'), 'half');
  await compact(folder, later, [], limits);
  expect(files()).toEqual([expect.stringMatching(/^archive-[0-9a-z]{8}\.jsonl$/)]);
});

test('the files of processes that may live are left alone', async () => {
  const { folder, write, later, files } = given();
  await write('silent-for-an-hour', [succeeded]);
  utimesSync(join(folder, 'ledger', 'silent-for-an-hour.jsonl'), later / 1000 - 3600, later / 1000 - 3600);
  const living = await givenLedger({ folder });
  await living.begin(planned());
  await compact(folder, later, [], limits);
  expect(files().toSorted()).toEqual([`${living.writer}.jsonl`, 'silent-for-an-hour.jsonl'].toSorted());
});

test('nothing is done while there is little to merge, unless it is torn', async () => {
  const { folder, write, read, files } = given();
  await write('w1', [succeeded]);
  appendFileSync(join(folder, 'ledger', 'w1.jsonl'), '{"v":1,');
  utimesSync(join(folder, 'ledger', 'w1.jsonl'), 0, 0);
  const ledger = await read();
  expect(ledger.problems).toMatchObject([{ kind: 'damaged-line' }]);
  await ledger.compact();
  expect(files()).toEqual([expect.stringMatching(/^archive-/)]);
  const next = await read();
  expect(next.problems).toEqual([]);
  expect(next.operations()).toHaveLength(1);
  await write('w2', [succeeded]);
  await next.compact();
  expect(files()).toContain('w2.jsonl');
});

test('of what is too much, open operations and the last successes of each subject stay', async () => {
  const { folder, write, read, later } = given();
  const subject = (name: string) => ({ subject: { ...planned().subject, path: ['env', name] } });
  const open = await write('w0', [{ type: 'accepted' }], subject('rdb'));
  await write('w1', [succeeded], subject('rdb'));
  const second = await write('w2', [succeeded], subject('rdb'));
  const only = await write('w3', [succeeded], subject('hdb'));
  const third = await write('w4', [succeeded], subject('rdb'));
  await write('w5', [failed], subject('rdb'));
  await compact(folder, later, [], { ...limits, archiveBytes: 0 });
  expect((await read()).operations().map(({ id }) => id)).toEqual([third, only, second, open]);
});

test('the newest operations stay as far as there is room', async () => {
  const { folder, write, read, later } = given();
  const ids: string[] = [];
  for (let i = 0; i < 6; i++) ids.push(await write(`w${i}`, [failed]));
  await compact(folder, later, [], { ...limits, archiveBytes: 1500 });
  const left = (await read()).operations().map(({ id }) => id);
  expect(left.length).toBeGreaterThan(0);
  expect(left.length).toBeLessThan(6);
  expect(left).toEqual(ids.toReversed().slice(0, left.length));
});

test('an operation about which a living process has written is not trimmed by halves', async () => {
  const { folder, write, later } = given();
  const id = await write('w1', [{ type: 'accepted' }, { type: 'ended', outcome: { state: 'unwatched' } }]);
  const living = await givenLedger({ folder });
  await living.record(id, { type: 'step', name: 'opened' });
  await compact(folder, later, [], { ...limits, archiveBytes: 0 });
  const fresh = await givenLedger({ folder });
  expect(fresh.operation(id)).toMatchObject({ state: 'unwatched', steps: [{ name: 'opened' }] });
});

test('lines of another version stay for the one that can read them', async () => {
  const { folder, write, later, files } = given();
  await write('w1', [succeeded]);
  appendFileSync(join(folder, 'ledger', 'w1.jsonl'), '{"v":2,"x":1}\n');
  utimesSync(join(folder, 'ledger', 'w1.jsonl'), 0, 0);
  await compact(folder, later, [], { ...limits, archiveBytes: 0 });
  const [archive = ''] = files();
  expect(existsSync(join(folder, 'ledger', archive))).toBe(true);
  const ledger = await givenLedger({ folder });
  expect(ledger.problems).toEqual([{ kind: 'unknown-version', version: '2' }]);
});
