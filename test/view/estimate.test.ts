/** The estimate of a plan while its update runs: what is left of it, and that it was wrong. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withEstimate } from '../../src/commands/update-estimate';
import { type NodeRecord, recordOf as recordOfNode } from '../../src/drain/node-record';
import { remainingMinutes } from '../../src/nodegroup/follow/remaining';
import type { WrittenNumbers } from '../../src/nodegroup/inside/inside-facts';
import type { NodegroupPlan } from '../../src/nodegroup/plan/plan';
import { plannedMinutes, recordOf } from '../../src/nodegroup/plan/record';
import type { Operation } from '../../src/operations/operation';
import { estimateWords, shortEstimateWords } from '../../src/view/messages/nodegroup';
import { planned } from '../operations/data';

const MINUTE = 60_000;
const PLANNED = { least: 27, most: 86 };

interface Seen {
  /** Minutes after the beginning at which the first node began to drain. */
  readonly drains?: number;
  /** Minutes at which old nodes were gone. */
  readonly gone?: readonly number[];
  readonly old?: number;
  readonly held?: number;
  /** Minutes after the beginning at which EKS began to add nodes, of which none has joined. */
  readonly adding?: number;
}

/** Of an update of six nodes that began at 0. `minutes`: since then. */
function left(
  minutes: number,
  { drains, gone = [], old = 6, held = 0, adding }: Seen = {},
  force = false,
): string {
  const nodes = Array.from({ length: old }, (_, at): NodeRecord => {
    const goneAt = gone[at];
    return {
      ...recordOfNode({ uid: `${at}`, name: `node-${at}` }, true, 0),
      ...(drains !== undefined && at === 0 && { drainingSince: drains * MINUTE }),
      ...(goneAt !== undefined && { goneAt: goneAt * MINUTE }),
    };
  });
  const added = recordOfNode({ uid: 'new', name: 'new' }, false, 0);
  const numbers: WrittenNumbers = {
    basis: 'recorded',
    old,
    gone: gone.length,
    replaced: gone.length,
    draining: [],
    heldNow: held,
    phase: adding === undefined ? 'draining' : 'adding',
    phaseSince: (adding ?? 0) * MINUTE,
    ready: adding === undefined ? 1 : 0,
  };
  const underWay = { planned: PLANNED, begunAt: 0, nodes: [...nodes, { ...added, goneAt: 1 }], numbers };
  return estimateWords(remainingMinutes(underWay, minutes * MINUTE), { minutes: PLANNED, force });
}

describe('by the plan, as long as no old node has gone', () => {
  test.each([
    [0, 'about 27 to 86 min left'],
    [12.9, 'about 15 to 74 min left'],
    [27, 'at most about 59 min left'],
    [85, 'at most about 1 min left'],
    [86, 'longer than the 86 min that the plan expected'],
    [200, 'longer than the 86 min that the plan expected'],
  ])('after %d minutes', (minutes, words) => {
    expect(left(minutes)).toBe(words);
    expect(left(minutes, { drains: 5 })).toBe(words);
    // Six nodes that were gone when somebody looked again tell no pace.
    expect(left(minutes, { gone: [30, 30, 30] })).toBe(words);
  });
});

describe('by the pace at which old nodes go', () => {
  test.each([
    // One node in 10 minutes: five more, between 4 and 16 minutes each.
    [20, { drains: 10, gone: [20] }, 'about 21 to 85 min left, at the pace so far'],
    // The more have gone, the closer.
    [50, { drains: 10, gone: [20, 30, 40, 50] }, 'about 15 to 31 min left, at the pace so far'],
    // A quick update is not told to take as long as its plan.
    [16, { drains: 10, gone: [12, 14, 16] }, 'about 5 to 13 min left, at the pace so far'],
    // What the next node has taken already is not taken again.
    [55, { drains: 10, gone: [20, 30, 40, 50] }, 'about 10 to 26 min left, at the pace so far'],
    // Longer than the plan expected: the pace goes on.
    [130, { drains: 10, gone: [40, 70, 100, 130] }, 'about 43 to 83 min left, at the pace so far'],
    // Two at a time.
    [20, { drains: 10, gone: [15, 15, 20, 20] }, 'about 5 to 12 min left, at the pace so far'],
    [70, { drains: 10, gone: [20, 30, 40, 50, 60, 70] }, 'about 1 to 5 min left, at the pace so far'],
    [72, { drains: 10, gone: [20, 30, 40, 50, 60, 70] }, 'at most about 3 min left, at the pace so far'],
  ] as const)('after %d minutes, with %j', (minutes, seen, words) => {
    expect(left(minutes, seen)).toBe(words);
  });

  test.each([
    [67, { drains: 10, gone: [20, 30, 40, 50] }],
    [80, { drains: 10, gone: [20, 30, 40, 50, 60, 70] }],
  ] as const)('nothing is promised where it stands still: after %d minutes, with %j', (minutes, seen) => {
    expect(left(minutes, seen)).toBe('what goes on now takes longer than what came before');
  });

  test('it is never less than nothing, and the least is never more than the most', () => {
    const times = fc.array(fc.nat({ max: 300 }), { maxLength: 6 });
    fc.assert(
      fc.property(fc.nat({ max: 300 }), fc.nat({ max: 300 }), times, (now, drains, gone) => {
        expect(left(now, { drains, gone })).not.toMatch(/NaN|Infinity|-\d/);
        const [least, most] = /about (\d+) to (\d+) min/.exec(left(now, { drains, gone }))?.slice(1) ?? [
          0, 0,
        ];
        expect(Number(least)).toBeLessThanOrEqual(Number(most));
      }),
    );
  });
});

