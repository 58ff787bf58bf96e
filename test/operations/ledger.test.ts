/** What is recorded is on the disk and read back by every window; what goes wrong with the disk is told and survived. */
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { failureOf } from '../../src/model/failure';
import type { Ledger } from '../../src/operations/ledger';
import { HEARTBEAT_MS } from '../../src/operations/liveness';
import type { LedgerProblem } from '../../src/operations/problems';
import { hasUnfinished, unfinished } from '../../src/operations/unfinished';
import { VirtualClock } from '../virtual-clock';
import { planned, request } from './data';
import { givenLedger, temporaryFolder } from './given';

function lines(folder: string, writer: string): unknown[] {
  const text = readFileSync(join(folder, 'ledger', `${writer}.jsonl`), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

const typesIn = (folder: string, writer: string): unknown[] =>
  lines(folder, writer).map((line) => (line as { type: string }).type);

describe('writing', () => {
  test('a request is on the disk, with its arguments in full, before it may be sent', async () => {
    const folder = temporaryFolder();
    const ledger = await givenLedger({ folder, writer: 'a' });
    const journal = await ledger.begin(planned());
    await journal.step('put', { bytes: 5 });
    await journal.sending({ ...request, input: { commandLineArguments: [{ key: 's', value: 'secret' }] } });
    expect(typesIn(folder, 'a')).toEqual(['planned', 'step', 'sending']);
    expect(lines(folder, 'a')[2]).toMatchObject({
      v: 1,
      id: journal.id,
      writer: 'a',
      seq: 2,
      request: { input: { commandLineArguments: [{ key: 's', value: 'secret' }] } },
    });
    await journal.accepted('req-1', { updateId: 'u' });
    await journal.ended({ state: 'succeeded' });
    expect(ledger.operation(journal.id)).toMatchObject({ state: 'succeeded', requestIds: ['req-1'] });
  });

  test.each([
    ['a moment later', (clock: VirtualClock) => clock.advance(100)],
    ['when the window closes', (_: VirtualClock, ledger: Ledger) => ledger.dispose()],
  ])('what nobody waits for is on the disk %s', async (_, happens) => {
    const [folder, clock] = [temporaryFolder(), new VirtualClock()];
    const ledger = await givenLedger({ folder, clock, writer: 'a' });
    const journal = await ledger.begin(planned());
    const noted = journal.note('packed');
    await happens(clock, ledger);
    await noted;
    expect(typesIn(folder, 'a')).toEqual(['planned', 'step']);
  });

  test('what nobody waits for is on the disk when the window closes during a sign of life', async () => {
    const [folder, clock] = [temporaryFolder(), new VirtualClock()];
    const ledger = await givenLedger({ folder, clock, writer: 'a' });
    const journal = await ledger.begin(planned());
    await clock.advance(HEARTBEAT_MS - 1);
    void journal.note('written by the sign of life');
    const now = clock.now.bind(clock);
    let closed: Promise<void> | undefined;
    // The time is read for the lines that are being written: what is recorded now is not among them.
    const appending = vi.spyOn(clock, 'now').mockImplementation(() => {
      if (appending.mock.calls.length === 2) {
        void journal.note('written by the last one');
        closed = ledger.dispose();
      }
      return now();
    });
    await clock.runUntil(() => closed !== undefined, 1);
    await closed;
    expect(typesIn(folder, 'a')).toEqual(['planned', 'step', 'step']);
  });

  test('what fails because the window closes is not recorded, and nothing is sent any more', async () => {
    const [folder, clock] = [temporaryFolder(), new VirtualClock()];
    const ledger = await givenLedger({ folder, clock, writer: 'a' });
    const journal = await ledger.begin(planned());
    await ledger.dispose();
    let settled = 0;
    const asked = [
      journal.ended({ state: 'cancelled', facts: { reason: 'user' } }),
      journal.sending(request),
      ledger.begin(planned()),
    ];
    for (const each of asked) void each.finally(() => (settled += 1));
    await clock.advance(HEARTBEAT_MS);
    expect(settled).toBe(0);
    expect(ledger.operation(journal.id)?.state).toBe('planned');
    expect(typesIn(folder, 'a')).toEqual(['planned']);
  });

  test('nobody else may read it', async () => {
    const folder = temporaryFolder();
    const ledger = await givenLedger({ folder, writer: 'a' });
    await ledger.begin(planned());
    expect(statSync(join(folder, 'ledger')).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, 'ledger', 'a.jsonl')).mode & 0o777).toBe(0o600);
  });

  test('many events at once are all there, in the order of the calls', async () => {
    const folder = temporaryFolder();
    const ledger = await givenLedger({ folder, writer: 'a' });
    const journal = await ledger.begin(planned());
    const names = Array.from({ length: 200 }, (_, index) => `step ${index}`);
    await Promise.all(names.map((name) => journal.step(name)));
    const other = await givenLedger({ folder });
    expect(other.operation(journal.id)?.steps.map(({ name }) => name)).toEqual(names);
  });

  test('a process that writes much leaves its file to be merged, and others lose and double nothing', async () => {
    const folder = temporaryFolder();
    const ledger = await givenLedger({ folder, writer: 'a' });
    const other = await givenLedger({ folder, writer: 'b' });
    const journal = await ledger.begin(planned());
    for (let i = 0; i < 30; i++) {
      await journal.step(`${i} ${'x'.repeat(50_000)}`);
      if (i % 4 === 0) await other.refresh();
    }
    const files = readdirSync(join(folder, 'ledger'));
    expect(files.toSorted()).toEqual(['a.1.jsonl', 'a.2.jsonl', 'a.jsonl']);
    await other.refresh();
    const fresh = await givenLedger({ folder, writer: 'c' });
    for (const { operations } of [other, fresh].map((one) => ({ operations: one.operations() }))) {
      expect(operations).toEqual(ledger.operations());
    }
    await ledger.compact();
    expect(readdirSync(join(folder, 'ledger'))).toHaveLength(2);
    expect((await givenLedger({ folder, writer: 'd' })).operations()).toEqual(ledger.operations());
  });

  test('the newest operation comes first', async () => {
    const clock = new VirtualClock();
    const ledger = await givenLedger({ clock });
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) {
      ids.push((await ledger.begin(planned())).id);
      clock.jump(10);
    }
    expect(ledger.operations().map(({ id }) => id)).toEqual(ids.toReversed());
    expect(ids.every((id) => /^[0-9a-z]+$/.test(id))).toBe(true);
  });
});

