/** CANARY in whatever order pods come, crash and are deleted by others: one of them goes at a time, and one alone unasked. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { replacements } from '../../../src/deploy/kubernetes/canary';
import { counts, proves } from '../../../src/deploy/kubernetes/pods';
import type { Workloads } from '../../../src/deploy/kubernetes/ports';
import type { WorkloadPod } from '../../../src/model/workload';
import { casesOf } from '../../cases';
import { ASKED, EARLIER, podOf, runs, workloadOf } from './rollout-events';

const NEVER = new AbortController().signal;

/** What happens while the sender waits, to the pod at that place of the list. */
type Event = readonly ['moves' | 'crashes' | 'recovers' | 'is deleted by others', number];
const events = fc.array(
  fc.tuple(
    fc.constantFrom<Event[0]>('moves', 'moves', 'crashes', 'recovers', 'is deleted by others'),
    fc.nat({ max: 4 }),
  ),
  { maxLength: 30 },
);

class Cluster {
  readonly workload: ReturnType<typeof workloadOf>;
  pods: readonly WorkloadPod[];
  #made = 0;

  constructor(replicas: number) {
    const workload = workloadOf('StatefulSet', replicas);
    const rollout = { ...workload.rollout, observedGeneration: workload.generation };
    this.workload = { ...workload, updateStrategy: 'OnDelete', rollout };
    this.pods = Array.from({ length: replicas }, (_, at) => podOf(String(at), EARLIER, runs(EARLIER)));
  }

  happen([what, at]: Event): void {
    const place = at % this.pods.length;
    this.pods = this.pods.map((pod, index) => (index === place ? this.#after(what, pod) : pod));
  }

  delete(uid: string): void {
    this.pods = this.pods.map((pod) => (pod.uid === uid ? { ...pod, deletedAt: 1 } : pod));
  }

  #after(what: Event[0], pod: WorkloadPod): WorkloadPod {
    switch (what) {
      case 'is deleted by others':
        return { ...pod, deletedAt: 1 };
      case 'crashes':
        return { ...pod, ready: false };
      case 'recovers':
        return pod.phase === 'Running' ? { ...pod, ready: true } : pod;
      case 'moves':
        if (pod.deletedAt === undefined)
          return pod.phase === 'Pending' ? { ...pod, ...runs(pod.annotations) } : { ...pod, ready: true };
        this.#made += 1;
        return { ...podOf(`anew-${this.#made}`, ASKED), name: pod.name };
    }
  }
}

const isEarlier = ({ annotations, deletedAt }: WorkloadPod): boolean =>
  annotations === EARLIER && deletedAt === undefined;
const isProved = (pod: WorkloadPod): boolean =>
  pod.ready && pod.deletedAt === undefined && proves(pod, ASKED);

/** Sends until it pauses or has nothing left; how many pods were deleted, and whether it paused. */
async function run(cluster: Cluster, clicked: boolean, coming: Event[]) {
  const workloads = {
    read: async () => cluster.workload,
    pods: async () => cluster.pods.filter(counts),
    deletePod: async ({ uid }: { readonly uid: string }) => {
      cluster.delete(uid);
      return 'deleted';
    },
  } as unknown as Workloads;
  let turn = 0;
  const clock = {
    now: () => 0,
    // In the end all comes right.
    sleep: async () => cluster.happen(coming.shift() ?? ['moves', turn++]),
  };
  const request = {
    context: 'c',
    workload: cluster.workload,
    patch: { uid: cluster.workload.uid, annotations: ASKED },
    strategy: 'CANARY',
  };
  let deleted = 0;
  for await (const next of replacements({ workloads, request, clock }, clicked, NEVER)) {
    const { pods } = cluster;
    // Whoever runs earlier code does so still, and nobody else is on its way.
    expect(pods.every((pod) => isEarlier(pod) || isProved(pod))).toBe(true);
    expect(pods.some(isEarlier)).toBe(true);
    if ('pause' in next) {
      expect(pods.some(isProved)).toBe(true);
      return { deleted, paused: true };
    }
    deleted += 1;
    await next.send(NEVER);
    expect(cluster.pods.filter(({ deletedAt }) => deletedAt !== undefined)).toHaveLength(1);
  }
  return { deleted, paused: false };
}

test('at most one pod goes before the click, and after it one at a time, until all of them prove the code', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 5 }), events, events, async (replicas, before, after) => {
      const cluster = new Cluster(replicas);
      const first = await run(cluster, false, [...before]);
      expect(first.deleted).toBeLessThanOrEqual(1);
      if (first.paused) {
        for (const event of after.slice(0, 3)) cluster.happen(event);
        const isStillProved = cluster.pods.some(isProved);
        const second = await run(cluster, true, [...after]);
        // A click while none proves the code any more is for one pod again.
        expect(second.paused && isStillProved).toBe(false);
        if (second.paused) return;
      }
      expect(cluster.pods.every(isProved)).toBe(true);
    }),
    casesOf(3_000),
  );
});
