/** The life of pods: a node, a start, readiness, crashes, and an end after grace. */
import { describe, expect, it } from 'vitest';
import { isReady } from '../../../src/sandbox/kubernetes/kinds';
import { barePod, deployment, statefulSet } from '../../../src/sandbox/seed/kubernetes/manifests';
import { NAMESPACE, node, testCluster } from './cluster';

const IMAGE = 'registry.acme.example/q:1';
const pod = (name: string, given = {}) => barePod({ namespace: NAMESPACE, name, image: IMAGE, ...given });

describe('a pod finds a node', () => {
  it('that has room, and says that it is scheduled', () => {
    const cluster = testCluster();
    cluster.apply(node('small', { cpu: '1' }), node('large', { cpu: '8' }), pod('p', { cpu: '2' }));
    expect(cluster.pods()[0]?.spec.nodeName).toBe('large');
    expect(cluster.eventsOf('p')).toContain('Scheduled: Successfully assigned kdb/p to large');
  });

  it.each([
    ['cordoned', node('n', { spec: { unschedulable: true } }), {}, '1 node(s) were unschedulable'],
    [
      'tainted',
      node('n', { spec: { taints: [{ key: 'dedicated', value: 'oms', effect: 'NoSchedule' }] } }),
      {},
      '1 node(s) had untolerated taint {dedicated: oms}',
    ],
    [
      'in another zone',
      node('n', { labels: { 'topology.kubernetes.io/zone': 'a' } }),
      { pod: { nodeSelector: { 'topology.kubernetes.io/zone': 'b' } } },
      "1 node(s) didn't match Pod's node affinity/selector",
    ],
    ['full', node('n', { cpu: '1' }), { cpu: '2' }, '1 Insufficient cpu'],
    ['short of memory', node('n'), { memory: '32Gi' }, '1 Insufficient memory'],
  ])('and not one that is %s', (_, place, given, why) => {
    const cluster = testCluster();
    cluster.apply(place, pod('p', given));
    cluster.pass(600);
    const { status, spec } = cluster.pods()[0]!;
    expect([spec.nodeName, status?.phase]).toEqual([undefined, 'Pending']);
    expect(status?.conditions).toContainEqual(
      expect.objectContaining({
        type: 'PodScheduled',
        status: 'False',
        reason: 'Unschedulable',
        message: `0/1 nodes are available: ${why}.`,
      }),
    );
    expect(cluster.eventsOf('p')).toEqual([`FailedScheduling: 0/1 nodes are available: ${why}.`]);
  });

  it('as soon as one comes, is uncordoned, or has room again', () => {
    const cluster = testCluster();
    cluster.apply(node('n', { cpu: '1' }), pod('first', { cpu: '1' }), pod('second', { cpu: '1' }));
    cluster.pass(60);
    expect(cluster.names(({ spec }) => spec.nodeName === undefined)).toEqual(['second']);
    cluster.store.markDeleted('pods', NAMESPACE, 'first', 30);
    cluster.pass(60);
    expect(cluster.names(isReady)).toEqual(['second']);
    cluster.apply(pod('third', { cpu: '1' }), node('cordoned', { spec: { unschedulable: true } }));
    expect(cluster.names(({ spec }) => spec.nodeName === undefined)).toEqual(['third']);
    cluster.edit('nodes', 'cordoned', (object) => ({ ...object, spec: {} }));
    cluster.pass(60);
    expect(cluster.names(isReady)).toEqual(['second', 'third']);
  });

  it('once the pod that has its claim of one pod is gone, or has ended', () => {
    const cluster = testCluster();
    const volumes = [{ name: 'db', persistentVolumeClaim: { claimName: 'db' } }];
    const user = (name: string) => pod(name, { pod: { volumes, restartPolicy: 'Never' } });
    const spec = { accessModes: ['ReadWriteOncePod'] };
    const claim = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'db', namespace: NAMESPACE },
      spec,
    };
    cluster.programs.set({ pod: 'second' }, { end: { afterSeconds: 300, exitCode: 0 } });
    cluster.apply({ resource: 'persistentvolumeclaims', object: claim }, node('n'), node('other'));
    for (const name of ['first', 'second', 'third']) cluster.apply(user(name));
    cluster.pass(60);
    expect(cluster.names(isReady)).toEqual(['first']);
    const why =
      '2 node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod';
    for (const name of ['second', 'third'])
      expect(cluster.eventsOf(name)).toEqual([`FailedScheduling: 0/2 nodes are available: ${why}.`]);
    cluster.store.markDeleted('pods', NAMESPACE, 'first', 30);
    cluster.pass(60);
    expect(cluster.names(isReady)).toEqual(['second']);
    cluster.pass(600);
    expect(cluster.names(isReady)).toEqual(['third']);
  });

  it('that tolerations open, cordoned ones included', () => {
    const cluster = testCluster();
    cluster.apply(
      node('n', { spec: { unschedulable: true, taints: [{ key: 'a', effect: 'NoSchedule' }] } }),
      pod('everything', { pod: { tolerations: [{ operator: 'Exists' }] } }),
      pod('no-execute', { pod: { tolerations: [{ operator: 'Exists', effect: 'NoExecute' }] } }),
    );
    expect(cluster.names(({ spec }) => spec.nodeName === 'n')).toEqual(['everything']);
  });

  it('apart from its siblings where its rules say so', () => {
    const cluster = testCluster();
    const rule = {
      topologyKey: 'kubernetes.io/hostname',
      labelSelector: { matchLabels: { app: 'tp' } },
    };
    const affinity = { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [rule] } };
    const tp = statefulSet({
      namespace: NAMESPACE,
      name: 'tp',
      image: IMAGE,
      replicas: 3,
      pod: { affinity },
      spec: { podManagementPolicy: 'Parallel' },
    });
    cluster.apply(node('a'), node('b'), tp);
    expect(cluster.pods().map(({ spec }) => spec.nodeName)).toEqual(['a', 'b', undefined]);
    expect(cluster.eventsOf('tp-2').join()).toContain("2 node(s) didn't match pod anti-affinity rules");
  });
});

