/** The client against the sandbox's API server, which shares no code with it: tokens, TLS, lists, watches, changes. */

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { WatchedNodes } from '../../src/drain/ports';
import type { ClusterClient, Kubernetes } from '../../src/kubernetes/contract';
import { failureOf } from '../../src/model/failure';
import { carriesCode } from '../../src/model/seen-workload';
import { workloadState } from '../../src/model/workload-state';
import { type OpenedAws, openInSandbox } from '../aws/open-aws';
import { type KubernetesApi, kubernetesApi } from '../sandbox/kubernetes/api';
import { DEPLOYMENTS, deployment, made, madeNamespace, NAMESPACE, PODS } from '../sandbox/kubernetes/made';
import { startTestSandbox, type TestSandbox } from '../sandbox/start';
import { openKubernetes } from './open-kubernetes';

const CLUSTER = 'trading-prod';
const never = new AbortController().signal;

let sandbox: TestSandbox;
let opened: Awaited<ReturnType<typeof openInSandbox>> & OpenedAws;
let kubernetes: Kubernetes;
let cluster: ClusterClient;
let api: KubernetesApi;

beforeAll(async () => {
  sandbox = await startTestSandbox();
  opened = await openInSandbox(sandbox);
});
beforeEach(async () => {
  kubernetes = openKubernetes(() => opened.session);
  cluster = kubernetes.cluster(opened.session.connection, CLUSTER);
  api = await kubernetesApi(sandbox, CLUSTER);
  await madeNamespace(api);
  // Pods of a node that is not there are collected.
  await made(api, '/api/v1/nodes', { metadata: { name: 'node-of-the-test' } });
});
afterEach(async () => {
  kubernetes.dispose();
  await sandbox.control.reset();
});
afterAll(async () => {
  await opened.close();
  await sandbox.stop();
});

function podObject(name: string): unknown {
  return {
    metadata: { name, labels: { app: 'hdb' } },
    spec: { nodeName: 'node-of-the-test', containers: [{ name: 'q', image: 'kdb:1' }] },
  };
}

async function failing(work: Promise<unknown>) {
  return failureOf(
    await work.then(
      () => new Error('it succeeded'),
      (thrown: unknown) => thrown,
    ),
  );
}

