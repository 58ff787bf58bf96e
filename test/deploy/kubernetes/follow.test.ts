/**
 * The follow of a rollout, look by look, while the workload and its pods go on changing, also between the two reads of one
 * look: live is never said while a pod runs other code, and always within two looks of the truth.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCodeFollower } from '../../../src/deploy/follow/code-follower';
import { configurationIn } from '../../../src/deploy/kubernetes/annotations';
import { kubernetesKind } from '../../../src/deploy/kubernetes/kind';
import type { Workloads } from '../../../src/deploy/kubernetes/ports';
import { sentRequest } from '../../../src/deploy/kubernetes/requests';
import { kubernetesTarget } from '../../../src/deploy/kubernetes/target';
import { configurationJson } from '../../../src/deploy/reading-json';
import type { WorkloadPod } from '../../../src/model/workload';
import { fold } from '../../../src/operations/fold';
import type { Observation, Operation, RecordedEvent } from '../../../src/operations/operation';
import { casesOf } from '../../cases';
import { VirtualClock } from '../../virtual-clock';
import {
  ASKED,
  type Cluster,
  EARLIER,
  EVENTS,
  isLive,
  podOf,
  rollouts,
  runs,
  saysLive,
  told,
  workloadOf,
} from './rollout-events';

const NEVER = new AbortController().signal;
const PATH = ['eks', 'kdb', 'statefulset/hdb'];

test('live is never said too early, and always within two looks of the truth', async () => {
  let lives = 0;
  await fc.assert(
    fc.asyncProperty(rollouts, async ({ kind, replicas, events }) => {
      const clock = new VirtualClock();
      let cluster: Cluster = {
        workload: workloadOf(kind, replicas),
        pods: Array.from({ length: replicas }, (_, at) => podOf(`${at}`, EARLIER, runs(EARLIER))),
      };
      const left = [...events];
      const happen = (): void => {
        const next = left.shift();
        if (next !== undefined) cluster = (EVENTS[next.event] ?? told)(cluster, next.at);
      };
      let podsRead: Cluster['pods'] = [];
      const followed = follow(clock, {
        read: async () => {
          const { workload } = cluster;
          happen();
          return workload;
        },
        pods: async () => {
          podsRead = cluster.pods;
          return podsRead;
        },
        events: async () => [],
      });
      const lookedAtEnd = async (): Promise<boolean> => {
        const seen = await followed.look();
        if (saysLive(seen)) expect(podsRead.filter(({ annotations }) => annotations !== ASKED)).toEqual([]);
        clock.jump(1_000);
        return seen.state === 'ended';
      };
      for (; left.length > 0; happen()) if (await lookedAtEnd()) return;
      // A controller that nobody disturbs any more, step by step, with a look after each.
      for (let next = stepOf(cluster); next !== undefined; next = stepOf(cluster)) {
        cluster = next;
        if (await lookedAtEnd()) return;
      }
      expect(isLive(cluster)).toBe(true);
      cluster = told(cluster);
      lives += 1;
      const seen = [await followed.look(), await followed.look()];
      expect(seen.some(saysLive)).toBe(true);
    }),
    casesOf(5_000),
  );
  expect(lives).toBeGreaterThan(50);
});

const PLAN = {
  bucket: 'b',
  prefix: '',
  before: configurationJson(configurationIn(EARLIER)),
  next: configurationJson(configurationIn(ASKED)),
  strategy: 'ROLLING',
};

/** The cluster one step nearer to what was asked for; undefined where it is there. */
function stepOf({ workload, pods }: Cluster): Cluster | undefined {
  const without = (gone: WorkloadPod | undefined) => ({ workload, pods: pods.filter((pod) => pod !== gone) });
  const unfit = pods.find(
    ({ annotations, deletedAt, proof }) =>
      annotations !== ASKED || deletedAt !== undefined || (proof !== undefined && proof.exitCode !== 0),
  );
  if (unfit !== undefined || pods.length > workload.replicas) return without(unfit ?? pods.at(-1));
  if (pods.length < workload.replicas) return { workload, pods: [...pods, podOf(`s${pods.length}`, ASKED)] };
  const starting = pods.find(({ ready }) => !ready);
  return starting && { workload, pods: [...without(starting).pods, { ...starting, ...runs(ASKED) }] };
}

interface Followed {
  look(): Promise<Observation>;
}

/** Looks as the tracker does, whose ledger keeps what each has shown. */
function follow(clock: VirtualClock, parts: Pick<Workloads, 'read' | 'pods' | 'events'>): Followed {
  const target = kubernetesTarget(() => parts as Workloads, PATH, clock);
  const follower = createCodeFollower(kubernetesKind, async () => target, clock);
  const events: RecordedEvent[] = [];
  const record = (event: object): void => {
    events.push({ id: 'a', at: clock.now(), writer: 'w', seq: events.length, ...event } as RecordedEvent);
  };
  const patch = { uid: 'w', resourceVersion: '1', annotations: ASKED };
  const workload = { kind: 'StatefulSet', namespace: 'kdb', name: 'hdb' } as const;
  record({ type: 'planned', kind: kubernetesKind.operationKind, subject: { path: PATH }, plan: PLAN });
  const before = { uid: 'w', generation: 1, annotations: EARLIER, writtenAt: 0 };
  record({ type: 'step', name: 'looked', facts: { ...before, configuration: PLAN.before } });
  record({
    type: 'sending',
    request: sentRequest({ context: 'arn', workload, patch, strategy: 'ROLLING' }),
  });
  record({ type: 'accepted', facts: {} });
  return {
    look: async () => {
      const operation = fold(events).operation as Operation;
      const seen = await follower.poll(operation, NEVER);
      if (seen.state === 'going-on' && seen.facts) record({ type: 'observed', facts: seen.facts });
      return seen;
    },
  };
}
