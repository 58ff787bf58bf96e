/** Following: to the end, in one window, through every kind of trouble. */
import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Failure } from '../../src/model/failure';
import type { Follower, Observation } from '../../src/operations/operation';
import { VirtualClock } from '../virtual-clock';
import { awsFailure, planned, request } from './data';
import { expectWithinBudget } from './expectations';
import { temporaryFolder } from './given';
import { done, type Following, givenFollowing, goingOn, type Script, ScriptedAws } from './tracking';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const network = awsFailure({ reason: 'network', name: 'ENOTFOUND', answered: false });
const denied = awsFailure({ reason: 'access-denied', name: 'AccessDeniedException', passing: false });
const expired: Failure = { kind: 'credentials', problem: 'expired', profile: 'dev', message: 'expired' };
const mfa: Failure = { kind: 'credentials', problem: 'mfa', profile: 'dev', message: 'code?' };

/** One window that follows what the script says. */
async function following(script: Script, options: Partial<Parameters<typeof givenFollowing>[0]> = {}) {
  let aws: ScriptedAws | undefined;
  const window = await givenFollowing({
    ...options,
    followers: (clock) => {
      aws = new ScriptedAws(clock, script);
      return [aws];
    },
  });
  return { ...window, aws: aws! };
}

const onConnection = (connectionId: string) => ({ subject: { ...planned().subject, connectionId } });