describe('in the sandbox', () => {
  it('the token is taken, and lists are what the API holds', async () => {
    const pod = await made(api, PODS, podObject('hdb-0'));
    const [found] = await cluster.interactive.podsOn(['node-of-the-test'], never);
    expect(found).toMatchObject({
      uid: pod.metadata.uid,
      namespace: NAMESPACE,
      name: 'hdb-0',
      labels: { app: 'hdb' },
      nodeName: 'node-of-the-test',
    });
    const selector = {
      matchLabels: { app: 'hdb' },
      matchExpressions: [{ key: 'tier', operator: 'DoesNotExist', values: [] }],
    };
    expect(await cluster.interactive.podsMatching(NAMESPACE, selector, never)).toHaveLength(1);
    expect(await cluster.interactive.nodes(undefined, never)).toHaveLength(
      (await api.get('/api/v1/nodes')).json.items.length,
    );
    expect(await cluster.interactive.budgets(never)).toHaveLength(
      (await api.get('/apis/policy/v1/poddisruptionbudgets')).json.items.length,
    );
  });

  it('an eviction in dry run is answered, for the pod of this uid alone, and changes nothing', async () => {
    const { metadata } = await made(api, PODS, podObject('hdb-0'));
    const pod = { namespace: NAMESPACE, name: 'hdb-0', uid: metadata.uid };
    expect(await cluster.interactive.askEviction(pod, never)).toEqual({ code: 'allowed' });
    expect(await cluster.interactive.askEviction({ ...pod, uid: 'another' }, never)).toEqual({
      code: 'gone',
    });
    expect((await api.get(`${PODS}/hdb-0`)).json.metadata.deletionTimestamp).toBeUndefined();
  });

  it('an apply changes the annotations alone, and is refused after somebody else’s change', async () => {
    await made(api, DEPLOYMENTS, deployment('gateway'));
    const at = { kind: 'Deployment', namespace: NAMESPACE, name: 'gateway' } as const;
    const before = await cluster.workloads('interactive').read(at, never);
    const annotations = { 'slipway.dev/code-uri': 's3://b/k.zip' };
    const patch = { uid: before.uid, resourceVersion: before.resourceVersion, annotations };
    const tried = await cluster.workloads('interactive').apply(at, { ...patch, dryRun: true }, never);
    expect(tried.annotations).toEqual(annotations);
    expect((await cluster.workloads('interactive').read(at, never)).annotations).toEqual({});
    expect((await cluster.workloads('interactive').apply(at, patch, never)).annotations).toEqual(annotations);
    expect(await failing(cluster.workloads('interactive').apply(at, patch, never))).toMatchObject({
      kind: 'kubernetes',
      reason: 'conflict',
      status: 409,
    });
  });

  it('workloads come with their owners, and those that carry code can be told', async () => {
    const { workloads, unread } = await cluster.workloads('interactive').list([], never);
    expect(unread).toBeUndefined();
    const carrying = workloads.filter(({ workload }) => carriesCode(workload));
    expect(carrying.map(({ workload: { namespace, name } }) => `${namespace}/${name}`)).toEqual([
      'tick/eod',
      'tick/gw',
      'tick/hdb',
      'tick/insights-rdb',
      'tick/rdb',
      'tick/reports',
      'tick/signals',
    ]);
    expect(carrying[3]?.workload.controller).toMatchObject({ kind: 'Assembly', name: 'equities' });
    expect(carrying.map((seen) => workloadState(seen).code)).toEqual(carrying.map(() => 'running'));
  });

  it('a user of one namespace sees its workloads, and why no others', async () => {
    const rule = { verbs: ['list'], apiGroups: ['apps'], resources: ['*'], namespace: 'tick' };
    await sandbox.control.settings({ kubernetes: { access: { [CLUSTER]: [rule] } } });
    const { workloads, unread } = await cluster.workloads('interactive').list(['tick'], never);
    expect([...new Set(workloads.map(({ workload }) => workload.namespace))]).toEqual(['tick']);
    expect(unread).toMatchObject({ reason: 'forbidden', verb: 'list' });
  });

  it('a watch brings what is made and removed', async () => {
    const states: WatchedNodes[] = [];
    const interruptions: unknown[] = [];
    const leaving = new AbortController();
    const listener = {
      changed: (state: WatchedNodes) => void states.push(state),
      interrupted: (thrown: unknown) => void interruptions.push(thrown),
    };
    cluster.watch.watch(undefined, listener, leaving.signal);
    const names = () => [...(states.at(-1)?.pods.values() ?? [])].map(({ name }) => name);
    await expect.poll(() => states.length).toBeGreaterThan(0);
    const { metadata } = await made(api, PODS, podObject('hdb-7'));
    await expect.poll(names).toContain('hdb-7');
    const pod = { namespace: NAMESPACE, name: 'hdb-7', uid: metadata.uid };
    expect(await cluster.workloads('interactive').deletePod(pod, never)).toBe('deleted');
    expect(await cluster.workloads('interactive').deletePod({ ...pod, uid: 'another' }, never)).toBe('gone');
    leaving.abort();
    expect(interruptions).toEqual([]);
  });

  it('a watch that expires begins again with a list', async () => {
    await sandbox.control.fault({ kind: 'watch-expired', service: 'kubernetes', times: 3 });
    const states: WatchedNodes[] = [];
    const leaving = new AbortController();
    const listener = {
      changed: (state: WatchedNodes) => void states.push(state),
      interrupted: () => undefined,
    };
    cluster.watch.watch(undefined, listener, leaving.signal);
    await expect
      .poll(async () => (await sandbox.control.faults()).every(({ played }) => played === 3))
      .toBe(true);
    await made(api, PODS, podObject('hdb-8'));
    await expect
      .poll(() => [...(states.at(-1)?.pods.values() ?? [])].map(({ name }) => name))
      .toContain('hdb-8');
    leaving.abort();
  });

  it('a list that does not end is refused', async () => {
    await sandbox.control.fault({ kind: 'endless-list', service: 'kubernetes' });
    expect(await failing(cluster.interactive.budgets(never))).toMatchObject({
      kind: 'refused',
      code: 'list-endless',
    });
  });

  it('who has no access entry is told so, and who may not list nodes sees the rest', async () => {
    await sandbox.control.settings({ kubernetes: { access: { [CLUSTER]: 'none' } } });
    expect(await failing(cluster.interactive.nodes(undefined, never))).toMatchObject({
      kind: 'kubernetes',
      reason: 'unauthorized',
      access: { clusterArn: expect.stringContaining(CLUSTER) },
    });
    await sandbox.control.settings({ kubernetes: { access: { [CLUSTER]: 'view' } } });
    expect(await failing(cluster.interactive.nodes(undefined, never))).toMatchObject({
      kind: 'kubernetes',
      reason: 'forbidden',
      verb: 'list',
      resource: 'nodes',
    });
    expect(Array.isArray(await cluster.interactive.budgets(never))).toBe(true);
  });
});