describe('several windows', () => {
  test('each sees what the others write, and is told of it once', async () => {
    const folder = temporaryFolder();
    const a = await givenLedger({ folder, writer: 'a' });
    const b = await givenLedger({ folder, writer: 'b' });
    const told: string[] = [];
    b.onDidChange((ids) => told.push(...ids));
    const journal = await a.begin(planned());
    await b.refresh();
    expect(b.operation(journal.id)?.state).toBe('planned');
    await b.refresh();
    expect(told).toEqual([journal.id]);
    await journal.accepted('req-1');
    await b.record(journal.id, { type: 'ended', outcome: { state: 'unwatched' } });
    await b.refresh();
    await a.refresh();
    expect(a.operation(journal.id)?.state).toBe('unwatched');
    expect(a.operation(journal.id)).toEqual(b.operation(journal.id));
    expect(a.events(journal.id).map(({ type }) => type)).toEqual(['planned', 'accepted', 'ended']);
  });

  test('none reads again what it has written itself', async () => {
    const folder = temporaryFolder();
    const ledger = await givenLedger({ folder, writer: 'a' });
    const { id } = await ledger.begin(planned());
    const file = join(folder, 'ledger', 'a.jsonl');
    // Whoever read it would find the line damaged.
    writeFileSync(file, readFileSync(file, 'utf8').replace('"planned"', 'planned'));
    await ledger.refresh();
    expect(ledger.problems).toEqual([]);
    expect(ledger.operation(id)?.state).toBe('planned');
  });

  test('what was written after reading comes after it, though the wall clock went back', async () => {
    const folder = temporaryFolder();
    const clock = new VirtualClock();
    const a = await givenLedger({ folder, clock, writer: 'b-late-by-name' });
    const b = await givenLedger({ folder, clock, writer: 'a-early-by-name' });
    const journal = await a.begin(planned());
    await journal.ended({ state: 'unwatched' });
    clock.jump(-3_600_000);
    await b.refresh();
    await b.record(journal.id, { type: 'watched' });
    await a.refresh();
    expect(a.operation(journal.id)?.state).toBe('watching');
  });

  test('a request is refused when another window has declared the operation over', async () => {
    const folder = temporaryFolder();
    const a = await givenLedger({ folder, writer: 'a' });
    const b = await givenLedger({ folder, writer: 'b' });
    const journal = await a.begin(planned());
    await b.refresh();
    await b.record(journal.id, { type: 'ended', outcome: { state: 'cancelled' } });
    const thrown = await journal.sending(request).catch(failureOf);
    expect(thrown).toEqual({ kind: 'refused', code: 'operation-ended', facts: { state: 'cancelled' } });
    expect(typesIn(folder, 'a')).toEqual(['planned']);
  });
});