describe('while pods are held', () => {
  test.each([
    [12, { held: 1 }],
    [50, { drains: 10, gone: [20, 30, 40, 50], held: 2 }],
    [200, { held: 1 }],
  ] as const)(
    'nothing is promised, and what EKS does is said: after %d minutes, with %j',
    (minutes, seen) => {
      const unknown = 'time left unknown while pods are held';
      expect(left(minutes, seen)).toBe(`${unknown}: after 15 min at a node the update fails`);
      expect(left(minutes, seen, true)).toBe(`${unknown}: after 15 min at a node they are ended with it`);
    },
  );
});

test('nothing is promised once EKS gives up on the first new nodes, and none has joined', () => {
  expect(left(15.9, { adding: 1 })).toBe('about 12 to 71 min left');
  expect(left(16, { adding: 1 })).toBe('time left unknown while no new node joins');
});

describe('in a row and the status bar', () => {
  const MINUTES = { minutes: PLANNED };
  const running = { ...planned({ kind: 'nodegroup-version', plan: MINUTES }), id: 'op', createdAt: 0 };
  const operation = { ...running, state: 'watching', steps: [], facts: {} } as unknown as Operation;

  test('the time left stands behind what was counted, and alone where nothing was', () => {
    const counted = { words: '1 of 6 nodes replaced', short: '1 of 6' };
    expect(withEstimate(counted, operation, 12 * MINUTE)).toEqual({
      ...counted,
      short: '1 of 6 · about 15 to 74 min left',
    });
    expect(withEstimate(undefined, operation, 12 * MINUTE)).toEqual({ short: 'about 15 to 74 min left' });
    expect(withEstimate(undefined, operation, 90 * MINUTE)).toEqual({ short: 'longer than planned' });
  });

  test('nothing is added once it has ended, and where the plan expected nothing', () => {
    expect(withEstimate(undefined, { ...operation, state: 'succeeded' }, MINUTE)).toBeUndefined();
    expect(withEstimate(undefined, { ...operation, plan: {} }, MINUTE)).toBeUndefined();
  });

  test('a pace is not promised to go on where it does not', () => {
    expect(shortEstimateWords({ by: 'pace', least: 0.2, most: 3.4 })).toBe('at most about 3 min left');
    expect(shortEstimateWords({ by: 'slower' })).toBeUndefined();
    expect(shortEstimateWords({ by: 'held', minutes: 15 })).toBeUndefined();
    expect(shortEstimateWords({ by: 'none-joined' })).toBeUndefined();
  });
});

test('it is written down with the plan, and missing where the plan had none', () => {
  const plan = { arn: 'a', before: {}, after: {}, checks: [], request: {} } as unknown as NodegroupPlan;
  const pace = { strategy: 'DEFAULT', minutes: { least: 3, most: 9 } };
  expect(plannedMinutes(JSON.parse(JSON.stringify(recordOf({ ...plan, pace }))))).toEqual(pace.minutes);
  expect(
    plannedMinutes(JSON.parse(JSON.stringify(recordOf({ ...plan, pace: { strategy: 'DEFAULT' } })))),
  ).toBe(undefined);
  for (const other of [null, 'text', { minutes: 'soon' }, []]) expect(plannedMinutes(other)).toBeUndefined();
});
