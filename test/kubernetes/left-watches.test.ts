/** A watch that was left while an answer was on its way begins anew like any other. */
import { expect, it } from 'vitest';
import type { WatchedNodes } from '../../src/drain/ports';
import type { ClusterCaller } from '../../src/kubernetes/cluster-caller';
import { ClusterWatch } from '../../src/kubernetes/cluster-watch';
import type { Asked } from '../../src/kubernetes/request';
import { VirtualClock } from '../virtual-clock';

const EMPTY = { items: [], resourceVersion: '1' };

it('is told what there is, though the list that was on its way came after it was left', async () => {
  const clock = new VirtualClock();
  const answers: ((page: object) => void)[] = [];
  const client = {
    clock,
    // As where the whole answer has come, and is still being read when the signal aborts.
    send: ({ verb }: Asked) =>
      new Promise((resolve) => {
        if (verb === 'list') answers.push(resolve);
      }),
  } as unknown as ClusterCaller;
  const watch = new ClusterWatch(client);
  const states: WatchedNodes[] = [];
  const listener = { changed: (state: WatchedNodes) => states.push(state), interrupted: () => undefined };

  const left = new AbortController();
  watch.watch(undefined, listener, left.signal);
  await clock.settle();
  left.abort();
  for (const answer of answers.splice(0)) answer(EMPTY);
  await clock.settle();

  watch.watch(undefined, listener, new AbortController().signal);
  await clock.settle();
  for (const answer of answers.splice(0)) answer(EMPTY);
  await clock.runUntil(() => states.length > 0, 10_000);
  expect(states).toHaveLength(1);
  watch.close();
});