describe('an operation', () => {
  test('is looked at every few seconds until it has ended, which is written down and told once', async () => {
    const { clock, tracker, ledger, accepted, aws, ended } = await following(({ count }) =>
      count < 4 ? goingOn : done,
    );
    const id = await accepted();
    tracker.start();
    await clock.advance(MINUTE);
    expect(aws.looks).toHaveLength(4);
    for (const gap of aws.gaps(id)) expect(gap).toBeLessThanOrEqual(5 * SECOND);
    expect(ledger.operation(id)?.state).toBe('succeeded');
    expect(ended.map((operation) => [operation.id, operation.state])).toEqual([[id, 'succeeded']]);
    expect(tracker.status(id)).toBeUndefined();
  });

  test('is looked at as often as is said for it', async () => {
    const { clock, aws, tracker, accepted } = await following(() => goingOn, {
      baseMsOf: ({ subject }) => (subject.connectionId === 'far' ? 20_000 : undefined),
    });
    const slow = await accepted(onConnection('far'));
    const other = await accepted();
    tracker.start();
    await clock.advance(2 * MINUTE);
    expect(Math.min(...aws.gaps(slow))).toBeGreaterThanOrEqual(19_000);
    expect(Math.max(...aws.gaps(other))).toBeLessThanOrEqual(5 * SECOND);
  });

  test('has news written down, and only news', async () => {
    const { clock, tracker, ledger, accepted } = await following(({ count }) => ({
      state: 'going-on',
      facts: { status: count < 3 ? 'RUNNING' : 'UPDATING', seen: { updating: count >= 3 } },
    }));
    const id = await accepted();
    tracker.start();
    await clock.advance(MINUTE);
    expect(ledger.events(id).flatMap((event) => (event.type === 'observed' ? event.facts : []))).toEqual([
      { status: 'RUNNING', seen: { updating: false } },
      { status: 'UPDATING', seen: { updating: true } },
    ]);
  });

  test('that was not sent, or has no answer yet, is left to the code that carries it out', async () => {
    const { clock, tracker, ledger, aws } = await following(() => done);
    await ledger.begin(planned());
    const journal = await ledger.begin(planned());
    await journal.sending(request);
    tracker.start();
    await clock.advance(MINUTE);
    expect(aws.looks).toEqual([]);
    await journal.watched();
    await clock.advance(MINUTE);
    expect(aws.looks.map(({ id }) => id)).toEqual([journal.id]);
  });

  test('of a kind that nobody knows is shown as such', async () => {
    const { clock, tracker, accepted } = await following(() => done);
    const id = await accepted({ kind: 'future' });
    tracker.start();
    await clock.advance(MINUTE);
    expect(tracker.status(id)?.problem).toEqual({
      kind: 'refused',
      code: 'no-follower',
      facts: { kind: 'future' },
    });
  });

  test('is settled by one look once nobody watches it, without being followed or told', async () => {
    const { clock, tracker, ledger, accepted, aws, ended } = await following(({ count }) =>
      count < 3 ? goingOn : done,
    );
    const id = await accepted();
    tracker.start();
    await clock.advance(SECOND);
    await tracker.stopWatching(id);
    await clock.advance(MINUTE);
    const before = aws.looks.length;
    const settle = async (): Promise<string | undefined> => {
      const settled = tracker.settle(id);
      // A second one meanwhile asks nothing.
      await Promise.all([clock.advance(MINUTE), settled, tracker.settle(id)]);
      return ledger.operation(id)?.state;
    };
    while (aws.looks.length < 2) expect(await settle()).toBe('unwatched');
    expect(await settle()).toBe('succeeded');
    expect(aws.looks.length - before).toBeLessThanOrEqual(3);
    const looks = aws.looks.length;
    expect(await settle()).toBe('succeeded');
    expect(aws.looks).toHaveLength(looks);
    expect(ended).toEqual([]);
  });

  test('stays unwatched while AWS does not tell how it ended', async () => {
    const answers: (Observation | Failure)[] = [
      { state: 'ended', outcome: { state: 'unknown' } },
      { kind: 'refused', code: 'any', facts: {} },
    ];
    const { clock, tracker, ledger, accepted, problems } = await following(() => answers.shift() ?? goingOn);
    const id = await accepted();
    await tracker.stopWatching(id);
    for (let looks = 0; looks < 3; looks += 1) {
      await Promise.all([clock.advance(MINUTE), tracker.settle(id)]);
      expect(ledger.operation(id)?.state).toBe('unwatched');
    }
    expect(problems).toEqual([{ kind: 'refused', code: 'any', facts: {} }]);
  });

  test('is no longer watched when the user says so, and watched again', async () => {
    const { clock, tracker, ledger, accepted, aws } = await following(() => goingOn);
    const id = await accepted();
    tracker.start();
    await clock.advance(MINUTE);
    await tracker.stopWatching(id);
    expect(ledger.operation(id)?.state).toBe('unwatched');
    const before = aws.looks.length;
    await clock.advance(MINUTE);
    expect(aws.looks).toHaveLength(before);
    await tracker.watch(id);
    await clock.settle();
    expect(aws.looks).toHaveLength(before + 1);
    expect(ledger.operation(id)?.state).toBe('watching');
  });

  test('of a kind that nobody follows stays ended', async () => {
    const { tracker, ledger } = await following(() => goingOn);
    const journal = await ledger.begin(planned({ kind: 'batch' }));
    await ledger.record(journal.id, { type: 'ended', outcome: { state: 'unknown' } });
    await expect(tracker.watch(journal.id)).rejects.toMatchObject({
      failure: { kind: 'refused', code: 'no-follower', facts: { kind: 'batch' } },
    });
    expect(ledger.operation(journal.id)?.state).toBe('unknown');
  });

  test('that was not sent cannot be left alone by no longer watching it', async () => {
    const { tracker, ledger } = await following(() => goingOn);
    const journal = await ledger.begin(planned());
    await journal.step('put');
    await tracker.stopWatching(journal.id);
    expect(ledger.operation(journal.id)?.state).toBe('running');
  });

  test('is looked at before all others when the user asks', async () => {
    const { clock, tracker, accepted, aws } = await following(() => goingOn);
    const ids: string[] = [];
    for (let i = 0; i < 40; i++) ids.push(await accepted());
    tracker.start();
    await clock.advance(30 * SECOND);
    const last = aws.looks.at(-1)!.id;
    await tracker.lookNow(last);
    await clock.advance(SECOND);
    expect(aws.looks.slice(-2).map(({ id }) => id)).toContain(last);
  });
});

test('a look of several requests keeps to the budget with all of them', async () => {
  const clock = new VirtualClock();
  const requests: number[] = [];
  const poll: Follower['poll'] = async (_operation, _signal, nextRequest) => {
    requests.push(clock.now());
    for (let i = 0; i < 3; i++) {
      await nextRequest!();
      requests.push(clock.now());
    }
    return goingOn;
  };
  const { tracker, accepted } = await givenFollowing({
    clock,
    followers: () => [{ kind: 'code', service: 'finspace', poll }],
  });
  for (let i = 0; i < 5; i++) await accepted();
  tracker.start();
  await clock.advance(MINUTE);
  expect(requests.length).toBeGreaterThan(100);
  expectWithinBudget(requests, 2);
});

