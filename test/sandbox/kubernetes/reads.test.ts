/** Getting and listing through the Kubernetes API of the sandbox. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { startTestSandbox, type TestSandbox } from '../start';
import { type ApiObject, type KubernetesApi, kubernetesApi } from './api';
import { CONFIG_MAPS, configMap, made, madeNamespace, NAMESPACE } from './made';

let sandbox: TestSandbox;
let api: KubernetesApi;

beforeAll(async () => {
  sandbox = await startTestSandbox();
});
beforeEach(async () => {
  api = await kubernetesApi(sandbox);
  await madeNamespace(api);
});
afterEach(() => sandbox.control.reset());
afterAll(() => sandbox.stop());

const names = ({ items }: ApiObject): readonly string[] => items.map(({ metadata }) => metadata.name);

describe('discovery', () => {
  it('names the version of the control plane, the groups and the resources', async () => {
    expect((await api.get('/version')).json).toMatchObject({
      gitVersion: expect.stringMatching(/^v1\.32\.\d+-eks-/),
    });
    expect((await api.get('/api')).json).toMatchObject({ kind: 'APIVersions', versions: ['v1'] });
    const { json: groups } = await api.get('/apis');
    expect(groups).toMatchObject({
      groups: expect.arrayContaining(
        ['apps', 'batch', 'policy', 'events.k8s.io'].map((name) => expect.objectContaining({ name })),
      ),
    });
    const { json } = await api.get('/api/v1');
    expect(json).toMatchObject({
      kind: 'APIResourceList',
      groupVersion: 'v1',
      resources: expect.arrayContaining([
        expect.objectContaining({ name: 'pods', namespaced: true, kind: 'Pod', shortNames: ['po'] }),
        expect.objectContaining({ name: 'pods/eviction', group: 'policy', version: 'v1', kind: 'Eviction' }),
      ]),
    });
    for (const path of [
      '/apis/apps',
      '/apis/apps/v1',
      '/apis/policy/v1',
      '/apis/batch/v1',
      '/apis/events.k8s.io/v1',
    ])
      expect([path, (await api.get(path)).status]).toEqual([path, 200]);
    expect((await api.get('/readyz')).text).toBe('ok');
  });

  it('answers what there is not with 404', async () => {
    expect(await api.get('/nothing')).toMatchObject({ status: 404, text: '404 page not found\n' });
    expect((await api.get('/apis/apps/v1/gadgets')).json).toMatchObject({
      code: 404,
      message: 'the server could not find the requested resource',
    });
    expect((await api.get(`${CONFIG_MAPS}/a/log`)).status).toBe(404);
    expect((await api.send('POST', `${CONFIG_MAPS}/a`, {})).status).toBe(405);
  });
});

describe('one object', () => {
  it('is shown whole, or its metadata alone', async () => {
    await made(api, CONFIG_MAPS, configMap('a', {}, { key: 'value' }));
    const whole = await api.get(`${CONFIG_MAPS}/a`);
    expect(whole.json).toMatchObject({ kind: 'ConfigMap', apiVersion: 'v1', data: { key: 'value' } });
    const accept = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';
    const partial = await api.get(`${CONFIG_MAPS}/a`, { headers: { accept } });
    expect(partial.json).toEqual({
      kind: 'PartialObjectMetadata',
      apiVersion: 'meta.k8s.io/v1',
      metadata: whole.json.metadata,
    });
  });

  it('is not found in the words of Kubernetes', async () => {
    expect((await api.get('/apis/apps/v1/namespaces/kdb/deployments/none')).json).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: 'deployments.apps "none" not found',
      reason: 'NotFound',
      details: { name: 'none', group: 'apps', kind: 'deployments' },
      code: 404,
    });
  });

  test.each([
    ['application/vnd.kubernetes.protobuf,application/json', 200],
    ['application/json;as=Table;v=v1;g=meta.k8s.io,application/json', 200],
    ['*/*', 200],
    ['application/vnd.kubernetes.protobuf', 406],
    ['text/html', 406],
  ])('with Accept: %s is answered %i', async (accept, status) => {
    await made(api, CONFIG_MAPS, configMap('a'));
    const answer = await api.get(`${CONFIG_MAPS}/a`, { headers: { accept } });
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('application/json');
  });
});