describe('damaged files', () => {
  /** A second ledger over what `a` wrote and what the test did to its file. */
  async function afterDamage(damage: (file: string) => void) {
    const folder = temporaryFolder();
    const a = await givenLedger({ folder, writer: 'gone' });
    const journal = await a.begin(planned());
    await journal.step('put');
    const file = join(folder, 'ledger', 'gone.jsonl');
    damage(file);
    // An hour after the damage: long enough for the writer to count as gone.
    const clock = new VirtualClock(Date.now() + 3_600_000);
    const ledger = await givenLedger({ folder, clock, writer: 'b' });
    return { ledger, journal, file };
  }

  test('a torn last line is told once, and all before it is read', async () => {
    const { ledger, journal, file } = await afterDamage((path) => appendFileSync(path, '{"v":1,"id":"x","a'));
    const told: LedgerProblem[] = [];
    ledger.onProblem((problem) => told.push(problem));
    expect(ledger.operation(journal.id)?.steps).toHaveLength(1);
    const torn = { kind: 'damaged-line', file, offset: statSync(file).size - 18 };
    expect(ledger.problems).toEqual([torn]);
    await ledger.refresh();
    expect(told).toEqual([]);
  });

  test('a writer that finds its own file torn loses no later line', async () => {
    const { journal, ledger, file } = await afterDamage((path) => appendFileSync(path, '{"v":1,"id":"x","a'));
    await journal.step('again');
    await ledger.refresh();
    expect(ledger.operation(journal.id)?.steps.map(({ name }) => name)).toEqual(['put', 'again']);
    expect(ledger.problems.filter((problem) => problem.kind === 'damaged-line')).toHaveLength(1);
    expect(readFileSync(file, 'utf8')).toMatch(/"a#torn\n\{/);
  });

  test.each([
    ['no JSON', 'nonsense'],
    ['no object', '[1]'],
    ['an event without its parts', '{"v":1,"id":"op","at":1,"writer":"w","seq":0,"type":"planned"}'],
    [
      'a state that is no end',
      '{"v":1,"id":"op","at":1,"writer":"w","seq":0,"type":"ended","outcome":{"state":"toString"}}',
    ],
    ['an id that is a path', '{"v":1,"id":"../op","at":1,"writer":"w","seq":0,"type":"watched"}'],
  ])('a line that is %s is told, and what stands behind it is read', async (_, line) => {
    const { ledger, journal, file } = await afterDamage((path) => {
      const [first = '', second = ''] = readFileSync(path, 'utf8').split('\n');
      writeFileSync(path, `${first}\n${line}\n${second}\n`);
    });
    expect(ledger.operation(journal.id)?.steps).toHaveLength(1);
    const offset = readFileSync(file, 'utf8').indexOf('\n') + 1;
    expect(ledger.problems).toEqual([{ kind: 'damaged-line', file, offset }]);
  });

  test('lines of another version are told once and stay', async () => {
    const { ledger, journal } = await afterDamage((path) => {
      appendFileSync(
        path,
        '{"v":2,"what":"ever"}\n{"v":2}\n{"v":1,"id":"op","at":1,"writer":"w","seq":0,"type":"new"}\n',
      );
    });
    expect(ledger.operation(journal.id)?.steps).toHaveLength(1);
    expect(ledger.problems).toEqual([{ kind: 'unknown-version', version: '2' }]);
    expect(ledger.operation('op')).toBeUndefined();
  });

  test('a file that cannot be read is told as that alone', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'ledger', 'archive-x.jsonl');
    // Whoever runs the tests may read all files, but nobody reads bytes from a folder.
    mkdirSync(file, { recursive: true });
    const ledger = await givenLedger({ folder, writer: 'a' });
    expect(ledger.problems).toEqual([{ kind: 'unreadable', file, code: 'EISDIR' }]);
  });

  test('a folder that cannot be read is told, not thrown', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'ledger'), '');
    const ledger = await givenLedger({ folder, writer: 'a' });
    expect(ledger.operations()).toEqual([]);
    expect(ledger.problems).toEqual([{ kind: 'unreadable', file: join(folder, 'ledger'), code: 'ENOTDIR' }]);
    await expect((await ledger.begin(planned())).sending(request)).rejects.toMatchObject({
      failure: { code: 'ledger-unwritable' },
    });
  });
});

