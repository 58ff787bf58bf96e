/** At most one window holds the lease, whatever their clocks, crashes and hesitations. */
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Clock } from '../../src/model/clock';
import { createLease } from '../../src/operations/lease';
import { casesOf } from '../cases';
import { VirtualClock } from '../virtual-clock';
import { temporaryFolder } from './given';

function given(folder = temporaryFolder()) {
  const clock = new VirtualClock();
  return { folder, clock, a: createLease(folder, 'a', clock), b: createLease(folder, 'b', clock) };
}

test('the first one holds it for as long as it shows signs of life', async () => {
  const { clock, a, b } = given();
  expect(await a.hold()).toBe(true);
  for (let i = 0; i < 20; i++) {
    clock.jump(4_000);
    expect(await a.hold()).toBe(true);
    expect(await b.hold()).toBe(false);
  }
});

test('another one takes over when it lapses, and the first one learns of it', async () => {
  const { clock, a, b } = given();
  await a.hold();
  clock.jump(24_000);
  expect(await b.hold()).toBe(false);
  clock.jump(2_000);
  expect(await b.hold()).toBe(true);
  expect(await a.hold()).toBe(false);
});

test('a holder that was asleep holds nothing until it has it again', async () => {
  const { clock, a, b } = given();
  await a.hold();
  clock.jump(3_600_000);
  expect(await b.hold()).toBe(true);
  expect(await a.hold()).toBe(false);
  clock.jump(3_600_000);
  expect(await a.hold()).toBe(true);
  expect(await b.hold()).toBe(false);
});

test('a clock that is set back does not keep the holder from showing signs of life', async () => {
  const { folder, clock, a, b } = given();
  await a.hold();
  clock.setBack(3_600_000);
  expect(await a.hold()).toBe(true);
  expect(statSync(join(folder, 'lease', '1')).mtimeMs).toBe(clock.now());
  clock.jump(26_000);
  expect(await b.hold()).toBe(true);
});

test('what is let go of is free at once', async () => {
  const { a, b } = given();
  await a.hold();
  await a.release();
  expect(await b.hold()).toBe(true);
  expect(await a.hold()).toBe(false);
  await a.release();
  expect(await b.hold()).toBe(true);
});

test('only the highest number is left', async () => {
  const { folder, clock, a, b } = given();
  for (let i = 0; i < 4; i++) {
    await (i % 2 ? a : b).hold();
    clock.jump(60_000);
  }
  expect(readdirSync(join(folder, 'lease'))).toEqual(['4']);
});

test('a higher number ends it, however fresh the own sign of life', async () => {
  const { folder, a } = given();
  await a.hold();
  writeFileSync(join(folder, 'lease', '7'), 'somebody');
  expect(await a.hold()).toBe(false);
});

/** A clock at which something happens when it is read for the n-th time. */
function clockThat(...readings: readonly (() => number)[]): Clock {
  const left = [...readings];
  return {
    now: () => (left.length > 1 ? left.shift()! : left[0]!)(),
    sleep: () => Promise.reject(new Error()),
  };
}

test('a slow one that takes a number which had been given and removed does not hold', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'lease'));
  // Read between looking for the highest number and taking the next one.
  const clock = clockThat(() => {
    writeFileSync(join(folder, 'lease', '2'), 'quicker');
    return Date.now();
  });
  expect(await createLease(folder, 'slow', clock).hold()).toBe(false);
  expect(readdirSync(join(folder, 'lease'))).toEqual(['2']);
});

test('an answer that took so long that the lease has lapsed is no', async () => {
  const { folder } = given();
  const clock = clockThat(...[0, 0, 1_000, 1_000, 30_000].map((at) => () => at));
  const lease = createLease(folder, 'a', clock);
  expect([await lease.hold(), await lease.hold()]).toEqual([true, false]);
});

test('asked at the same moment, at most one says yes', async () => {
  const root = temporaryFolder();
  let run = 0;
  const moves = fc.array(
    fc.record({
      // Around the limits, and beyond what a clock that is set back can do.
      wait: fc.constantFrom(0, 0, 4_999, 5_000, 15_000, 19_999, 20_001, 25_001, 60_000, -10_000),
      asking: fc.subarray([0, 1, 2]),
      releasing: fc.option(fc.nat(2), { freq: 8 }),
    }),
    { maxLength: 12 },
  );
  await fc.assert(
    fc.asyncProperty(moves, async (all) => {
      const folder = join(root, String(run++));
      const clock = new VirtualClock();
      const leases = ['a', 'b', 'c'].map((writer) => createLease(folder, writer, clock));
      for (const { wait, asking, releasing } of all) {
        clock.jump(wait);
        const answers = await Promise.all(asking.map((index) => leases[index]!.hold()));
        expect(answers.filter((yes) => yes).length).toBeLessThanOrEqual(1);
        // Nor does another one hold at this moment that was not asked.
        if (answers.includes(true)) {
          const again = await Promise.all(leases.map((lease) => lease.hold()));
          expect(again.filter((yes) => yes)).toHaveLength(1);
        }
        if (releasing !== null) await leases[releasing]!.release();
      }
    }),
    casesOf(1000),
  );
});
