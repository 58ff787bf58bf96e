/** Small parts of following and of the ledger, at the borders of what they say. */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SteadyClock } from '../../src/model/clock';
import { type Failure, failed } from '../../src/model/failure';
import { compact } from '../../src/operations/compaction';
import { csv } from '../../src/operations/export';
import { createLease } from '../../src/operations/lease';
import { appendLines } from '../../src/operations/ledger-files';
import { LedgerReader } from '../../src/operations/ledger-reader';
import { isGone, writerName } from '../../src/operations/liveness';
import type { Operation } from '../../src/operations/operation';
import { PausedConnections } from '../../src/operations/paused-connections';
import { afterAnswer, afterFailure, isNetwork, POLL_INTERVAL } from '../../src/operations/poll-interval';
import { writeObservation } from '../../src/operations/poll-once';
import { Problems } from '../../src/operations/problems';
import { runOperation } from '../../src/operations/run-operation';
import { type Follow, Schedule } from '../../src/operations/schedule';
import { markUnfinished, sweepMarkers, unfinished } from '../../src/operations/unfinished';
import { VirtualClock } from '../virtual-clock';
import { awsFailure, planned, request } from './data';
import { givenLedger, temporaryFolder } from './given';
import { givenFollowing, goingOn, ScriptedAws } from './tracking';

const network = awsFailure({ reason: 'network', name: 'ENOTFOUND', answered: false });
const denied = awsFailure({ reason: 'access-denied', passing: false });
const expired: Failure = { kind: 'credentials', problem: 'expired', profile: 'dev', message: 'expired' };

function operation(id: string, parts: Partial<Operation> = {}): Operation {
  const base = { writer: 'w', steps: [], facts: {}, requestIds: [], createdAt: 0 } as const;
  return { ...planned(), ...base, state: 'watching', id, ...parts };
}

describe('the poll interval', () => {
  test('is slow only once AWS has been silent for longer than its border', () => {
    expect(afterAnswer(POLL_INTERVAL, POLL_INTERVAL.silentAfterMs)).toBe(POLL_INTERVAL.baseMs);
    expect(afterAnswer(POLL_INTERVAL, POLL_INTERVAL.silentAfterMs + 1)).toBe(POLL_INTERVAL.slowMs);
    const slow = { ...POLL_INTERVAL, baseMs: 2 * POLL_INTERVAL.slowMs };
    expect(afterAnswer(slow, POLL_INTERVAL.silentAfterMs + 1)).toBe(slow.baseMs);
  });

  test('doubles after failures that pass, up to its border, and is slow after others', () => {
    const waits = [1, 2, 3, 4, 5, 9].map((failures) => afterFailure(POLL_INTERVAL, network, failures, 0));
    expect(waits).toEqual([5_000, 10_000, 20_000, 40_000, 60_000, 60_000]);
    expect(afterFailure(POLL_INTERVAL, network, 1, 1)).toBe(2_500);
    const slow = { ...POLL_INTERVAL, slowMs: 99_000 };
    expect(afterFailure(slow, denied, 1, 0)).toBe(99_000);
    const silent: Failure = { kind: 'refused', code: 'no-answer', facts: {} };
    expect(afterFailure(slow, silent, 1, 0)).toBe(5_000);
    expect(afterFailure(slow, { ...silent, code: 'other' }, 1, 0)).toBe(99_000);
    expect(afterFailure(slow, expired, 1, 0)).toBe(99_000);
  });

  test('knows what kept AWS from being reached', () => {
    expect([network, denied, expired, undefined].map(isNetwork)).toEqual([true, false, false, false]);
  });
});

describe('a connection whose keys were refused', () => {
  test('is paused and asked about once, and not for a look that began before the user acted', () => {
    const paused = new PausedConnections();
    expect(paused.refused('c', 5, 10)).toBe(true);
    expect(paused.refused('c', 6, 11)).toBe(false);
    expect(paused.tryAt('c')).toBe(11 + 60_000);
    paused.resume('c', 20);
    expect(paused.tryAt('c')).toBeUndefined();
    expect(paused.refused('c', 19, 30)).toBe(false);
    expect(paused.tryAt('c')).toBeUndefined();
    expect(paused.refused('c', 20, 30)).toBe(true);
    expect(paused.tryAt('other')).toBeUndefined();
  });

  test('is tried again a while after a try, and only if it is paused', () => {
    const paused = new PausedConnections();
    paused.trying('c', 5);
    expect(paused.tryAt('c')).toBeUndefined();
    paused.refused('c', 5, 10);
    paused.trying('c', 100);
    expect(paused.tryAt('c')).toBe(100 + 60_000);
  });
});

