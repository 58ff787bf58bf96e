/** What the Kubernetes API of the sandbox has for pods alone: evictions, logs, choice by node. */
import { request } from 'node:https';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { startTestSandbox, type TestSandbox } from '../start';
import { type ApiObject, type KubernetesApi, kubernetesApi } from './api';

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

const TICK = '/api/v1/namespaces/tick/pods';

async function podsOf(namespace: string): Promise<readonly ApiObject[]> {
  return (await api.get(`/api/v1/namespaces/${namespace}/pods`)).json.items;
}

describe('pods by their own fields', () => {
  it('are those of one node, of one phase', async () => {
    const [first] = await podsOf('tick');
    const { nodeName } = (first?.spec ?? {}) as { readonly nodeName?: string };
    const selector = encodeURIComponent(`spec.nodeName=${nodeName},status.phase=Running`);
    const { items } = (await api.get(`/api/v1/pods?fieldSelector=${selector}`)).json;
    expect(items.map(({ metadata }) => metadata.name)).toContain(first?.metadata.name);
    for (const { spec, status } of items)
      expect([spec, status]).toMatchObject([{ nodeName }, { phase: 'Running' }]);
    const none = encodeURIComponent(`spec.nodeName=${nodeName},status.phase=Pending`);
    expect((await api.get(`/api/v1/pods?fieldSelector=${none}`)).json.items).toEqual([]);
  });
});

describe('an eviction', () => {
  const evict = (name: string, deleteOptions: object, query = '') =>
    api.send('POST', `${TICK}/${name}/eviction${query}`, {
      apiVersion: 'policy/v1',
      kind: 'Eviction',
      metadata: { name, namespace: 'tick' },
      deleteOptions,
    });

  it('in a dry run is answered 201, by the body or the query, and changes nothing', async () => {
    const before = (await api.get(`${TICK}/hdb-0`)).json.metadata;
    for (const answer of [
      await evict('hdb-0', { dryRun: ['All'] }),
      await evict('hdb-0', {}, '?dryRun=All'),
    ]) {
      expect(answer.status).toBe(201);
      expect(answer.json).toEqual({
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Success',
        code: 201,
      });
    }
    expect((await api.get(`${TICK}/hdb-0`)).json.metadata).toEqual(before);
  });

  it('goes for the pod of this uid alone', async () => {
    const { uid } = (await api.get(`${TICK}/hdb-0`)).json.metadata;
    const other = await evict('hdb-0', { preconditions: { uid: 'other' } });
    expect(other.json).toMatchObject({
      code: 409,
      message: expect.stringContaining('The object might have been deleted'),
    });
    expect((await evict('hdb-0', { preconditions: { uid }, gracePeriodSeconds: 5 })).status).toBe(201);
    expect((await api.get(`${TICK}/hdb-0`)).json).toMatchObject({
      metadata: { deletionGracePeriodSeconds: 5 },
      status: { conditions: expect.arrayContaining([expect.objectContaining({ type: 'DisruptionTarget' })]) },
    });
  });

  it('of no pod, or of another one than the path says, is refused', async () => {
    expect((await evict('none', {})).json).toMatchObject({ code: 404, message: 'pods "none" not found' });
    const other = await api.send('POST', `${TICK}/hdb-0/eviction`, { metadata: { name: 'hdb-1' } });
    expect(other.json).toMatchObject({
      code: 400,
      message: 'name in URL does not match name in Eviction object',
    });
  });

  it('that a budget refuses names it, and leaves no trace in the cluster', async () => {
    const pod = (await podsOf('kube-system')).find(({ metadata }) => metadata.name.startsWith('kube-proxy-'));
    const { name = '', labels = {} } = pod?.metadata ?? {};
    const [budgets, selector] = [
      '/apis/policy/v1/namespaces/kube-system/poddisruptionbudgets',
      { matchLabels: labels },
    ];
    const budget = { metadata: { name: 'held' }, spec: { minAvailable: 100, selector } };
    expect((await api.send('POST', budgets, budget)).status).toBe(201);
    const before = await trace(name);
    const eviction = { metadata: { name, namespace: 'kube-system' } };
    expect((await api.send('POST', `${SYSTEM}/pods/${name}/eviction`, eviction)).json).toMatchObject({
      code: 429,
      reason: 'TooManyRequests',
      details: {
        causes: [
          {
            reason: 'DisruptionBudget',
            message: expect.stringMatching(
              /^The disruption budget held needs 100 healthy pods and has \d+ currently$/,
            ),
          },
        ],
      },
    });
    expect(await trace(name)).toEqual(before);
  });

  const SYSTEM = '/api/v1/namespaces/kube-system';

  /** What of the cluster could tell of an eviction. */
  async function trace(name: string): Promise<unknown> {
    const { metadata } = (await api.get(`${SYSTEM}/pods/${name}`)).json;
    return [metadata, (await api.get('/api/v1/events')).json.items.length];
  }
});

