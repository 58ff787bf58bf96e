/** What somebody else does to a cluster, by the sandbox's control interface, as its API shows it. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, test } from 'vitest';
import { startTestSandbox, type TestSandbox } from '../start';
import { type ApiObject, type KubernetesApi, kubernetesApi } from './api';

const HDB = '/apis/apps/v1/namespaces/tick/statefulsets/hdb';
const WHERE = { clusterName: 'trading-prod', namespace: 'tick' };

let sandbox: TestSandbox;
let api: KubernetesApi;

beforeAll(async () => {
  sandbox = await startTestSandbox();
});
beforeEach(async () => {
  api = await kubernetesApi(sandbox);
});
afterEach(() => sandbox.control.reset());
afterAll(() => sandbox.stop());

const items = async (path: string): Promise<readonly ApiObject[]> => (await api.get(path)).json.items;

it('a program is told to crash, and the pods that start from then on do', async () => {
  const refused = { reason: 'CreateContainerConfigError', message: 'configmap "gw" not found' };
  await sandbox.control.foreign({
    kind: 'kubernetes-program',
    ...WHERE,
    pod: 'tp',
    end: { afterSeconds: 1, exitCode: 3 },
  });
  await sandbox.control.foreign({ kind: 'kubernetes-program', ...WHERE, pod: 'gw', refused });
  const gateways = (await items('/api/v1/namespaces/tick/pods?labelSelector=app%3Dgw')).map(
    ({ metadata }) => metadata.name,
  );
  for (const name of ['tp-0', gateways[0]])
    await api.send('DELETE', `/api/v1/namespaces/tick/pods/${name}`, {});
  await sandbox.control.advance(120_000);
  expect((await api.get('/api/v1/namespaces/tick/pods/tp-0')).json.status).toMatchObject({
    containerStatuses: [
      { state: { waiting: { reason: 'CrashLoopBackOff' } }, lastState: { terminated: { exitCode: 3 } } },
    ],
  });
  const after = await items('/api/v1/namespaces/tick/pods?labelSelector=app%3Dgw');
  const added = after.filter(({ metadata }) => !gateways.includes(metadata.name));
  expect(added.map(({ status }) => status)).toMatchObject([
    { containerStatuses: [{ state: { waiting: refused } }] },
  ]);
});

it('an image of another architecture starts, and its kernel refuses to run it', async () => {
  await sandbox.control.foreign({
    kind: 'kubernetes-program',
    ...WHERE,
    pod: 'tp',
    otherArchitecture: true,
  });
  await api.send('DELETE', '/api/v1/namespaces/tick/pods/tp-0', {});
  await sandbox.control.advance(120_000);
  const { json } = await api.get('/api/v1/namespaces/tick/pods/tp-0');
  expect(json.status).toMatchObject({
    containerStatuses: [
      {
        state: { waiting: { reason: 'CrashLoopBackOff' } },
        lastState: { terminated: { exitCode: 255, reason: 'Error' } },
      },
    ],
  });
  const log = await api.get('/api/v1/namespaces/tick/pods/tp-0/log?previous=true');
  expect(log.text).toBe('exec /usr/local/bin/entrypoint.sh: exec format error\n');
});

it('an operator takes charge, and undoes a patch that came over the API', async () => {
  await sandbox.control.foreign({
    kind: 'kubernetes-manager',
    ...WHERE,
    workload: 'statefulset/hdb',
    manager: 'operator',
  });
  await sandbox.control.advance(10_000);
  const body = { spec: { template: { metadata: { annotations: { 'slipway.dev/code-digest': 'new' } } } } };
  const { status } = await api.send('PATCH', HDB, body, { type: 'application/merge-patch+json' });
  expect(status).toBe(200);
  await sandbox.control.advance(10_000);
  const { spec } = (await api.get(HDB)).json;
  expect(spec).not.toHaveProperty(['template', 'metadata', 'annotations', 'slipway.dev/code-digest']);
});

it('a large cluster comes to be, and is read page by page', async () => {
  const large = { clusterName: 'large', nodes: 30, pods: 300, budgets: 10 };
  await sandbox.control.foreign({ kind: 'kubernetes-large', ...large });
  api = await kubernetesApi(sandbox, 'large');
  const { json } = await api.get('/api/v1/pods?limit=250');
  expect([json.items.length, json.metadata.remainingItemCount]).toEqual([250, 50]);
  // As large as real ones, for measurements.
  expect(JSON.stringify(json.items[0]).length).toBeGreaterThan(8_000);
  expect(await items('/api/v1/nodes')).toHaveLength(30);
  expect(await items('/apis/policy/v1/poddisruptionbudgets')).toHaveLength(10);
});

test.each([
  [
    { kind: 'kubernetes-manager', ...WHERE, workload: 'statefulset/none', manager: 'operator' },
    /There is no statefulset\/none in tick/,
  ],
  [
    { kind: 'kubernetes-manager', ...WHERE, workload: 'job/hdb', manager: 'operator' },
    /There is no job\/hdb/,
  ],
  [{ kind: 'kubernetes-manager', ...WHERE, workload: 'statefulset/hdb', manager: 'flux' }, /manager/],
  [{ kind: 'kubernetes-program', ...WHERE, readySeconds: -2 }, /readySeconds/],
])('%o is refused', async (action, why) => {
  await expect(sandbox.control.foreign(action)).rejects.toThrow(why);
});

it('an update of nodes is seen by whoever watches them', async () => {
  const nodes = await api.get('/api/v1/nodes');
  const since = nodes.json.metadata.resourceVersion;
  const watch = await api.watch(`/api/v1/nodes?watch=true&resourceVersion=${since}`);
  const update = {
    kind: 'nodegroup-update',
    clusterName: 'trading-prod',
    nodegroupName: 'system',
    version: '1.32',
  };
  await sandbox.control.foreign(update);
  await sandbox.control.advance(60 * 60_000);
  const types: string[] = [];
  while (types.filter((type) => type === 'DELETED').length < 9) {
    const event = await watch.next();
    if (event) types.push(event.type);
  }
  watch.close();
  // Six beforehand, one for each of three; of nine, three stay.
  expect(types.filter((type) => type === 'ADDED')).toHaveLength(9);
});
