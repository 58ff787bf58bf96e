/** Writing through the Kubernetes API of the sandbox: create, replace, patch in three ways, scale, delete. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { startTestSandbox, type TestSandbox } from '../start';
import { type KubernetesApi, kubernetesApi } from './api';
import { CONFIG_MAPS, configMap, DEPLOYMENTS, deployment, made, madeNamespace, NAMESPACE } from './made';

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

const MERGE = { type: 'application/merge-patch+json' };
const STRATEGIC = { type: 'application/strategic-merge-patch+json' };
const JSON_PATCH = { type: 'application/json-patch+json' };
const GW = `${DEPLOYMENTS}/gw`;

describe('creating', () => {
  it('keeps what the client says and none of what the server alone sets', async () => {
    const metadata = { name: 'gw', uid: 'x', creationTimestamp: '2000-01-01T00:00:00Z', generation: 9 };
    const given = deployment('gw') as { readonly spec: object };
    const { json } = await api.send('POST', DEPLOYMENTS, { ...given, metadata, status: { replicas: 7 } });
    expect(json.metadata).toMatchObject({ name: 'gw', namespace: NAMESPACE, generation: 1 });
    expect(json.metadata.uid).toMatch(/^[0-9a-f-]{36}$/);
    expect(json.status).toBeUndefined();
    expect(json.spec).toMatchObject(given.spec);
  });

  test.each<[string, string, unknown, number, RegExp]>([
    ['twice', CONFIG_MAPS, configMap('taken'), 409, /^configmaps "taken" already exists$/],
    ['without a name', CONFIG_MAPS, { metadata: {} }, 422, /metadata.name: Required value/],
    [
      'with a wrong name',
      CONFIG_MAPS,
      configMap('A_b'),
      422,
      /^ConfigMap "A_b" is invalid: metadata.name: Invalid value/,
    ],
    ['of another kind', CONFIG_MAPS, { kind: 'Pod', metadata: { name: 'a' } }, 400, /ConfigMap/],
    [
      'of another version',
      CONFIG_MAPS,
      { apiVersion: 'v2', metadata: { name: 'a' } },
      400,
      /does not match the expected/,
    ],
    [
      'for another namespace',
      CONFIG_MAPS,
      { metadata: { name: 'a', namespace: 'b' } },
      400,
      /does not match the namespace/,
    ],
    [
      'in no namespace',
      '/api/v1/namespaces/none/configmaps',
      configMap('a'),
      404,
      /^namespaces "none" not found$/,
    ],
    [
      'for all namespaces',
      '/api/v1/configmaps',
      { metadata: { name: 'a', namespace: NAMESPACE } },
      405,
      /does not allow this method/,
    ],
    [
      'with a number for a label',
      CONFIG_MAPS,
      { metadata: { name: 'a', labels: { a: 1 } } },
      400,
      /cannot unmarshal number/,
    ],
    ['that is no JSON object', CONFIG_MAPS, [], 400, /unrecognized/],
  ])('%s is refused', async (_how, path, body, status, message) => {
    await made(api, CONFIG_MAPS, configMap('taken'));
    const { json } = await api.send('POST', path, body);
    expect([json.code, json.message]).toEqual([status, expect.stringMatching(message)]);
  });

  it('refuses protobuf, bodies that are not JSON, and fields that there are not where it is to be strict', async () => {
    const proto = await api.send('POST', CONFIG_MAPS, {}, { type: 'application/vnd.kubernetes.protobuf' });
    expect(proto.json).toMatchObject({ code: 415, reason: 'UnsupportedMediaType' });
    const given = deployment('gw') as { readonly spec: object };
    const wrong = { ...given, spec: { ...given.spec, replica: 1 } };
    expect((await api.send('POST', `${DEPLOYMENTS}?fieldValidation=Strict`, wrong)).json).toMatchObject({
      code: 400,
      message: 'strict decoding error: unknown field "spec.replica"',
    });
    expect((await api.send('POST', DEPLOYMENTS, wrong)).status).toBe(201);
  });

  it('in a dry run makes nothing', async () => {
    expect((await api.send('POST', `${CONFIG_MAPS}?dryRun=All`, configMap('a'))).status).toBe(201);
    expect((await api.get(`${CONFIG_MAPS}/a`)).status).toBe(404);
    const { json } = await api.send('POST', `${CONFIG_MAPS}?dryRun=Some`, configMap('a'));
    expect(json).toMatchObject({
      code: 422,
      message: expect.stringContaining('dryRun: Unsupported value: "Some"'),
    });
  });
});

describe('replacing', () => {
  it('changes the object, and refuses another number or another uid', async () => {
    const before = await made(api, CONFIG_MAPS, configMap('a', {}, { key: '1' }));
    const after = await api.send('PUT', `${CONFIG_MAPS}/a`, { ...before, data: { key: '2' } });
    expect(after.json).toMatchObject({ data: { key: '2' } });
    const late = await api.send('PUT', `${CONFIG_MAPS}/a`, { ...before, data: { key: '3' } });
    expect(late.json).toMatchObject({
      code: 409,
      reason: 'Conflict',
      message:
        'Operation cannot be fulfilled on configmaps "a": the object has been modified; please apply your changes to the latest version and try again',
    });
    const metadata = { name: 'a', uid: 'other' };
    expect((await api.send('PUT', `${CONFIG_MAPS}/a`, { metadata })).json.message).toMatch(
      /Precondition failed: UID/,
    );
  });

  it('takes the namespace from the path where the body has none', async () => {
    await made(api, CONFIG_MAPS, configMap('a', {}, { key: '1' }));
    const { json } = await api.send('PUT', `${CONFIG_MAPS}/a`, configMap('a', {}, { key: '2' }));
    expect(json).toMatchObject({ metadata: { name: 'a', namespace: NAMESPACE }, data: { key: '2' } });
    const nowhere = { metadata: { name: 'a', namespace: '' }, data: { key: '3' } };
    expect((await api.send('PUT', `${CONFIG_MAPS}/a`, nowhere)).json).toMatchObject({ data: { key: '3' } });
    const space = { metadata: { name: NAMESPACE, namespace: 'other', labels: { a: 'b' } } };
    const put = await api.send('PUT', `/api/v1/namespaces/${NAMESPACE}`, space);
    expect(put.json.metadata).toMatchObject({ name: NAMESPACE, labels: { a: 'b' } });
    expect(put.json.metadata).not.toHaveProperty('namespace');
  });

  it('by the status keeps the labels of a Deployment', async () => {
    const before = await made(api, DEPLOYMENTS, {
      ...(deployment('gw') as object),
      metadata: { name: 'gw', labels: { kept: 'yes' } },
    });
    const labels = { kept: 'no' };
    const patched = await api.send('PATCH', `${GW}/status`, { metadata: { labels } }, MERGE);
    expect(patched.json.metadata.labels).toEqual({ kept: 'yes' });
    const { resourceVersion: _, ...metadata } = { ...before.metadata, labels };
    const put = await api.send('PUT', `${GW}/status`, { ...before, metadata });
    expect([put.status, put.json.metadata.labels]).toEqual([200, { kept: 'yes' }]);
  });

  it('leaves the status to its own subresource', async () => {
    const before = await made(api, DEPLOYMENTS, deployment('gw'));
    const status = { observedGeneration: 1, collisionCount: 5 };
    expect((await api.send('PUT', GW, { ...before, status })).json.status).not.toMatchObject({
      collisionCount: 5,
    });
    const put = await api.send('PATCH', `${GW}/status`, { status, spec: { replicas: 3 } }, MERGE);
    expect(put.json).toMatchObject({ status: { collisionCount: 5 }, spec: { replicas: 0 } });
  });
});

describe('patching', () => {
  beforeEach(() => made(api, DEPLOYMENTS, deployment('gw', { kept: 'yes' })));

  it('by JSON patch', async () => {
    const path = '/spec/template/metadata/annotations/new';
    const { json } = await api.send('PATCH', GW, [{ op: 'add', path, value: 'v' }], JSON_PATCH);
    expect(json.spec).toMatchObject({ template: { metadata: { annotations: { kept: 'yes', new: 'v' } } } });
    const failed = await api.send('PATCH', GW, [{ op: 'test', path, value: 'w' }], JSON_PATCH);
    expect(failed.json).toMatchObject({ code: 422, reason: 'Invalid' });
  });

  it('by merge patch, where null takes away and a list is replaced as a whole', async () => {
    const template = {
      metadata: { annotations: { kept: null, a: 'b' } },
      spec: { containers: [{ name: 'r' }] },
    };
    const { json } = await api.send('PATCH', GW, { spec: { template } }, MERGE);
    expect(json.spec).toMatchObject({
      template: { metadata: { annotations: { a: 'b' } }, spec: { containers: [{ name: 'r' }] } },
    });
  });

  it('by strategic merge patch: lists by key, order, deletion, replacement', async () => {
    const containers = [
      {
        name: 'q',
        env: [
          { name: 'B', value: '2' },
          { name: 'A', $patch: 'delete' },
        ],
      },
      { name: 'side', image: 'side:1' },
    ];
    const $setElementOrder = { '$setElementOrder/containers': [{ name: 'side' }, { name: 'q' }] };
    const merged = await api.send(
      'PATCH',
      GW,
      { spec: { template: { spec: { containers, ...$setElementOrder } } } },
      STRATEGIC,
    );
    expect(merged.json.spec).toMatchObject({
      template: {
        spec: {
          containers: [
            { name: 'side', image: 'side:1' },
            { name: 'q', image: 'kdb:1', env: [{ name: 'B', value: '2' }] },
          ],
        },
      },
    });
    const template = {
      $patch: 'replace',
      metadata: { labels: { app: 'gw' } },
      spec: { containers: [{ name: 'q', image: 'kdb:2' }] },
    };
    const replaced = await api.send('PATCH', GW, { spec: { template } }, STRATEGIC);
    expect(replaced.json.spec).toMatchObject({
      template: { spec: { containers: [{ name: 'q', image: 'kdb:2' }] } },
    });
    expect((replaced.json.spec as { readonly template: unknown }).template).not.toHaveProperty('$patch');
  });

  it('counts a changed spec, and nothing for a patch that changes nothing', async () => {
    const before = (await api.get(GW)).json;
    const same = await api.send('PATCH', GW, { spec: { paused: true } }, MERGE);
    expect(same.json.metadata.resourceVersion).toBe(before.metadata.resourceVersion);
    const changed = await api.send('PATCH', GW, { spec: { minReadySeconds: 5 } }, MERGE);
    expect(changed.json.metadata.generation).toBe((before.metadata.generation ?? 0) + 1);
  });

  it('in a dry run shows what it would be and changes nothing', async () => {
    const before = (await api.get(GW)).json;
    const dry = await api.send('PATCH', `${GW}?dryRun=All`, { metadata: { annotations: { a: 'b' } } }, MERGE);
    expect(dry.json.metadata.annotations).toEqual({ a: 'b' });
    expect((await api.get(GW)).json.metadata).toEqual(before.metadata);
  });

  test.each<[string, unknown, object, number, RegExp]>([
    ['with a number that is gone', { metadata: { resourceVersion: '1' } }, MERGE, 409, /has been modified/],
    ['for another uid', { metadata: { uid: 'x' } }, MERGE, 409, /Precondition failed/],
    ['with another selector', { spec: { selector: { matchLabels: { app: 'x' } } } }, MERGE, 422, /immutable/],
    ['with too few replicas', { spec: { replicas: -1 } }, MERGE, 422, /greater than or equal to 0/],
    ['of an unknown type', {}, { type: 'application/json' }, 415, /unknown format/],
    ['with an unknown directive', { spec: { $patch: 'swap' } }, STRATEGIC, 400, /Unknown patch type/],
    ['that is no list', {}, JSON_PATCH, 400, /not a JSON array/],
    [
      'with annotations that are too long',
      { metadata: { annotations: { a: 'x'.repeat(262_144) } } },
      MERGE,
      422,
      /Too long/,
    ],
  ])('%s is refused', async (_how, body, type, status, message) => {
    const { json } = await api.send('PATCH', GW, body, type);
    expect([json.code, json.message]).toEqual([status, expect.stringMatching(message)]);
  });
});

describe('scaling', () => {
  it('reads and changes the replicas alone', async () => {
    await made(api, DEPLOYMENTS, deployment('gw'));
    const before = await api.get(`${GW}/scale`);
    expect(before.json).toMatchObject({
      kind: 'Scale',
      apiVersion: 'autoscaling/v1',
      spec: { replicas: 0 },
      status: { selector: 'app=gw' },
    });
    expect((await api.send('PATCH', `${GW}/scale`, { spec: { replicas: 2 } }, MERGE)).json.spec).toEqual({
      replicas: 2,
    });
    expect((await api.get(GW)).json.spec).toMatchObject({ replicas: 2 });
    const late = await api.send('PUT', `${GW}/scale`, before.json);
    expect(late.json).toMatchObject({ code: 409, message: expect.stringContaining('has been modified') });
  });
});

describe('deleting', () => {
  it('takes an object away, when it is still the one that is meant', async () => {
    const { metadata } = await made(api, CONFIG_MAPS, configMap('a'));
    const other = await api.send('DELETE', `${CONFIG_MAPS}/a`, { preconditions: { uid: 'other' } });
    expect(other.json).toMatchObject({
      code: 409,
      message: `Operation cannot be fulfilled on configmaps "a": the UID in the precondition (other) does not match the UID in record (${metadata.uid}). The object might have been deleted and then recreated`,
    });
    expect((await api.send('DELETE', `${CONFIG_MAPS}/a?dryRun=All`, undefined)).status).toBe(200);
    const gone = await api.send('DELETE', `${CONFIG_MAPS}/a`, { preconditions: { uid: metadata.uid } });
    expect(gone.json).toMatchObject({ kind: 'Status', status: 'Success' });
    expect((await api.send('DELETE', `${CONFIG_MAPS}/a`, undefined)).status).toBe(404);
  });

  it('takes all away that are selected', async () => {
    for (const name of ['a', 'b', 'c'])
      await made(api, CONFIG_MAPS, configMap(name, { keep: String(name === 'b') }));
    await api.send('DELETE', `${CONFIG_MAPS}?labelSelector=keep%3Dfalse`, undefined);
    expect((await api.get(CONFIG_MAPS)).json.items.map(({ metadata }) => metadata.name)).toEqual(['b']);
  });
});