describe('a log', () => {
  it('is the last lines of a container, with their times where that is asked for', async () => {
    const whole = (await api.get(`${TICK}/hdb-0/log?container=${await container()}`)).text;
    const lines = whole.trimEnd().split('\n');
    const tail = await api.get(
      `${TICK}/hdb-0/log?container=${await container()}&tailLines=1&timestamps=true`,
    );
    expect(tail.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(tail.text).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z .*\n$/);
    expect(tail.text.endsWith(`${lines.at(-1)}\n`)).toBe(true);
    const none = await api.get(`${TICK}/hdb-0/log?container=${await container()}&tailLines=0`);
    expect([none.status, none.text]).toEqual([200, '']);
  });

  it('from a time on begins with the second of that time, as on a real cluster', async () => {
    const path = `${TICK}/hdb-0/log?container=${await container()}&timestamps=true`;
    const { text } = await api.get(`${path}&tailLines=1`);
    const second = text.slice(0, '2026-01-01T00:00:00'.length);
    const since = await api.get(`${path}&sinceTime=${second}.999999999Z`);
    expect(since.text).toContain(text);
  });

  it('ends at its limit of bytes, also while it is followed', async () => {
    const path = `${TICK}/hdb-0/log?container=${await container()}`;
    const { text } = await api.get(path);
    for (const query of ['limitBytes=10', 'limitBytes=10&follow=true'])
      expect((await api.get(`${path}&${query}`)).text).toBe(text.slice(0, 10));
  });

  it('goes on while it is followed, until the pod is gone', async () => {
    const path = `${TICK}/hdb-0/log?container=${await container()}&follow=true&tailLines=1`;
    const ended = new Promise<string>((resolve, reject) => {
      const headers = { authorization: `Bearer ${api.token}` };
      const sent = request(`${api.url}${path}`, { headers, ca: api.ca, agent: false }, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => {
          text += chunk.toString();
        });
        response.once('end', () => resolve(text));
        response.once('error', reject);
      });
      sent.once('error', reject);
      sent.end();
    });
    await expect
      .poll(async () => (await sandbox.control.requests({ operation: 'get pods/log' })).length)
      .toBe(1);
    expect((await api.send('DELETE', `${TICK}/hdb-0?gracePeriodSeconds=0`, undefined)).status).toBe(200);
    expect(await ended).toMatch(/\n$/);
  });

  test.each([
    ['of a container that there is not', 'container=none', /^container none is not valid for pod hdb-0$/],
    [
      'of a predecessor that there was not',
      'previous=true',
      /^previous terminated container ".*" in pod "hdb-0" not found$/,
    ],
    ['with a tail that is no number', 'tailLines=x', /invalid syntax/],
  ])('%s is refused in the words of the kubelet', async (_what, query, message) => {
    const named = query.startsWith('container=') ? query : `container=${await container()}&${query}`;
    const { json } = await api.get(`${TICK}/hdb-0/log?${named}`);
    expect([json.code, json.message]).toEqual([400, expect.stringMatching(message)]);
  });

  async function container(): Promise<string> {
    const { spec } = (await api.get(`${TICK}/hdb-0`)).json;
    return (spec as { readonly containers: readonly { readonly name: string }[] }).containers[0]?.name ?? '';
  }
});