describe('the schedule', () => {
  function given() {
    const wall = { time: 0 };
    const clock = { now: () => wall.time, sleep: () => Promise.reject(new Error('nobody sleeps')) };
    const schedule = new Schedule({
      clock: new SteadyClock(clock),
      rate: 10,
      interval: POLL_INTERVAL,
      random: () => 0,
    });
    const follower = { kind: 'code', service: 'finspace', poll: () => Promise.reject(new Error('no')) };
    const add = (id: string, connectionId = 'c'): Follow => {
      schedule.add(operation(id, { subject: { ...planned().subject, connectionId } }), follower);
      return schedule.get(id)!;
    };
    /** Looks at all that are due, each of which ends with the failure. */
    const failAll = (failure: Failure): readonly string[] => {
      const ids: string[] = [];
      for (let taken = schedule.takeDue(); taken.length > 0; taken = schedule.takeDue()) {
        for (const follow of taken) {
          follow.isLooking = false;
          schedule.failed(follow, failure);
          ids.push(follow.id);
        }
        wall.time += 100;
      }
      return ids;
    };
    return { wall, schedule, add, failAll };
  }

  test('tries with one look while AWS cannot be reached, and with all once it can', () => {
    const { wall, schedule, add, failAll } = given();
    const [a, b] = [add('a'), add('b')];
    failAll(network);
    wall.time = schedule.wakeAt();
    const [probe, ...others] = schedule.takeDue();
    expect(others).toEqual([]);
    probe!.isLooking = false;
    const other = probe === a ? b : a;
    other.nextAt = 999_999;
    schedule.answered(probe!, true);
    // What the network kept from AWS is looked at without more waiting; what was answered waits its turn.
    expect(other.nextAt).toBe(wall.time);
    expect(probe!.nextAt).toBeGreaterThan(wall.time);
    expect(probe!.problem).toBeUndefined();
  });

  test('a refusal shows that AWS is reached, and keeps what waits for other reasons waiting', () => {
    const { wall, schedule, add, failAll } = given();
    const [a, b] = [add('a'), add('b')];
    failAll(network);
    wall.time = schedule.wakeAt();
    const [probe] = schedule.takeDue();
    probe!.isLooking = false;
    const other = probe === a ? b : a;
    other.nextAt = 999_999;
    schedule.failed(probe!, denied);
    expect(other.nextAt).toBe(wall.time);
    expect(probe!.nextAt).toBe(wall.time + POLL_INTERVAL.slowMs);
  });

  test('asks for keys once for each connection, and wakes for all of it once they work', () => {
    const { wall, schedule, add } = given();
    const [a, b, far] = [add('a'), add('b'), add('far', 'other')];
    wall.time = 1_000;
    const asked = [a, b].map((follow) => schedule.failed(follow, expired));
    expect(asked).toEqual([true, false]);
    far.nextAt = 99_000;
    expect(schedule.nextLookAt(a)).toBe(61_000);
    wall.time = 2_000;
    schedule.resume('c');
    expect([a.nextAt, b.nextAt, far.nextAt]).toEqual([2_000, 2_000, 99_000]);
    a.nextAt = 50_000;
    schedule.resume('c');
    expect(a.nextAt).toBe(50_000);
  });

  test('looks first where the user asks, then where it looked longest ago', () => {
    const { wall, schedule, add } = given();
    const [a, b, c] = [add('a'), add('b'), add('c')];
    wall.time = 10_000;
    a.lastLookAt = 3;
    b.lastLookAt = 2;
    c.lastLookAt = 4;
    for (const follow of [a, b, c]) follow.nextAt = 5_000;
    schedule.askFor(c);
    const order: string[] = [];
    for (let turn = 0; turn < 3; turn += 1) {
      order.push(...schedule.takeDue().map(({ id }) => id));
      wall.time += 100;
    }
    expect(order).toEqual(['c', 'b', 'a']);
    expect(schedule.takeDue()).toEqual([]);
    expect(schedule.wakeAt()).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('what a look has told', () => {
  async function given() {
    const ledger = await givenLedger({ writer: 'a' });
    const journal = await ledger.begin(planned());
    await journal.accepted('r');
    const ended: string[] = [];
    const writing = (holds: boolean) => ({
      ledger,
      holds: async () => holds,
      onEnded: ({ id }: Operation) => ended.push(id),
    });
    return { ledger, id: journal.id, ended, writing };
  }
  const facts = { status: 'UPDATING' };

  test('is written down by the window that follows alone', async () => {
    const { ledger, id, ended, writing } = await given();
    expect(await writeObservation(id, { state: 'going-on', facts }, writing(false))).toBe(true);
    expect(ledger.operation(id)?.facts).toEqual({});
    const done = { state: 'ended', outcome: { state: 'succeeded' } } as const;
    expect(await writeObservation(id, done, writing(false))).toBe(false);
    expect([ledger.operation(id)?.state, ended]).toEqual(['watching', []]);
    expect(await writeObservation(id, { state: 'going-on', facts }, writing(true))).toBe(true);
    expect(ledger.operation(id)?.facts).toEqual(facts);
    expect(await writeObservation(id, done, writing(true))).toBe(true);
    expect([ledger.operation(id)?.state, ended]).toEqual(['succeeded', [id]]);
  });

  test('is no news twice, nor where there is nothing, and no end after an end', async () => {
    const { ledger, id, ended, writing } = await given();
    await writeObservation(id, { state: 'going-on', facts: { ...facts, nodes: 3 } }, writing(true));
    const events = ledger.events(id).length;
    expect(await writeObservation(id, { state: 'going-on', facts }, writing(true))).toBe(false);
    expect(await writeObservation(id, { state: 'going-on' }, writing(true))).toBe(false);
    expect(ledger.events(id)).toHaveLength(events);
    await ledger.record(id, { type: 'ended', outcome: { state: 'failed' } });
    const done = { state: 'ended', outcome: { state: 'succeeded' } } as const;
    expect(await writeObservation(id, done, writing(true))).toBe(false);
    expect([ledger.operation(id)?.state, ended]).toEqual(['failed', []]);
  });
});

test.each(['ledger-unwritable', 'operation-ended'])(
  'a request that was refused as %s never left, so that nothing is followed',
  async (code) => {
    const ledger = await givenLedger({ writer: 'a' });
    const journal = await ledger.begin(planned());
    await journal.sending(request);
    const failure = await runOperation(ledger, journal, () =>
      Promise.reject(failed({ kind: 'refused', code, facts: {} })),
    );
    expect(failure).toMatchObject({ code });
    expect(ledger.operation(journal.id)).toMatchObject({ state: 'failed', outcome: { failure: { code } } });
  },
);

describe('the tracker', () => {
  test('tells of changes until it is told to stop', async () => {
    const { clock, tracker, accepted } = await givenFollowing({
      followers: (own) => [new ScriptedAws(own, () => goingOn)],
    });
    const told: string[] = [];
    const unlisten = tracker.onDidChange((id) => told.push(id));
    const id = await accepted();
    tracker.start();
    await clock.advance(20_000);
    expect(told.length).toBeGreaterThan(1);
    expect(new Set(told)).toEqual(new Set([id]));
    unlisten();
    const before = told.length;
    await clock.advance(20_000);
    expect(told).toHaveLength(before);
  });
});

describe('the ledger', () => {
  test('says how many bytes were there before', async () => {
    const path = join(temporaryFolder(), 'ledger', 'a.jsonl');
    expect(await appendLines(path, 'one\n', 1_000)).toBe(0);
    expect(await appendLines(path, 'two\n', 1_000)).toBe(4);
    expect(await appendLines(path, '', 1_000)).toBe(8);
  });

  test.skipIf(!existsSync('/proc/self/fd'))('leaves no file open', async () => {
    const folder = temporaryFolder();
    const ledger = await givenLedger({ folder, writer: 'a' });
    const journal = await ledger.begin(planned());
    await journal.ended({ state: 'succeeded' });
    await (await givenLedger({ folder, writer: 'b' })).refresh();
    const open = readdirSync('/proc/self/fd').flatMap((fd) => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`);
      } catch {
        return []; // the one that lists them
      }
    });
    expect(open.filter((path) => path.startsWith(folder))).toEqual([]);
  });

  test('reads each byte once', async () => {
    const folder = temporaryFolder();
    const ledger = await givenLedger({ folder, writer: 'a' });
    const journal = await ledger.begin(planned());
    const reader = new LedgerReader(folder, 'none', new VirtualClock(), new Problems());
    expect((await reader.read()).map(({ type }) => type)).toEqual(['planned']);
    expect(await reader.read()).toEqual([]);
    await journal.step('put');
    expect((await reader.read()).map(({ type }) => type)).toEqual(['step']);
  });

  test('puts what is written later behind the latest that is known, not behind the last that was read', async () => {
    const folder = temporaryFolder();
    const clock = new VirtualClock();
    const a = await givenLedger({ folder, clock, writer: 'z-late-by-name' });
    const journal = await a.begin(planned());
    clock.jump(60_000);
    await journal.ended({ state: 'unwatched' });
    clock.jump(-3_600_000);
    const b = await givenLedger({ folder, clock, writer: 'a-early-by-name' });
    await b.record(journal.id, { type: 'watched' });
    await b.record(journal.id, { type: 'ended', outcome: { state: 'succeeded' } });
    await a.refresh();
    expect(a.events(journal.id).map(({ type }) => type)).toEqual(['planned', 'ended', 'watched', 'ended']);
    const times = a.events(journal.id).map(({ at }) => at);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    expect(a.operation(journal.id)?.state).toBe('succeeded');
  });

  test('keeps a mark of an operation that nobody knows for a day, and no longer', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'unfinished'));
    const mark = join(folder, 'unfinished', 'never');
    writeFileSync(mark, '');
    utimesSync(mark, 1_000, 1_000);
    const day = 86_400_000;
    await sweepMarkers(folder, 1_000_000 + day, async () => () => undefined);
    expect(await unfinished(folder)).toEqual(['never']);
    await sweepMarkers(folder, 1_000_001 + day, async () => () => 'watching');
    expect(await unfinished(folder)).toEqual(['never']);
    await sweepMarkers(folder, 1_000_001 + day, async () => () => undefined);
    expect(await unfinished(folder)).toEqual([]);
  });

  test('keeps a mark of before that was renewed to watch an ended operation again', async () => {
    const folder = temporaryFolder();
    await markUnfinished(folder, ['again']);
    utimesSync(join(folder, 'unfinished', 'again'), 1_000, 1_000);
    await markUnfinished(folder, ['again']);
    await sweepMarkers(folder, Date.now(), async () => () => 'succeeded');
    expect(await unfinished(folder)).toEqual(['again']);
  });
});

test.each([
  [4_999, false],
  [5_000, true],
])('a lease gives its next sign of life after five seconds: after %d ms %s', async (wait, given) => {
  const folder = temporaryFolder();
  const clock = new VirtualClock();
  const lease = createLease(folder, 'a', clock);
  await lease.hold();
  const began = clock.now();
  clock.jump(wait);
  expect(await lease.hold()).toBe(true);
  const { mtimeMs } = statSync(join(folder, 'lease', '1'));
  expect(Math.round(mtimeMs)).toBe(given ? began + wait : began);
});

test.each([
  [{ observedAt: 4_000, acceptedAt: 3_000, sentAt: 2_000 }, 4_000],
  [{ acceptedAt: 3_000, sentAt: 2_000 }, 3_000],
  [{ sentAt: 2_000 }, 2_000],
  [{}, 1_000],
])('AWS last told something new when %j', (parts, newsAt) => {
  const clock = new SteadyClock({ now: () => 10_000, sleep: () => Promise.reject(new Error('no')) });
  const schedule = new Schedule({ clock, rate: 2, interval: POLL_INTERVAL, random: () => 0 });
  const follower = { kind: 'code', service: 'finspace', poll: () => Promise.reject(new Error('no')) };
  schedule.add(operation('a', { createdAt: 1_000, ...parts }), follower);
  expect(schedule.get('a')?.newsAt).toBe(newsAt);
});

test('files are merged from one byte more than the limit on, and not at it', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'ledger'));
  for (const name of ['a', 'b', 'c']) writeFileSync(join(folder, 'ledger', `${name}.jsonl`), 'x'.repeat(10));
  const later = Date.now() + 2 * 86_400_000;
  const limits = { files: 3, bytes: 30, archiveBytes: 1_000, succeeded: 1 };
  const count = () => readdirSync(join(folder, 'ledger')).length;
  await compact(folder, later, [], limits);
  expect(count()).toBe(3);
  await compact(folder, later, [], { ...limits, bytes: 29 });
  expect(count()).toBe(1);
  for (const name of ['a', 'b', 'c', 'd']) writeFileSync(join(folder, 'ledger', `${name}.jsonl`), '');
  await compact(folder, later, [], { ...limits, files: 4 });
  expect(count()).toBe(5);
  await compact(folder, later, [], limits);
  expect(count()).toBe(1);
});

describe('a process', () => {
  const [pid = '', start = '', host = '', name = ''] = writerName().split('-');
  const ended = spawnSync(process.execPath, ['-e', '']).pid;

  test.each([
    ['that is this one lives, however silent', [pid, start, host, name], 0, false],
    ['that had the number before is gone', [pid, '1', host, name], 1_000_000, true],
    ['whose number nobody has is gone', [`${ended}`, start, host, name], 1_000_000, true],
    [
      'whose number nobody has is gone where its start was not seen',
      [`${ended}`, '0', host, name],
      1_000_000,
      true,
    ],
    ['whose number somebody has is not gone before its silence', [pid, '0', host, name], 940_000, false],
    ['whose number somebody has is gone after its silence', [pid, '0', host, name], 939_999, true],
    ['of another machine is not gone before its silence', [`${ended}`, start, 'other', name], 940_000, false],
    ['of another machine is gone after its silence', [pid, start, 'other', name], 939_999, true],
    ['without a number goes by its silence', ['x', start, host, name], 940_000, false],
  ])('%s', async (_, parts, lastSign, gone) => {
    expect(await isGone(parts.join('-'), lastSign, 1_000_000)).toBe(gone);
  });

  test('has a name of its own each time', () => {
    expect(writerName()).toMatch(/^[0-9a-z]+-[0-9]+-[0-9a-f]{8}-[0-9a-z]+$/);
    expect(writerName()).not.toBe(writerName());
  });
});

test('an operation of which little is known has empty cells in the table', () => {
  const text = csv([operation('0a', { plan: null })], { withArguments: true });
  const [heading = '', row = ''] = text.split('\r\n');
  const cells = row.slice(1, -1).split('","');
  const cell = Object.fromEntries(
    heading
      .slice(1, -1)
      .split('","')
      .map((name, at) => [name, cells[at]]),
  );
  const empty = ['arn', 'author', 'sent', 'accepted', 'ended', 'token', 'requestIds', 'outcome', 'request'];
  expect(Object.keys(cell).filter((name) => cell[name] === '')).toEqual([...empty, 'parent', 'origin']);
  expect(cell).toMatchObject({
    id: '0a',
    state: 'watching',
    created: '1970-01-01T00:00:00.000Z',
    facts: '{}',
  });
  const full = operation('0b', { parent: 'batch', origin: 'save' as never, acceptedAt: 1_000 });
  const second = csv([full], { withArguments: true }).split('\r\n')[1];
  expect(second).toContain('"batch","save"');
  const arn = 'arn:aws:finspace:us-east-1:1:kxEnvironment/e/kxCluster/rdb';
  const named = operation('0c', { subject: { ...planned().subject, arn } });
  expect(csv([named], { withArguments: true })).toContain(`"${arn}"`);
  expect(second).toContain('"1970-01-01T00:00:01.000Z"');
});