describe('a pod that runs', () => {
  it('is ready when its program is, and not before', () => {
    const cluster = testCluster();
    cluster.programs.set({ image: 'registry.acme.example/q' }, { readySeconds: 20, log: ['q is up'] });
    cluster.apply(node('n'), pod('p'));
    expect(cluster.pods()[0]?.status?.containerStatuses?.[0]?.state.waiting?.reason).toBe(
      'ContainerCreating',
    );
    cluster.pass(15);
    expect(cluster.pods()[0]?.status).toMatchObject({ phase: 'Running' });
    expect(cluster.names(isReady)).toEqual([]);
    cluster.pass(10);
    expect(cluster.names(isReady)).toEqual(['p']);
    const { uid } = cluster.pods()[0]!.metadata;
    expect(cluster.podLogs.lines(uid, 'p', false)?.map(({ text }) => text)).toEqual(['q is up']);
  });

  it('may never become ready, and says so', () => {
    const cluster = testCluster();
    cluster.programs.set({ namespace: NAMESPACE, pod: 'p' }, { readySeconds: 'never' });
    cluster.apply(node('n'), pod('p'));
    cluster.pass(3600);
    expect(cluster.pods()[0]?.status).toMatchObject({ phase: 'Running' });
    expect(cluster.pods()[0]?.status?.conditions).toContainEqual(
      expect.objectContaining({
        type: 'Ready',
        status: 'False',
        message: 'containers with unready status: [p]',
      }),
    );
  });

  it('crashes again and again, ever more slowly, with its last words in the log of before', () => {
    const cluster = testCluster();
    cluster.programs.set(
      { image: IMAGE },
      {
        end: { afterSeconds: 1, exitCode: 137, reason: 'OOMKilled' },
        lastWords: ['wsfull'],
      },
    );
    cluster.apply(node('n'), pod('p'));
    cluster.pass(90);
    const [status] = cluster.pods()[0]!.status!.containerStatuses!;
    expect(status).toMatchObject({
      ready: false,
      restartCount: 4,
      state: { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } },
    });
    expect(status?.state.waiting?.message).toContain('back-off 1m20s restarting failed container=p');
    const { uid } = cluster.pods()[0]!.metadata;
    expect(cluster.podLogs.lines(uid, 'p', true)?.map(({ text }) => text)).toEqual(['started', 'wsfull']);
    expect(cluster.eventsOf('p').join()).toContain('BackOff: Back-off restarting failed container p');
  });

  it('waits where its image cannot be had', () => {
    const cluster = testCluster();
    const refused = { reason: 'ImagePullBackOff', message: 'Back-off pulling image "q:1"' };
    cluster.programs.set({ image: IMAGE }, { refused });
    cluster.apply(node('n'), pod('p'));
    cluster.pass(60);
    expect(cluster.pods()[0]?.status).toMatchObject({
      phase: 'Pending',
      containerStatuses: [{ restartCount: 0, state: { waiting: refused } }],
    });
  });
});