describe.skipIf(!existsSync('/dev/full'))('a full disk', () => {
  /** A ledger whose own file takes no bytes: the kernel's own ENOSPC. `free` makes room. */
  async function onFullDisk() {
    const folder = temporaryFolder();
    const clock = new VirtualClock();
    const ledger = await givenLedger({ folder, clock, writer: 'a' });
    mkdirSync(join(folder, 'ledger'));
    symlinkSync('/dev/full', join(folder, 'ledger', 'a.jsonl'));
    const told: LedgerProblem[] = [];
    ledger.onProblem((problem) => told.push(problem));
    const free = (): void => rmSync(join(folder, 'ledger', 'a.jsonl'));
    return { folder, clock, ledger, told, free };
  }

  test('no request may be sent, everything else goes on, and it is told once', async () => {
    const { ledger, told, folder } = await onFullDisk();
    const journal = await ledger.begin(planned());
    await journal.step('put');
    expect(await journal.sending(request).catch(failureOf)).toEqual({
      kind: 'refused',
      code: 'ledger-unwritable',
      facts: { code: 'ENOSPC' },
    });
    await journal.ended({ state: 'failed' });
    expect(ledger.operation(journal.id)).toMatchObject({ state: 'failed', steps: [{ name: 'put' }] });
    expect(ledger.operation(journal.id)?.request).toBeUndefined();
    expect(told).toEqual([{ kind: 'unwritable', file: join(folder, 'ledger', 'a.jsonl'), code: 'ENOSPC' }]);
  });

  test('when there is room again all but the refused requests is written, and the next trouble is told anew', async () => {
    const { ledger, told, folder, free, clock } = await onFullDisk();
    const journal = await ledger.begin(planned());
    for (const refused of [journal.sending(request), journal.sendingFurther(request)]) {
      expect(await refused.catch(failureOf)).toMatchObject({ code: 'ledger-unwritable' });
    }
    free();
    await clock.advance(10_000);
    expect(typesIn(folder, 'a')).toEqual(['planned']);
    await journal.sending(request);
    await journal.ended({ state: 'succeeded' });
    expect(typesIn(folder, 'a')).toEqual(['planned', 'sending', 'ended']);
    expect(ledger.problems).toEqual([]);
    free();
    symlinkSync('/dev/full', join(folder, 'ledger', 'a.jsonl'));
    await ledger.begin(planned());
    expect(told).toHaveLength(2);
  });

  test('what is written after an interruption in the middle is read back whole by others', async () => {
    const { ledger, folder, free } = await onFullDisk();
    const journal = await ledger.begin(planned());
    free();
    await journal.step('put');
    const other = await givenLedger({ folder, writer: 'b' });
    expect(other.operation(journal.id)).toEqual(ledger.operation(journal.id));
  });
});

describe('the cheap look at start-up', () => {
  test('says so while an operation is open, and only then', async () => {
    const folder = temporaryFolder();
    expect(await hasUnfinished(folder)).toBe(false);
    const ledger = await givenLedger({ folder });
    const journal = await ledger.begin(planned());
    expect(await hasUnfinished(folder)).toBe(true);
    await journal.accepted('req');
    await journal.ended({ state: 'unwatched' });
    expect(await hasUnfinished(folder)).toBe(false);
    await journal.watched();
    expect(await hasUnfinished(folder)).toBe(true);
    await journal.ended({ state: 'succeeded' });
    expect(await hasUnfinished(folder)).toBe(false);
  });

  test('rather says yes where it cannot look', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'unfinished'), '');
    expect(await hasUnfinished(folder)).toBe(true);
  });

  test('marks that a crash left go when the ledger is tidied', async () => {
    const folder = temporaryFolder();
    const clock = new VirtualClock(Date.now());
    const ledger = await givenLedger({ folder, clock, writer: 'a' });
    const open = await ledger.begin(planned());
    const ended = await ledger.begin(planned());
    await ended.ended({ state: 'succeeded' });
    writeFileSync(join(folder, 'unfinished', ended.id), '');
    writeFileSync(join(folder, 'unfinished', 'never'), '');
    await ledger.compact();
    expect(await unfinished(folder)).toHaveLength(3);
    clock.jump(2 * 60_000);
    await ledger.compact();
    expect((await unfinished(folder)).toSorted()).toEqual([open.id, 'never'].toSorted());
    clock.jump(2 * 86_400_000);
    await ledger.compact();
    expect(await unfinished(folder)).toEqual([open.id]);
  });

  test.each<[string, (ledger: Ledger, id: string, clock: VirtualClock) => Promise<void>]>([
    [
      'tidies the ledger',
      (ledger, _, clock) => {
        clock.jump(2 * 60_000);
        return ledger.compact();
      },
    ],
    ['notes a step', (ledger, id) => ledger.journal(id).step('late')],
  ])(
    'says so once an operation is watched again, even if a window that has not read this %s',
    async (_, acts) => {
      const folder = temporaryFolder();
      const clock = new VirtualClock(Date.now());
      const stale = await givenLedger({ folder, clock, writer: 'a' });
      const journal = await stale.begin(planned());
      await journal.accepted('req');
      await journal.ended({ state: 'unwatched' });
      const other = await givenLedger({ folder, clock, writer: 'b' });
      await other.journal(journal.id).watched();
      await acts(stale, journal.id, clock);
      expect(await hasUnfinished(folder)).toBe(true);
    },
  );
});

test('a ledger from which nobody wrote leaves nothing behind', async () => {
  const folder = temporaryFolder();
  const ledger = await givenLedger({ folder });
  await ledger.refresh();
  await ledger.dispose();
  expect(readdirSync(folder)).toEqual([]);
});
