/** The estimate of a plan while its update runs: what is left of it, and that it was wrong. */
import { expect, test } from 'vitest';
import type { NodegroupPlan } from '../../src/nodegroup/plan';
import { plannedMinutes, recordOf } from '../../src/nodegroup/record';
import { estimateLeft } from '../../src/view/messages/nodegroup';

const MINUTE = 60_000;

test.each([
  [0, 'about 27 to 86 min left'],
  [12.9, 'about 15 to 74 min left'],
  [27, 'at most about 59 min left'],
  [85, 'at most about 1 min left'],
  [86, 'longer than the 86 min that the plan expected'],
  [200, 'longer than the 86 min that the plan expected'],
])('after %d minutes', (minutes, words) => {
  expect(estimateLeft({ least: 27, most: 86 }, minutes * MINUTE)).toBe(words);
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