describe('trouble that passes', () => {
  test.each([
    ['throttling', awsFailure({ reason: 'throttled', name: 'ThrottlingException', status: 429 })],
    ['a server error', awsFailure({ status: 500 })],
    ['a reset connection', awsFailure({ reason: 'network', name: 'ECONNRESET', answered: false })],
  ])('%s: shown, tried ever more rarely, and over when its cause is gone', async (_, failure) => {
    const { clock, tracker, ledger, accepted, aws } = await following(({ count }) =>
      count === 1 ? goingOn : count < 12 ? failure : done,
    );
    const id = await accepted();
    tracker.start();
    await clock.advance(20 * SECOND);
    expect(tracker.status(id)?.problem).toEqual(failure);
    expect(ledger.operation(id)?.state).toBe('watching');
    await clock.advance(20 * MINUTE);
    expect(ledger.operation(id)?.state).toBe('succeeded');
    const gaps = aws.gaps(id).slice(1);
    expect(gaps.toSorted((a, b) => a - b)).toEqual(gaps);
    expect(gaps.at(-1)).toBe(45 * SECOND);
  });

  test('an answer that never comes is given up, and asked for again', async () => {
    const { clock, tracker, ledger, accepted } = await following(({ count }) =>
      count === 1 ? 'silence' : done,
    );
    const id = await accepted();
    tracker.start();
    await clock.advance(61 * SECOND);
    expect(tracker.status(id)?.problem).toEqual({
      kind: 'refused',
      code: 'no-answer',
      facts: { ms: 60_000 },
    });
    await clock.advance(5 * SECOND);
    expect(ledger.operation(id)?.state).toBe('succeeded');
  });

  test('one operation in trouble holds up no other', async () => {
    const { clock, tracker, ledger, accepted } = await following(({ id }) => (id === bad ? 'silence' : done));
    const bad = await accepted();
    const good = await accepted();
    tracker.start();
    await clock.advance(2 * SECOND);
    expect(ledger.operation(good)?.state).toBe('succeeded');
  });
});

describe('trouble that does not pass by itself', () => {
  test('is shown, and looked at slowly', async () => {
    const { clock, tracker, ledger, accepted, aws } = await following(({ at }) =>
      at < start + HOUR ? denied : done,
    );
    const start = clock.now();
    const id = await accepted();
    tracker.start();
    await clock.advance(HOUR - SECOND);
    expect(tracker.status(id)?.problem).toEqual(denied);
    expect(aws.looks.length).toBeGreaterThan(50);
    expect(aws.looks.length).toBeLessThan(90);
    await clock.advance(2 * MINUTE);
    expect(ledger.operation(id)?.state).toBe('succeeded');
  });

  test('silence is told in time and never ends the following', async () => {
    const { clock, tracker, ledger, accepted, aws } = await following(() => goingOn);
    const id = await accepted();
    tracker.start();
    await clock.advance(3 * HOUR);
    expect(tracker.status(id)?.silentForMs).toBe(3 * HOUR);
    expect(aws.gaps(id)[10]).toBe(4_500);
    expect(aws.gaps(id).at(-1)).toBe(59_500);
    aws.script = () => done;
    await clock.advance(MINUTE);
    expect(ledger.operation(id)?.state).toBe('succeeded');
  });
});

