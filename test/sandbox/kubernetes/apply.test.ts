/** Server-side apply in the sandbox: who owns which field, and who is told so. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { startTestSandbox, type TestSandbox } from '../start';
import { type ApiAnswer, type ApiObject, type KubernetesApi, kubernetesApi } from './api';
import { DEPLOYMENTS, deployment, made, madeNamespace } from './made';

const GW = `${DEPLOYMENTS}/gw`;
const MERGE = { type: 'application/merge-patch+json' };
const PREFIX = 'slipway.dev';

let sandbox: TestSandbox;
let api: KubernetesApi;
let before: ApiObject;

beforeAll(async () => {
  sandbox = await startTestSandbox();
});
beforeEach(async () => {
  api = await kubernetesApi(sandbox);
  await madeNamespace(api);
  await made(api, DEPLOYMENTS, deployment('gw', { other: '1' }));
  before = await settled();
});
afterEach(() => sandbox.control.reset());
afterAll(() => sandbox.stop());

/** The object once the controllers have seen it: they write its status. */
async function settled(): Promise<ApiObject> {
  await api.get(GW);
  return (await api.get(GW)).json;
}

type Annotations = Readonly<Record<string, string>>;

interface Applying {
  readonly manager?: string;
  readonly query?: string;
  readonly metadata?: object;
}

function apply(
  annotations: Annotations,
  { manager = 'slipway', query = '', metadata = {} }: Applying = {},
): Promise<ApiAnswer> {
  const body = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'gw', ...metadata },
    spec: { template: { metadata: { annotations } } },
  };
  const type = 'application/apply-patch+yaml';
  return api.send('PATCH', `${GW}?fieldManager=${manager}&fieldValidation=Strict${query}`, body, { type });
}

function annotations({ spec }: ApiObject): Annotations {
  return (spec as { readonly template: { readonly metadata: { readonly annotations: Annotations } } })
    .template.metadata.annotations;
}

const code = (version: string): Annotations => ({ [`${PREFIX}/code`]: version });

describe('applying', () => {
  it('adds one item to a list, wherever its key stands among its fields', async () => {
    const initContainers = [{ image: 'fetch:1', env: [{ value: '1', name: 'A' }], name: 'fetch' }];
    const body = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'gw' },
      spec: { template: { spec: { initContainers } } },
    };
    const type = 'application/apply-patch+yaml';
    for (const time of [1, 2]) {
      const { json } = await api.send('PATCH', `${GW}?fieldManager=slipway`, body, { type });
      const { template } = json.spec as { readonly template: { readonly spec: object } };
      expect([time, template.spec]).toMatchObject([time, { initContainers }]);
    }
  });

  it('sets the fields, owns them, and leaves all others alone', async () => {
    const { status, json } = await apply(code('1'));
    expect(status).toBe(200);
    expect(annotations(json)).toEqual({ other: '1', ...code('1') });
    expect(json.metadata.generation).toBe((before.metadata.generation ?? 0) + 1);
    expect(json.metadata.managedFields).toContainEqual({
      manager: 'slipway',
      operation: 'Apply',
      apiVersion: 'apps/v1',
      time: expect.any(String),
      fieldsType: 'FieldsV1',
      fieldsV1: {
        'f:spec': { 'f:template': { 'f:metadata': { 'f:annotations': { [`f:${PREFIX}/code`]: {} } } } },
      },
    });
  });

  it('the same again changes nothing, not even the number', async () => {
    await apply(code('1'));
    const { metadata } = await settled();
    expect((await apply(code('1'))).json.metadata).toEqual(metadata);
  });

  it('takes away what it does not say any more and nobody else owns', async () => {
    await apply({ ...code('1'), mine: 'a', shared: 'b' });
    await apply({ shared: 'b' }, { manager: 'somebody' });
    expect(annotations((await apply(code('2'))).json)).toEqual({ other: '1', shared: 'b', ...code('2') });
  });

  it('in a dry run shows what it would be and changes nothing', async () => {
    expect(annotations((await apply(code('1'), { query: '&dryRun=All' })).json)).toMatchObject(code('1'));
    expect((await api.get(GW)).json.metadata).toEqual(before.metadata);
  });

  it('of the same value shares the ownership, in peace', async () => {
    expect((await apply({ other: '1' })).status).toBe(200);
    expect((await apply({ other: '1' }, { manager: 'somebody' })).status).toBe(200);
  });
});

