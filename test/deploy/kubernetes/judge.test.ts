/** What is said of a rollout, whatever happens in whatever order: live is what all pods prove, and nothing else is. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judge } from '../../../src/deploy/kubernetes/judge';
import type { Workload, WorkloadPod } from '../../../src/model/workload';
import type { Observation } from '../../../src/operations/operation';
import { casesOf } from '../../cases';
import {
  ASKED,
  type Cluster,
  DIGEST,
  EARLIER,
  EVENTS,
  isLive,
  podOf,
  rollouts,
  runs,
  SAME_ZIP,
  saysLive,
  told,
  UPDATE,
  workloadOf,
} from './rollout-events';

describe('live', () => {
  test('is never said while any pod runs other code, and always within two events of the truth', () => {
    let lives = 0;
    fc.assert(
      fc.property(rollouts, ({ kind, replicas, events }) => {
        let cluster: Cluster = {
          workload: workloadOf(kind, replicas),
          pods: Array.from({ length: replicas }, (_, at) => podOf(`${at}`, EARLIER, runs(EARLIER))),
        };
        for (const { event, at } of events) {
          cluster = (EVENTS[event] ?? told)(cluster, at);
          if (saysLive(judge(UPDATE, cluster, 0))) {
            const others = cluster.pods.filter(({ annotations }) => annotations !== ASKED);
            expect(others).toEqual([]);
          }
          if (!isLive(cluster)) continue;
          // The controller has to tell of it, once.
          lives += 1;
          expect(saysLive(judge(UPDATE, told(cluster), 0))).toBe(true);
        }
      }),
      casesOf(20_000),
    );
    expect(lives).toBeGreaterThan(50);
  });

  const live = (more: Partial<Workload> = {}, pods = [podOf('0', ASKED, runs(ASKED))]): Observation => {
    const { workload } = told({ workload: workloadOf('StatefulSet', 1), pods });
    return judge(UPDATE, { workload: { ...workload, ...more }, pods }, 0);
  };

  test.each<[string, Observation, boolean]>([
    ['all is as asked', live(), true],
    [
      'a terminating pod runs other code',
      live({}, [podOf('0', ASKED, runs(ASKED)), podOf('1', EARLIER, { ...runs(EARLIER), deletedAt: 1 })]),
      false,
    ],
    [
      'the script is another one, though the zip is the same',
      live({}, [podOf('0', SAME_ZIP, runs(SAME_ZIP))]),
      false,
    ],
    [
      'the init container has failed with the digest as its message',
      live({}, [podOf('0', ASKED, { ...runs(ASKED), proof: { exitCode: 1, message: DIGEST } })]),
      false,
    ],
    [
      'the message holds more than the digest',
      live({}, [
        podOf('0', ASKED, { ...runs(ASKED), proof: { exitCode: 0, message: `${DIGEST} and words` } }),
      ]),
      false,
    ],
    ['the controller has not seen it', live({ generation: 3 }), false],
  ])('where %s: %#', (_, seen, expected) => {
    expect(saysLive(seen)).toBe(expected);
  });

  test('waits until minReadySeconds have passed', () => {
    const pods = [podOf('0', ASKED, runs(ASKED))];
    const { workload } = told({ workload: workloadOf('StatefulSet', 1, 30), pods });
    const early = { ...workload, rollout: { ...workload.rollout, available: 0 } };
    expect(judge(UPDATE, { workload: early, pods }, 0).state).toBe('going-on');
    expect(saysLive(judge(UPDATE, { workload, pods }, 0))).toBe(true);
  });
});

describe('what is not live', () => {
  const at = (workload: Workload, pods: readonly WorkloadPod[], update = UPDATE, now = 0): Observation =>
    judge(update, { workload, pods }, now);

  test('pods below the partition keep the earlier code, which is said', () => {
    const pods = [podOf('0', EARLIER, runs(EARLIER)), podOf('1', ASKED, runs(ASKED))];
    const { workload } = told({ workload: { ...workloadOf('StatefulSet', 2), partition: 1 }, pods });
    expect(at(workload, pods)).toMatchObject({ outcome: { facts: { takenLater: 'partition' } } });
  });

  test('a Deployment that is paused has it set, and is live where its rollout was over before', () => {
    const pods = [podOf('0', EARLIER, runs(EARLIER)), podOf('1', ASKED, runs(ASKED))];
    const { workload } = told({ workload: { ...workloadOf('Deployment', 2), paused: true }, pods });
    expect(at(workload, pods)).toMatchObject({
      outcome: { state: 'succeeded', facts: { takenLater: 'resumed', progress: { updated: 1, desired: 2 } } },
    });
    const all = [podOf('0', ASKED, runs(ASKED)), podOf('1', ASKED, runs(ASKED))];
    expect(saysLive(at(told({ workload, pods: all }).workload, all))).toBe(true);
  });

  test('pods that are up and prove nothing end it as not known', () => {
    const { proof: _, ...silent } = podOf('0', ASKED, runs(ASKED));
    const { workload } = told({ workload: workloadOf('Deployment', 1), pods: [silent] });
    expect(at(workload, [silent])).toMatchObject({
      outcome: { state: 'unknown', facts: { why: 'no-proof', silent: ['hdb-0'] } },
    });
  });

  test.each(['CANARY', 'FORCE'])(
    'pods of OnDelete that prove nothing end %s as not known, once none is on its way',
    (strategy) => {
      const { proof: _, ...silent } = podOf('2', ASKED, runs(ASKED));
      const earlier = ['0', '1'].map((at) => podOf(at, EARLIER, runs(EARLIER)));
      const workload: Workload = { ...workloadOf('StatefulSet', 3), updateStrategy: 'OnDelete' };
      const seen = (pods: readonly WorkloadPod[]): Observation =>
        at(told({ workload, pods }).workload, pods, { ...UPDATE, strategy });
      const end = { outcome: { state: 'unknown', facts: { why: 'no-proof', silent: ['hdb-2'] } } };
      expect(seen([...earlier, silent])).toMatchObject(end);
      const proving = podOf('1', ASKED, runs(ASKED));
      expect(seen([earlier[0]!, proving, silent])).toMatchObject(end);
      const onTheirWay = [{ ...earlier[1]!, deletedAt: 1 }, podOf('1', ASKED), { ...proving, ready: false }];
      for (const other of onTheirWay) expect(seen([earlier[0]!, other, silent]).state).toBe('going-on');
      expect(seen([earlier[0]!, silent]).state).toBe('going-on');
      expect(seen([...earlier, podOf('2', ASKED)]).state).toBe('going-on');
    },
  );

  test('a Deployment whose time is up has failed, in Kubernetes’ own words', () => {
    const workload = workloadOf('Deployment', 1);
    const rollout = { ...workload.rollout, observedGeneration: 2, deadlineExceeded: 'timed out progressing' };
    expect(at({ ...workload, rollout }, [podOf('0', ASKED)])).toMatchObject({
      outcome: { failure: { code: 'rollout-late', facts: { message: 'timed out progressing' } } },
    });
  });

  test('pods that cannot be made have failed after a minute, and not before', () => {
    const workload = workloadOf('StatefulSet', 1);
    const full = {
      ...workload,
      rollout: { ...workload.rollout, observedGeneration: 2, cannotCreate: 'exceeded quota' },
    };
    const first = at(full, []);
    expect(first.state).toBe('going-on');
    const facts = first.state === 'going-on' ? (first.facts ?? {}) : {};
    expect(at(full, [], { ...UPDATE, facts }, 59_000).state).toBe('going-on');
    expect(at(full, [], { ...UPDATE, facts }, 60_000)).toMatchObject({
      outcome: { failure: { code: 'pods-not-made' } },
    });
  });

  test('a container that crashes has failed after a minute, or once it was started again often enough', () => {
    const workload = workloadOf('StatefulSet', 1);
    const observed = { ...workload, rollout: { ...workload.rollout, observedGeneration: 2, ready: 0 } };
    const crashed = (restarts: number): WorkloadPod => {
      const ended = { exitCode: 1, reason: 'Error' };
      const containers = [{ name: 'q', restarts, waiting: 'CrashLoopBackOff', ended }];
      return podOf('0', ASKED, { ready: false, containers });
    };
    const first = at(observed, [crashed(4)]);
    expect(first.state).toBe('going-on');
    const facts = first.state === 'going-on' ? (first.facts ?? {}) : {};
    const failed = { outcome: { failure: { code: 'pod-fails', facts: { container: 'q', exitCode: 1 } } } };
    expect(at(observed, [crashed(4)], { ...UPDATE, facts }, 59_000).state).toBe('going-on');
    expect(at(observed, [crashed(4)], { ...UPDATE, facts }, 60_000)).toMatchObject(failed);
    expect(at(observed, [crashed(5)])).toMatchObject(failed);
    // A pod of before may be replaced at any moment.
    expect(at(observed, [{ ...crashed(5), annotations: EARLIER }]).state).toBe('going-on');
  });

  test('a pod that waits for a node or a volume has failed after ten minutes, or when the time is up', () => {
    const MINUTE = 60_000;
    const observed = (kind: Workload['kind'], more: Partial<Workload['rollout']> = {}): Workload => {
      const workload = workloadOf(kind, 1);
      return { ...workload, rollout: { ...workload.rollout, observedGeneration: 2, ready: 0, ...more } };
    };
    const set = observed('StatefulSet');
    const why = { reason: 'Unschedulable', message: '0/3 nodes are available' };
    const pod = podOf('0', ASKED, { unscheduled: why });
    const later = (facts: object, looked: WorkloadPod, now: number) =>
      at(set, [looked], { ...UPDATE, facts: { ...facts } }, now);
    const factsOf = (seen: Observation): object =>
      seen.state === 'going-on' ? (seen.facts ?? {}) : expect.unreachable();
    const facts = factsOf(at(set, [pod]));
    const early = later(facts, pod, 10 * MINUTE - 1);
    expect(early.state).toBe('going-on');
    const failed = { outcome: { failure: { code: 'pod-fails', facts: { pod: 'hdb-0', ...why } } } };
    expect(later(facts, pod, 10 * MINUTE)).toMatchObject(failed);
    const late = observed('Deployment', { deadlineExceeded: 'timed out progressing' });
    expect(at(late, [{ ...pod, unbegun: why }])).toMatchObject(failed);
    // It has a node now: its image comes late, which counts from here.
    const { unscheduled: _, ...placed } = pod;
    const pulls = { ...placed, containers: [{ name: 'q', restarts: 0, waiting: 'ErrImagePull' }] };
    const pulling = later(factsOf(early), pulls, 10 * MINUTE);
    expect(pulling.state).toBe('going-on');
    expect(later(factsOf(pulling), pulls, 11 * MINUTE)).toMatchObject({
      outcome: { failure: { facts: { container: 'q', reason: 'ErrImagePull' } } },
    });
  });

  test('what admission dropped is said', () => {
    const { 'slipway.dev/init-script': _, ...kept } = ASKED;
    const update = { ...UPDATE, facts: { dropped: ['slipway.dev/init-script'] } };
    expect(at({ ...workloadOf('StatefulSet', 1), annotations: kept }, [], update)).toMatchObject({
      outcome: {
        failure: { code: 'annotations-dropped', facts: { annotations: ['slipway.dev/init-script'] } },
      },
    });
  });

  test('that it is found again counts from the start', () => {
    const facts = { missingSince: 1 };
    for (const update of [
      { ...UPDATE, facts },
      { ...UPDATE, facts, accepted: false },
    ]) {
      const workload = { ...workloadOf('StatefulSet', 1), annotations: update.accepted ? ASKED : EARLIER };
      expect(at(workload, [], update)).toMatchObject({ state: 'going-on', facts: { missingSince: null } });
    }
  });

  test('a workload that was made anew is another one', () => {
    expect(at({ ...workloadOf('StatefulSet', 1), uid: 'other' }, [])).toMatchObject({
      outcome: { failure: { code: 'workload-gone', facts: { anew: true } } },
    });
  });

  test('where somebody has changed it since a request without an answer, nothing is claimed', () => {
    const update = { ...UPDATE, accepted: false };
    const workload = { ...workloadOf('StatefulSet', 1), annotations: EARLIER };
    expect(at({ ...workload, generation: 5 }, [], update, 10 * 60_000)).toMatchObject({
      outcome: { state: 'unknown', facts: { why: 'changed-since' } },
    });
    expect(at({ ...workload, generation: 1 }, [], update, 10 * 60_000)).toMatchObject({
      outcome: { failure: { code: 'never-arrived' } },
    });
  });
});
