/** Workloads: of all namespaces or of those that may be read, with what is wrong with their pods. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { carriesCode, type SeenWorkload } from '../../src/model/seen-workload';
import { workloadState } from '../../src/model/workload-state';
import { makeAuthority } from './certificates';
import { listOf, type Parts, pod, workload } from './objects';
import { type OpenedCluster, openTestCluster } from './open';
import { type Handler, json, type ScriptedApi, startScriptedApi, status } from './scripted-api';

const never = new AbortController().signal;
let authority: Awaited<ReturnType<typeof makeAuthority>>;
let api: ScriptedApi;
let cluster: OpenedCluster;

beforeAll(async () => {
  authority = await makeAuthority('trading');
  api = await startScriptedApi(await authority.serverCertificate(['127.0.0.1']));
});
afterAll(() => api.close());
beforeEach(() => {
  cluster = openTestCluster({
    api: { url: `https://127.0.0.1:${api.port}`, certificateAuthority: authority.pem },
  });
  api.forget();
});
afterEach(() => cluster.close());

const DONE = {
  observedGeneration: 3,
  replicas: 2,
  readyReplicas: 2,
  updatedReplicas: 2,
  availableReplicas: 2,
  currentRevision: 'hdb-1',
  updateRevision: 'hdb-1',
};

/** A workload of two pods, of which all is well but for what is said. */
function two(name: string, parts: Parts & { readonly annotations?: object } = {}): object {
  return workload(name, {
    ...parts,
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: name } },
      template: { metadata: { annotations: { 'of/others': 'x', ...parts.annotations } } },
      ...parts.spec,
    },
    status: { ...DONE, ...parts.status },
  });
}

/** Answers by the end of the path; what is not named is denied. */
function answers(byPath: Readonly<Record<string, Handler>>): Handler {
  return (request, response) => {
    const found = byPath[request.path] ?? status(403, 'Forbidden', `you may not: ${request.path}`);
    found(request, response);
  };
}

const EMPTY = json(listOf([]));
const ALL_DEPLOYMENTS = '/apis/apps/v1/deployments';
const ALL_SETS = '/apis/apps/v1/statefulsets';
const setsOf = (namespace: string) => `/apis/apps/v1/namespaces/${namespace}/statefulsets`;
const names = (all: readonly SeenWorkload[]) =>
  all.map(({ workload: { namespace, name } }) => `${namespace}/${name}`);

