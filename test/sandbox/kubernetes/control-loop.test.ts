/** A cluster's controllers go on after an error in one of them. */
import { expect, it } from 'vitest';
import { ClusterTime } from '../../../src/sandbox/kubernetes/cluster-time';
import {
  ControlLoop,
  type Controller,
  keyOf,
} from '../../../src/sandbox/kubernetes/controllers/control-loop';
import { ObjectStore } from '../../../src/sandbox/kubernetes/object-store';
import { Timeline } from '../../../src/sandbox/timeline';

it('reconciles the other objects, and later changes, although one object fails', () => {
  const timeline = new Timeline({ elapsed: () => 0 });
  const time = new ClusterTime(timeline);
  const store = new ObjectStore(() => time.now());
  const seen: string[] = [];
  const controller: Controller = {
    name: 'pods',
    concerns: ({ object }) => [keyOf(object)],
    reconcile: (key) => {
      if (key === 'kdb/broken') throw new Error('a controller failed');
      seen.push(key);
    },
  };
  new ControlLoop(store, time, [controller]);
  const make = (name: string) =>
    store.create('pods', { apiVersion: 'v1', kind: 'Pod', metadata: { namespace: 'kdb', name } });
  make('broken');
  make('second');
  expect(() => timeline.settle()).toThrow('a controller failed');
  timeline.settle();
  make('third');
  timeline.settle();
  expect(seen).toEqual(['kdb/second', 'kdb/third']);
});