describe('conflicts', () => {
  it('name the manager and the field, where another one has set another value', async () => {
    await apply(code('1'));
    const { json } = await apply(code('2'), { manager: 'somebody' });
    expect(json).toMatchObject({
      code: 409,
      reason: 'Conflict',
      message: `Apply failed with 1 conflict: conflict with "slipway": .spec.template.metadata.annotations.${PREFIX}/code`,
      details: {
        name: 'gw',
        group: 'apps',
        kind: 'deployments',
        causes: [
          {
            reason: 'FieldManagerConflict',
            message: 'conflict with "slipway"',
            field: `.spec.template.metadata.annotations.${PREFIX}/code`,
          },
        ],
      },
    });
    expect(annotations((await api.get(GW)).json)).toMatchObject(code('1'));
  });

  it('come of an update as well: it takes the fields over', async () => {
    await apply(code('1'));
    const patch = { spec: { template: { metadata: { annotations: code('2') } } } };
    await api.send('PATCH', `${GW}?fieldManager=kubectl-rollout`, patch, MERGE);
    const { json } = await apply(code('1'));
    expect(json.message).toMatch(
      /^Apply failed with 1 conflict: conflict with "kubectl-rollout" using apps\/v1 at \d{4}-/,
    );
    expect((await apply(code('2'))).status).toBe(200);
  });

  it('are won by force, and the former owner loses the field', async () => {
    await apply(code('1'));
    const { json } = await apply(code('2'), { manager: 'somebody', query: '&force=true' });
    expect(annotations(json)).toMatchObject(code('2'));
    const own = json.metadata.managedFields?.map(({ manager, operation }) => `${manager} ${operation}`);
    expect(own).not.toContain('slipway Apply');
    expect(own).toContain('somebody Apply');
  });
});

describe('guards', () => {
  it('a number that is gone is a conflict of its own kind', async () => {
    const { resourceVersion, uid } = before.metadata;
    expect((await apply(code('1'), { metadata: { resourceVersion, uid } })).status).toBe(200);
    const { json } = await apply(code('2'), { metadata: { resourceVersion, uid } });
    expect(json).toMatchObject({
      code: 409,
      message: expect.stringContaining('the object has been modified'),
    });
    expect(json).not.toHaveProperty('details.causes');
  });

  it('a uid that is another one, or of a name that is gone, is a failed precondition', async () => {
    expect((await apply(code('1'), { metadata: { uid: 'x' } })).json).toMatchObject({
      code: 409,
      message: `Operation cannot be fulfilled on deployments.apps "gw": Precondition failed: UID in precondition: x, UID in object meta: ${before.metadata.uid}`,
    });
    await api.send('DELETE', GW, undefined);
    const gone = await apply(code('1'), { metadata: { uid: before.metadata.uid } });
    expect([gone.status, gone.json.message]).toEqual([409, expect.stringContaining('Precondition failed')]);
  });

  it('a name that is gone is made anew where nothing says which object it was', async () => {
    const body = deployment('fresh');
    const type = 'application/apply-patch+yaml';
    const path = `${DEPLOYMENTS}/fresh?fieldManager=kubectl`;
    const { status, json } = await api.send('PATCH', path, body, { type });
    expect([status, json.metadata.managedFields?.[0]?.operation]).toEqual([201, 'Apply']);
    expect((await api.send('PATCH', path, body, { type })).status).toBe(200);
  });

  test.each<[string, () => Promise<ApiAnswer>, number, RegExp]>([
    ['without a manager', () => apply(code('1'), { manager: '' }), 422, /fieldManager: Required value/],
    [
      'with unknown metadata',
      () => applyTemplate({ metadata: { annotation: {} } }),
      400,
      /unknown field "spec.template.metadata.annotation"/,
    ],
    [
      'with a number for an annotation',
      () => applyTemplate({ metadata: { annotations: { a: 1 } } }),
      400,
      /cannot unmarshal number/,
    ],
    [
      'with fields of a manager',
      () => apply(code('1'), { metadata: { managedFields: [] } }),
      400,
      /managedFields must be nil/,
    ],
    [
      'of another name',
      () => apply(code('1'), { metadata: { name: 'x' } }),
      400,
      /does not match the name on the URL/,
    ],
  ])('%s it is refused', async (_how, act, status, message) => {
    const { json } = await act();
    expect([json.code, json.message]).toEqual([status, expect.stringMatching(message)]);
  });

  it('force is for applying alone', async () => {
    const { json } = await api.send('PATCH', `${GW}?force=true`, {}, MERGE);
    expect([json.code, json.message]).toEqual([
      422,
      expect.stringContaining('may not be specified for non-apply patch'),
    ]);
  });
});

function applyTemplate(template: object): Promise<ApiAnswer> {
  const body = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'gw' }, spec: { template } };
  const type = 'application/apply-patch+yaml';
  return api.send('PATCH', `${GW}?fieldManager=slipway&fieldValidation=Strict`, body, { type });
}