describe('refused credentials', () => {
  async function twoConnections(failure: Failure) {
    let isRefusing = true;
    const window = await following(({ operation }) =>
      isRefusing && operation.subject.connectionId === 'A' ? failure : goingOn,
    );
    const { clock, tracker, accepted } = window;
    const ids: string[] = [];
    for (const connection of ['A', 'A', 'A', 'B']) ids.push(await accepted(onConnection(connection)));
    tracker.start();
    await clock.advance(10 * MINUTE);
    const looksOf = (connection: string): number =>
      window.aws.looks.filter(({ id }) => window.ledger.operation(id)?.subject.connectionId === connection)
        .length;
    return { ...window, ids, looksOf, login: () => (isRefusing = false) };
  }

  test('are asked for once, and no other connection waits', async () => {
    const { asked, looksOf, tracker, ids } = await twoConnections(expired);
    expect(asked).toEqual([['A', expired]]);
    expect(looksOf('B')).toBeGreaterThan(100);
    expect(looksOf('A')).toBeLessThan(15);
    expect(tracker.status(ids[0]!)?.problem).toEqual(expired);
  });

  test('work again after the button: every operation goes on at once', async () => {
    const { clock, tracker, ids, login } = await twoConnections(expired);
    login();
    tracker.resumeConnection('A');
    await clock.advance(3 * SECOND);
    for (const id of ids) expect(tracker.status(id)?.problem).toBeUndefined();
  });

  test('that still do not work after the button are asked for again, once', async () => {
    const { clock, tracker, asked } = await twoConnections(expired);
    tracker.resumeConnection('A');
    await clock.advance(5 * MINUTE);
    expect(asked).toHaveLength(2);
  });

  test('are found to work when the user has logged in elsewhere', async () => {
    const { clock, tracker, asked, ids, login } = await twoConnections(expired);
    login();
    await clock.advance(70 * SECOND);
    for (const id of ids) expect(tracker.status(id)?.problem).toBeUndefined();
    expect(asked).toHaveLength(1);
  });

  test('that want an MFA code are asked for once, and work when it was given elsewhere', async () => {
    const { clock, tracker, asked, ids, login } = await twoConnections(mfa);
    expect(asked).toEqual([['A', mfa]]);
    login();
    await clock.advance(70 * SECOND);
    for (const id of ids) expect(tracker.status(id)?.problem).toBeUndefined();
    expect(asked).toHaveLength(1);
  });

  test('refused to several looks at once are asked for once', async () => {
    const clock = new VirtualClock();
    const aws = new ScriptedAws(clock, () => expired, 'code', 3_000);
    const { tracker, accepted, asked } = await givenFollowing({ clock, followers: () => [aws] });
    for (let i = 0; i < 6; i++) await accepted();
    tracker.start();
    await clock.advance(10 * SECOND);
    expect(aws.looks).toHaveLength(6);
    expect(asked).toHaveLength(1);
  });
});

describe('without a network', () => {
  test('one look now and then tries for all, and all go on when it gets through', async () => {
    let isOffline = false;
    const { clock, tracker, accepted, aws } = await following(() => (isOffline ? network : goingOn));
    const ids: string[] = [];
    for (let i = 0; i < 20; i++) ids.push(await accepted());
    tracker.start();
    await clock.advance(MINUTE);
    isOffline = true;
    await clock.advance(5 * MINUTE);
    const before = aws.looks.length;
    await clock.advance(HOUR);
    expect(aws.looks.length - before).toBeGreaterThan(60);
    expect(aws.looks.length - before).toBeLessThan(90);
    for (const id of ids) expect(tracker.status(id)?.problem).toEqual(network);
    isOffline = false;
    await clock.advance(MINUTE + 15 * SECOND);
    for (const id of ids) expect(tracker.status(id)?.problem).toBeUndefined();
  });

  test('a look that waits long for its failure stays the only one', async () => {
    const clock = new VirtualClock();
    const aws = new ScriptedAws(clock, () => network, 'code', 20 * SECOND);
    const { tracker, accepted } = await givenFollowing({ clock, followers: () => [aws] });
    for (let i = 0; i < 5; i++) await accepted();
    tracker.start();
    await clock.advance(HOUR);
    const times = aws.looks.slice(5).map(({ at }) => at);
    for (const [index, at] of times.slice(1).entries())
      expect(at - times[index]!).toBeGreaterThan(20 * SECOND);
  });

  test('to one service, the other is followed as ever', async () => {
    const clock = new VirtualClock();
    const finspace = new ScriptedAws(clock, () => network);
    const eks = new ScriptedAws(clock, () => goingOn, 'nodegroup-version');
    const { tracker, accepted } = await givenFollowing({ clock, followers: () => [finspace, eks] });
    await accepted();
    const id = await accepted({ kind: 'nodegroup-version' });
    tracker.start();
    await clock.advance(10 * MINUTE);
    expect(Math.max(...eks.gaps(id))).toBeLessThanOrEqual(5 * SECOND);
    expect(finspace.looks.length).toBeLessThan(25);
  });
});