describe('workloads', () => {
  it('of all namespaces come sorted, with the fields that are named and no others', async () => {
    const owner = { kind: 'Assembly', name: 'equities', uid: 'u-1', controller: true };
    const env = [
      { name: 'TOKEN', value: 'of-nobodys-business' },
      {
        name: 'URI',
        valueFrom: { fieldRef: { fieldPath: "metadata.annotations['slipway.dev/code-uri']" } },
      },
    ];
    api.answer(
      answers({
        [ALL_DEPLOYMENTS]: json(listOf([two('gw', { metadata: { namespace: 'tick' } })])),
        [ALL_SETS]: json(
          listOf([
            two('rdb', {
              metadata: { namespace: 'tick', ownerReferences: [owner] },
              spec: {
                replicas: 2,
                selector: { matchLabels: { app: 'rdb' } },
                updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 1 } },
                template: { spec: { initContainers: [{ name: 'slipway-fetch', env }] } },
              },
            }),
            two('hdb', { annotations: { 'slipway.dev/code-digest': 'abc' } }),
          ]),
        ),
      }),
    );
    const { workloads, unread } = await cluster.workloads('interactive').list([], never);
    expect(unread).toBeUndefined();
    expect(names(workloads)).toEqual(['kdb/hdb', 'tick/gw', 'tick/rdb']);
    expect(workloads.map(({ workload }) => carriesCode(workload))).toEqual([true, false, true]);
    expect(workloads[2]?.workload).toMatchObject({
      kind: 'StatefulSet',
      convention: { fetch: 'slipway-fetch' },
      controller: { kind: 'Assembly', name: 'equities', uid: 'u-1' },
      partition: 1,
    });
    expect(workloads.map(({ pods }) => pods)).toEqual([undefined, undefined, undefined]);
    expect(JSON.stringify(workloads)).not.toContain('of-nobodys-business');
  });

  it('where one kind is denied: the other, and why not all', async () => {
    api.answer(answers({ [ALL_SETS]: json(listOf([two('hdb')])) }));
    const { workloads, unread } = await cluster.workloads('interactive').list([], never);
    expect(names(workloads)).toEqual(['kdb/hdb']);
    expect(unread).toMatchObject({ reason: 'forbidden', verb: 'list', resource: 'deployments.apps' });
  });

  it('of a user of one namespace: its workloads, by the namespaces of the cluster or those that are known', async () => {
    const listed = {
      '/api/v1/namespaces': json(listOf([{ metadata: metadata('kdb') }, { metadata: metadata('oms') }])),
    };
    for (const { more, known } of [
      { more: listed, known: [] },
      { more: {}, known: ['kdb'] },
    ]) {
      api.answer(answers({ ...more, [setsOf('kdb')]: json(listOf([two('hdb')])) }));
      const { workloads, unread } = await cluster.workloads('interactive').list(known, never);
      expect(names(workloads)).toEqual(['kdb/hdb']);
      expect(unread).toMatchObject({ reason: 'forbidden' });
    }
  });

  it('of which nothing may be read are a failure, and no empty list', async () => {
    api.answer(answers({}));
    await expect(cluster.workloads('interactive').list([], never)).rejects.toMatchObject({
      failure: { kind: 'kubernetes', reason: 'forbidden' },
    });
    api.answer(
      answers({ [ALL_SETS]: EMPTY, [ALL_DEPLOYMENTS]: status(500, 'InternalError', 'etcd is ill') }),
    );
    await expect(cluster.workloads('interactive').list([], never)).rejects.toMatchObject({
      failure: { kind: 'kubernetes', reason: 'server' },
    });
  });

  it('that are not ready name the pod and what it waits for; the pods of others do not count', async () => {
    const set = two('hdb', { status: { readyReplicas: 1, updateRevision: 'hdb-2' } });
    const { uid } = (set as { readonly metadata: { readonly uid: string } }).metadata;
    const owned = (of: string) => ({
      ownerReferences: [{ kind: 'StatefulSet', name: 'hdb', uid: of, controller: true }],
    });
    const waiting = (reason: string) => ({
      containerStatuses: [{ name: 'q', state: { waiting: { reason } } }],
    });
    api.answer(
      answers({
        [ALL_DEPLOYMENTS]: json(listOf([two('gw')])),
        [ALL_SETS]: json(listOf([set])),
        '/api/v1/namespaces/kdb/pods': json(
          listOf([
            pod('hdb-9', { metadata: owned('another'), status: waiting('ImagePullBackOff') }),
            pod('hdb-0', { metadata: owned(uid), status: waiting('PodInitializing') }),
            pod('hdb-1', { metadata: owned(uid), status: waiting('CrashLoopBackOff') }),
          ]),
        ),
      }),
    );
    const { workloads } = await cluster.workloads('interactive').list([], never);
    expect(workloads[1]?.pods?.map(({ name }) => name)).toEqual(['hdb-0', 'hdb-1']);
    expect(workloadState(workloads[1] as SeenWorkload)).toEqual({
      code: 'failing',
      pod: 'hdb-1',
      container: 'q',
      reason: 'CrashLoopBackOff',
      restarts: 0,
    });
    // Of those that are well no pod is asked for.
    const asked = api.received.filter(({ path }) => path.endsWith('/pods'));
    expect(asked.map(({ query }) => query['labelSelector'])).toEqual(['app=hdb']);
  });
});

function metadata(name: string): object {
  return { name, uid: `uid-of-${name}`, creationTimestamp: '2026-11-01T10:00:00Z' };
}
