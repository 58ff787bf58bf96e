/** A pod is available when it has been ready for minReadySeconds without a break. */
import { expect, it } from 'vitest';
import { ClusterTime } from '../../../src/sandbox/kubernetes/cluster-time';
import { Availability } from '../../../src/sandbox/kubernetes/controllers/available';
import type { Pod } from '../../../src/sandbox/kubernetes/kinds';
import { Timeline } from '../../../src/sandbox/timeline';

const pod = (status: 'True' | 'False'): Pod =>
  ({ metadata: { uid: 'u' }, spec: {}, status: { conditions: [{ type: 'Ready', status }] } }) as never;

it('counts from the beginning when a pod loses its readiness in between', () => {
  let elapsed = 0;
  const timeline = new Timeline({ elapsed: () => elapsed });
  const availability = new Availability(new ClusterTime(timeline));
  let calls = 0;
  const availableAt = (second: number, status: 'True' | 'False' = 'True'): boolean => {
    elapsed = second * 1000;
    timeline.settle();
    return availability.isAvailable(pod(status), 60, () => {
      calls += 1;
    });
  };
  expect([availableAt(0), availableAt(30, 'False'), availableAt(40)]).toEqual([false, false, false]);
  expect(availableAt(60)).toBe(false);
  expect(availableAt(99)).toBe(false);
  calls = 0;
  expect(availableAt(100)).toBe(true);
  expect(calls).toBe(1);
});