describe('a list', () => {
  beforeEach(async () => {
    for (const [index, tier] of ['front', 'back', 'back', 'batch'].entries())
      await made(api, CONFIG_MAPS, configMap(`map-${index}`, { tier, [`n${index}`]: '' }));
  });

  it('has items without kind, and the number of the latest change', async () => {
    const { json } = await api.get(CONFIG_MAPS);
    expect(json).toMatchObject({ kind: 'ConfigMapList', apiVersion: 'v1' });
    expect(names(json)).toEqual(['map-0', 'map-1', 'map-2', 'map-3']);
    expect(json.items[0]).not.toHaveProperty('kind');
    expect(Number(json.metadata.resourceVersion)).toBeGreaterThanOrEqual(
      Number(json.items[3]!.metadata.resourceVersion),
    );
    expect((await api.get('/api/v1/namespaces/other/configmaps')).json.items).toEqual([]);
  });

  test.each([
    ['tier=back', ['map-1', 'map-2']],
    ['tier==front', ['map-0']],
    ['tier!=back', ['map-0', 'map-3']],
    ['tier in (front, batch)', ['map-0', 'map-3']],
    ['tier notin (back)', ['map-0', 'map-3']],
    ['n2', ['map-2']],
    ['!n2', ['map-0', 'map-1', 'map-3']],
    ['tier in (back),!n1', ['map-2']],
  ])('by labels %s', async (selector, expected) => {
    expect(
      names((await api.get(`${CONFIG_MAPS}?labelSelector=${encodeURIComponent(selector)}`)).json),
    ).toEqual(expected);
  });

  test.each([
    ['metadata.name=map-1', ['map-1']],
    ['metadata.name!=map-1', ['map-0', 'map-2', 'map-3']],
    [`metadata.namespace=${NAMESPACE},metadata.name=map-2`, ['map-2']],
  ])('by fields %s', async (selector, expected) => {
    expect(
      names((await api.get(`${CONFIG_MAPS}?fieldSelector=${encodeURIComponent(selector)}`)).json),
    ).toEqual(expected);
  });

  it('by a field that there is not, or a selector that cannot be read, is refused', async () => {
    expect((await api.get('/api/v1/pods?fieldSelector=spec.foo%3Dbar')).json).toMatchObject({
      code: 400,
      message:
        'Unable to find "/v1, Resource=pods" that match label selector "", field selector "spec.foo=bar": field label not supported: spec.foo',
    });
    expect((await api.get(`${CONFIG_MAPS}?labelSelector=${encodeURIComponent('a b')}`)).status).toBe(400);
  });

  it('comes in pages of what there was when the first was sent', async () => {
    const first = (await api.get(`${CONFIG_MAPS}?limit=2`)).json;
    expect(first.metadata.remainingItemCount).toBe(2);
    await made(api, CONFIG_MAPS, configMap('map-9'));
    await api.send('DELETE', `${CONFIG_MAPS}/map-2`, undefined);
    const token = encodeURIComponent(first.metadata.continue ?? '');
    const second = (await api.get(`${CONFIG_MAPS}?limit=2&continue=${token}`)).json;
    expect([...names(first), ...names(second)]).toEqual(['map-0', 'map-1', 'map-2', 'map-3']);
    expect(second.metadata).toEqual({ resourceVersion: first.metadata.resourceVersion });
  });

  it('cannot go on once its token has expired, but from another token at the present', async () => {
    const first = (await api.get(`${CONFIG_MAPS}?limit=2`)).json;
    await made(api, CONFIG_MAPS, configMap('map-9'));
    await sandbox.control.foreign({ kind: 'kubernetes-compact', clusterName: 'trading-prod' });
    const token = encodeURIComponent(first.metadata.continue ?? '');
    const expired = await api.get(`${CONFIG_MAPS}?limit=2&continue=${token}`);
    expect(expired.json).toMatchObject({ code: 410, reason: 'Expired' });
    const again = encodeURIComponent(expired.json.metadata.continue ?? '');
    const rest = await api.get(`${CONFIG_MAPS}?limit=9&continue=${again}`);
    expect(names(rest.json)).toEqual(['map-2', 'map-3', 'map-9']);
  });

  it('with a token that is none, or a number that is too large, is refused', async () => {
    expect((await api.get(`${CONFIG_MAPS}?limit=2&continue=x`)).status).toBe(400);
    expect((await api.get(`${CONFIG_MAPS}?resourceVersion=abc`)).status).toBe(400);
    const late = await api.get(`${CONFIG_MAPS}?resourceVersion=999999&resourceVersionMatch=NotOlderThan`);
    expect(late.json).toMatchObject({
      code: 504,
      reason: 'Timeout',
      message: expect.stringMatching(/^Timeout: Too large/),
    });
    expect(late.headers['retry-after']).toBe('1');
  });

  it('of metadata alone', async () => {
    const accept = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';
    const { json } = await api.get(CONFIG_MAPS, { headers: { accept } });
    expect(json).toMatchObject({ kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1' });
    expect(json.items[0]).toMatchObject({ kind: 'PartialObjectMetadata' });
  });
});

describe('pods, nodes and events by their own fields', () => {
  const chosen = async (path: string, selector: string): Promise<readonly string[]> =>
    names((await api.get(`${path}?fieldSelector=${encodeURIComponent(selector)}`)).json);

  it('events by what they are about, in both of their groups', async () => {
    const events = `/api/v1/namespaces/${NAMESPACE}/events`;
    const about = (name: string) => ({
      involvedObject: { kind: 'Pod', name, namespace: NAMESPACE, uid: `uid-${name}` },
      reason: 'Evicted',
      message: 'gone',
      type: 'Normal',
      source: { component: 'kubelet' },
    });
    for (const name of ['a', 'b'])
      await made(api, events, { metadata: { name: `e-${name}` }, ...about(name) });
    expect(await chosen(events, 'involvedObject.name=a,involvedObject.kind=Pod')).toEqual(['e-a']);
    expect(await chosen(events, 'involvedObject.uid=uid-b')).toEqual(['e-b']);
    expect(await chosen(events, 'source=kubelet,type=Normal')).toEqual(['e-a', 'e-b']);
    const other = await api.get(`/apis/events.k8s.io/v1/namespaces/${NAMESPACE}/events/e-a`);
    expect(other.json).toMatchObject({
      apiVersion: 'events.k8s.io/v1',
      note: 'gone',
      regarding: { name: 'a' },
      deprecatedSource: { component: 'kubelet' },
    });
    const listed = await api.get(`/apis/events.k8s.io/v1/namespaces/${NAMESPACE}/events`);
    expect(listed.json).toMatchObject({ kind: 'EventList', apiVersion: 'events.k8s.io/v1' });
  });

  it('nodes by whether they are cordoned', async () => {
    for (const [name, unschedulable] of [
      ['judged-a', true],
      ['judged-b', undefined],
    ] as const)
      await made(api, '/api/v1/nodes', {
        metadata: { name, labels: { judged: '' } },
        spec: { unschedulable },
      });
    const nodes = '/api/v1/nodes?labelSelector=judged&fieldSelector=spec.unschedulable%3D';
    expect(names((await api.get(`${nodes}true`)).json)).toEqual(['judged-a']);
    expect(names((await api.get(`${nodes}false`)).json)).toEqual(['judged-b']);
  });
});