describe('a pod that is deleted', () => {
  it('ends when its program has, and is gone', () => {
    const cluster = testCluster();
    cluster.programs.set({ image: IMAGE }, { stopSeconds: 10 });
    cluster.apply(node('n'), pod('p'));
    cluster.pass(60);
    cluster.store.markDeleted('pods', NAMESPACE, 'p', 30);
    cluster.pass(9);
    expect(cluster.names()).toEqual(['p']);
    cluster.pass(2);
    expect(cluster.names()).toEqual([]);
  });

  it('is killed when its grace is over', () => {
    const cluster = testCluster();
    cluster.programs.set({ image: IMAGE }, { stopSeconds: 3600 });
    cluster.apply(node('n'), pod('p', { pod: { terminationGracePeriodSeconds: 1800 } }));
    cluster.pass(60);
    cluster.store.markDeleted('pods', NAMESPACE, 'p', 1800);
    cluster.pass(1799);
    expect(cluster.names()).toEqual(['p']);
    cluster.pass(2);
    expect(cluster.names()).toEqual([]);
  });

  it('goes sooner when it is asked again with less grace', () => {
    const cluster = testCluster();
    cluster.programs.set({ image: IMAGE }, { stopSeconds: 3600 });
    cluster.apply(node('n'), pod('p'));
    cluster.pass(60);
    cluster.store.markDeleted('pods', NAMESPACE, 'p', 1800);
    cluster.store.markDeleted('pods', NAMESPACE, 'p', 5);
    cluster.pass(6);
    expect(cluster.names()).toEqual([]);
  });

  it('stays while a finalizer keeps it, its processes ended', () => {
    const cluster = testCluster();
    const held = pod('p');
    const metadata = { ...held.object.metadata, finalizers: ['acme.example/upload'] };
    cluster.apply(node('n'), { ...held, object: { ...held.object, metadata } });
    cluster.pass(60);
    cluster.store.markDeleted('pods', NAMESPACE, 'p', 30);
    cluster.pass(7200);
    expect(cluster.pods()[0]?.status?.containerStatuses?.[0]?.state.terminated?.exitCode).toBe(0);
    cluster.edit('pods', 'p', (object) => ({ ...object, metadata: { ...object.metadata, finalizers: [] } }));
    expect(cluster.names()).toEqual([]);
  });

  it('waits on a node that was never there, and runs when it comes', () => {
    const cluster = testCluster();
    cluster.apply(pod('p', { pod: { nodeName: 'b' } }));
    cluster.pass(600);
    expect(cluster.pods()[0]?.status?.phase).toBe('Pending');
    cluster.apply(node('b'));
    cluster.pass(60);
    expect(cluster.names(isReady)).toEqual(['p']);
  });

  it('goes with its node', () => {
    const cluster = testCluster();
    cluster.apply(node('a'), deployment({ namespace: NAMESPACE, name: 'gw', image: IMAGE, replicas: 2 }));
    cluster.pass(60);
    const before = cluster.names();
    cluster.apply(node('b'));
    cluster.store.remove('nodes', undefined, 'a');
    cluster.pass(60);
    expect(cluster.names(isReady)).toHaveLength(2);
    expect(cluster.names().filter((name) => before.includes(name))).toEqual([]);
  });
});