describe('a wall clock that is set back by hours', () => {
  test('stops no look, no reading of the ledger and no housekeeping', async () => {
    let tidied = 0;
    const { clock, tracker, ledger, accepted, aws } = await following(() => goingOn, {
      housekeeping: async () => {
        tidied += 1;
      },
    });
    const before = await accepted();
    tracker.start();
    await clock.advance(MINUTE);
    clock.setBack(3 * HOUR);
    const after = await accepted();
    const looks = aws.looks.length;
    const tidiedBefore = tidied;
    await clock.advance(MINUTE);
    expect(aws.looks.length - looks).toBeGreaterThan(20);
    expect(tidied).toBeGreaterThan(tidiedBefore);
    for (const id of [before, after]) {
      expect(aws.looks.filter((look) => look.id === id).length).toBeGreaterThan(10);
      expect(tracker.status(id)?.silentForMs).toBeLessThan(3 * MINUTE);
      expect(Math.abs(tracker.status(id)!.lastLookAt! - clock.now())).toBeLessThan(10 * SECOND);
    }
    aws.script = () => done;
    await clock.advance(10 * SECOND);
    expect(ledger.operations().map(({ state }) => state)).toEqual(['succeeded', 'succeeded']);
  });

  test('holds up neither those that AWS could not be asked about, nor a connection that is paused', async () => {
    let answer: Observation | Failure = network;
    const { clock, tracker, accepted } = await following(({ operation }) =>
      operation.subject.connectionId === 'A' && answer !== goingOn ? expired : answer,
    );
    const ids = [await accepted(onConnection('A')), await accepted(onConnection('B'))];
    tracker.start();
    await clock.advance(10 * MINUTE);
    clock.setBack(3 * HOUR);
    answer = goingOn;
    await clock.advance(2 * MINUTE);
    for (const id of ids) expect(tracker.status(id)).not.toHaveProperty('problem');
  });
});

describe('several windows', () => {
  async function twoWindows(script: Script) {
    const folder = temporaryFolder();
    const clock = new VirtualClock();
    const a = await following(script, { folder, clock, writer: 'a' });
    const b = await following(script, { folder, clock, writer: 'b' });
    return { clock, a, b };
  }

  test('one of them looks and tells, and both show the end', async () => {
    const { clock, a, b } = await twoWindows(({ count }) => (count < 3 ? goingOn : done));
    for (let i = 0; i < 5; i++) await a.accepted();
    for (let i = 0; i < 5; i++) await b.accepted();
    a.tracker.start();
    b.tracker.start();
    await clock.advance(2 * MINUTE);
    expect([...a.aws.looks, ...b.aws.looks]).toHaveLength(30);
    expect(Math.min(a.aws.looks.length, b.aws.looks.length)).toBe(0);
    expect(a.ended.length + b.ended.length).toBe(10);
    for (const { ledger } of [a, b]) {
      expect(ledger.operations().map(({ state }) => state)).toEqual(Array(10).fill('succeeded'));
    }
  });

  test('an end that comes in after somebody has written another one is neither written nor told', async () => {
    const folder = temporaryFolder();
    const clock = new VirtualClock();
    const slow = new ScriptedAws(clock, () => done, 'code', 3 * SECOND);
    const a = await givenFollowing({ folder, clock, writer: 'a', followers: () => [slow] });
    const b = await following(() => goingOn, { folder, clock, writer: 'b' });
    const id = await a.accepted();
    a.tracker.start();
    await clock.advance(2 * SECOND);
    await b.tracker.stopWatching(id);
    await clock.advance(MINUTE);
    expect(a.ledger.operation(id)?.state).toBe('unwatched');
    expect(a.ended).toEqual([]);
    expect(slow.looks).toHaveLength(1);
  });

  test('an end that comes in after the lease has gone to another one is left to that one', async () => {
    const clock = new VirtualClock();
    const slow = new ScriptedAws(clock, () => done, 'code', 3 * SECOND);
    const { folder, tracker, accepted, ended, ledger } = await givenFollowing({
      clock,
      followers: () => [slow],
    });
    const id = await accepted();
    tracker.start();
    await clock.advance(SECOND);
    writeFileSync(join(folder, 'lease', '9'), 'another');
    utimesSync(join(folder, 'lease', '9'), clock.now() / 1000, clock.now() / 1000);
    await clock.advance(5 * SECOND);
    expect(ledger.operation(id)?.state).toBe('watching');
    expect(ended).toEqual([]);
  });

  test('when the one that follows is closed, the other goes on', async () => {
    const { clock, a, b } = await twoWindows(() => goingOn);
    await a.accepted();
    a.tracker.start();
    await clock.advance(10 * SECOND);
    b.tracker.start();
    await clock.advance(MINUTE);
    expect(b.aws.looks).toEqual([]);
    await a.tracker.stop();
    const before = a.aws.looks.length;
    await clock.advance(10 * SECOND);
    expect(b.aws.looks.length).toBeGreaterThan(1);
    expect(a.aws.looks).toHaveLength(before);
  });

  test('stopping to watch in one window stops the looks of the other', async () => {
    const { clock, a, b } = await twoWindows(() => goingOn);
    const id = await a.accepted();
    a.tracker.start();
    await clock.advance(10 * SECOND);
    await b.tracker.stopWatching(id);
    await clock.advance(3 * SECOND);
    const before = a.aws.looks.length;
    await clock.advance(MINUTE);
    expect(a.aws.looks).toHaveLength(before);
  });
});

