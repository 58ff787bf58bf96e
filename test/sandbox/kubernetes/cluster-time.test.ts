/** A cluster begins with a past in which everything has happened that would have. */
import { expect, it } from 'vitest';
import { ClusterTime } from '../../../src/sandbox/kubernetes/cluster-time';
import { Timeline } from '../../../src/sandbox/timeline';

const NOON = Date.UTC(2026, 0, 1, 12);
const HOUR = 3_600_000;

it('runs the past to its end and leaves what is still to come to the sandbox', () => {
  let elapsed = 7;
  const timeline = new Timeline({ elapsed: () => elapsed });
  const time = new ClusterTime(timeline, () => NOON);
  const seen: [string, number][] = [];
  const note = (what: string) => seen.push([what, (time.now() - NOON) / HOUR]);
  time.past(3 * HOUR, () => {
    note('made');
    time.after(HOUR, () => {
      note('an hour later');
      time.after(2 * HOUR, () => note('just now'));
      time.after(2 * HOUR + 10, () => note('soon'));
    });
  });
  expect(seen).toEqual([
    ['made', -3],
    ['an hour later', -2],
    ['just now', 0],
  ]);
  expect(timeline.nextAt()).toBe(17);
  elapsed = 17;
  timeline.settle();
  expect(seen.at(-1)).toEqual(['soon', 0]);
});
