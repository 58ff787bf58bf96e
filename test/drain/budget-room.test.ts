/** What room a budget leaves, and what would give it some. */
import { describe, expect, it } from 'vitest';
import { roomOf } from '../../src/drain/budget-room';
import { budget } from './cluster';

const none = { disruptionsAllowed: 0 };

describe('a budget', () => {
  it.each([
    ['lets one go', budget(), { kind: 'room', evictions: 1 }],
    ['whose change nobody has seen', budget({ generation: 2, ...none }), { kind: 'not-seen' }],
    [
      'that cannot be computed',
      budget({ ...none, syncFailed: 'found no controller ref', currentHealthy: 0, desiredHealthy: 0 }),
      { kind: 'not-computed', message: 'found no controller ref' },
    ],
    [
      'that cannot be computed, nor its last change',
      budget({ ...none, generation: 2, observedGeneration: 1, syncFailed: 'no scale' }),
      { kind: 'not-computed', message: 'no scale' },
    ],
    [
      'of maxUnavailable 0',
      budget({ ...none, maxUnavailable: 0, desiredHealthy: 3 }),
      { kind: 'never', relief: { relaxTo: { field: 'maxUnavailable', value: 1 } } },
    ],
    [
      'of maxUnavailable 0%',
      budget({ ...none, maxUnavailable: '0%', desiredHealthy: 3 }),
      { kind: 'never', relief: { relaxTo: { field: 'maxUnavailable', value: 1 } } },
    ],
    [
      'of minAvailable as many as there are',
      budget({ ...none, minAvailable: 3, desiredHealthy: 3 }),
      { kind: 'never', relief: { scaleTo: 4, relaxTo: { field: 'minAvailable', value: 2 } } },
    ],
    [
      'of minAvailable more than there are',
      budget({ ...none, minAvailable: 5, desiredHealthy: 5, currentHealthy: 3 }),
      { kind: 'never', relief: { scaleTo: 6, relaxTo: { field: 'minAvailable', value: 2 } } },
    ],
    [
      'of minAvailable 1 over the only pod',
      budget({ ...none, minAvailable: 1, desiredHealthy: 1, currentHealthy: 1, expectedPods: 1 }),
      { kind: 'never', relief: { scaleTo: 2, relaxTo: { field: 'minAvailable', value: 0 } } },
    ],
    [
      'of minAvailable 100%',
      budget({ ...none, minAvailable: '100%', desiredHealthy: 3 }),
      { kind: 'never', relief: { relaxTo: { field: 'minAvailable', value: '66%' } } },
    ],
    [
      'of a percentage that rounds up to all',
      budget({ ...none, minAvailable: '90%', desiredHealthy: 5, currentHealthy: 5, expectedPods: 5 }),
      { kind: 'never', relief: { scaleTo: 10, relaxTo: { field: 'minAvailable', value: '80%' } } },
    ],
    [
      'that is tight while a pod is not ready',
      budget({ ...none, currentHealthy: 2 }),
      { kind: 'not-now', missing: 1 },
    ],
    [
      'that is tight while two pods are not ready',
      budget({ ...none, minAvailable: 2, currentHealthy: 1 }),
      { kind: 'not-now', missing: 2 },
    ],
    [
      'of a percentage that is tight now',
      budget({ ...none, maxUnavailable: '30%', currentHealthy: 2 }),
      { kind: 'not-now', missing: 1 },
    ],
  ] as const)('%s', (_name, of, expected) => {
    expect(roomOf(of)).toEqual(expected);
  });

  it('that is relaxed or scaled as advised lets a pod go', () => {
    const needs = (minAvailable: number | string, pods: number): number =>
      typeof minAvailable === 'number'
        ? minAvailable
        : Math.ceil((pods * Number.parseInt(minAvailable, 10)) / 100);
    let advised = 0;
    for (let pods = 1; pods <= 40; pods += 1) {
      for (const minAvailable of [pods, pods + 3, '34%', '50%', '90%', '99%', '100%']) {
        const room = roomOf(budget({ ...none, minAvailable, expectedPods: pods }));
        if (room.kind !== 'never') continue;
        const { scaleTo, relaxTo } = room.relief;
        expect(needs(relaxTo.value, pods)).toBeLessThan(pods);
        if (scaleTo !== undefined) expect(needs(minAvailable, scaleTo)).toBeLessThan(scaleTo);
        advised += 1;
      }
    }
    expect(advised).toBeGreaterThan(100);
  });
});