describe('the window that follows', () => {
  test('keeps house at first and now and then; the others do not', async () => {
    const folder = temporaryFolder();
    const clock = new VirtualClock();
    const kept: string[] = [];
    const windows: Following[] = [];
    for (const writer of ['a', 'b']) {
      const housekeeping = async (): Promise<void> => void kept.push(writer);
      windows.push(await following(() => goingOn, { folder, clock, writer, housekeeping }));
    }
    await windows[0]!.accepted();
    windows[0]!.tracker.start();
    await clock.settle();
    expect(kept).toEqual(['a']);
    windows[1]!.tracker.start();
    await clock.advance(65 * SECOND);
    expect(kept).toEqual(['a', 'a', 'a']);
  });

  test('tells of trouble with keeping house once, and goes on', async () => {
    const housekeeping = (): Promise<void> => Promise.reject(new Error('no room'));
    const { clock, tracker, accepted, problems, aws } = await following(() => goingOn, { housekeeping });
    await accepted();
    tracker.start();
    await clock.advance(5 * MINUTE);
    expect(problems).toEqual([{ kind: 'unexpected', message: 'no room' }]);
    expect(aws.looks.length).toBeGreaterThan(50);
  });

  test('does not follow where no lease can be kept, and says so', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'lease'), '');
    const { clock, tracker, accepted, problems, aws } = await following(() => goingOn, { folder });
    await accepted();
    tracker.start();
    await clock.advance(MINUTE);
    expect(aws.looks).toEqual([]);
    expect(problems).toEqual([{ kind: 'refused', code: 'lease-unavailable', facts: { code: 'ENOTDIR' } }]);
  });

  test('stops at once, whatever is under way', async () => {
    const { clock, tracker, accepted, aws, problems } = await following(() => 'silence');
    await accepted();
    tracker.start();
    await clock.settle();
    await tracker.stop();
    await clock.advance(10 * MINUTE);
    expect(aws.looks).toHaveLength(1);
    expect(problems).toEqual([]);
  });

  test('rests while nothing is open', async () => {
    const { clock, tracker, accepted, ledger } = await following(() => done);
    let reads = 0;
    const refresh = ledger.refresh.bind(ledger);
    ledger.refresh = () => {
      reads += 1;
      return refresh();
    };
    tracker.start();
    await clock.advance(MINUTE);
    expect(reads).toBeLessThan(10);
    const id = await accepted();
    await clock.advance(SECOND);
    expect(ledger.operation(id)?.state).toBe('succeeded');
  });
});
