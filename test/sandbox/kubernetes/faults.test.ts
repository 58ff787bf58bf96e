/** What goes wrong on purpose in the Kubernetes APIs of the sandbox. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestSandbox, type TestSandbox } from '../start';
import { type KubernetesApi, kubernetesApi } from './api';
import { CONFIG_MAPS, configMap, made, madeNamespace } from './made';

const WATCH = `${CONFIG_MAPS}?watch=true`;
const service = 'kubernetes';

let sandbox: TestSandbox;
let api: KubernetesApi;

beforeAll(async () => {
  sandbox = await startTestSandbox();
});
beforeEach(async () => {
  api = await kubernetesApi(sandbox);
  await madeNamespace(api);
  for (const name of ['a', 'b', 'c']) await made(api, CONFIG_MAPS, configMap(name));
});
afterEach(() => sandbox.control.reset());
afterAll(() => sandbox.stop());

describe('a fault', () => {
  it('is a Status of its own, with headers, for the operations that it names', async () => {
    const throttled = { status: 429, code: 'TooManyRequests', message: 'The request was rejected.' };
    await sandbox.control.fault({
      ...throttled,
      kind: 'error',
      service,
      operation: 'list configmaps',
      headers: { 'retry-after': '3' },
      times: 1,
    });
    expect((await api.get(`${CONFIG_MAPS}/a`)).status).toBe(200);
    const refused = await api.get(CONFIG_MAPS);
    expect(refused.json).toMatchObject({ kind: 'Status', code: 429, reason: 'TooManyRequests' });
    expect(refused.headers['retry-after']).toBe('3');
    expect((await api.get(CONFIG_MAPS)).status).toBe(200);
    const [logged] = (await sandbox.control.requests({ service })).filter(({ fault }) => fault !== undefined);
    expect(logged).toMatchObject({ operation: 'list configmaps', fault: 'error', status: 429 });
  });

  it('is a page of somebody between the two, a lost connection, or a wrong clock', async () => {
    await sandbox.control.fault({ kind: 'html', service, status: 503, times: 1 });
    expect((await api.get(CONFIG_MAPS)).headers['content-type']).toBe('text/html');
    await sandbox.control.fault({ kind: 'reset', service, times: 1 });
    await expect(api.get(CONFIG_MAPS)).rejects.toThrow(/socket hang up|ECONNRESET/);
    await sandbox.control.fault({ kind: 'skew', service, ms: 3_600_000, times: 1 });
    const late = await api.get(CONFIG_MAPS);
    expect(late.status).toBe(401);
    expect(Date.parse(late.headers.date ?? '') - Date.now()).toBeGreaterThan(3_000_000);
  });

  it('carries a change out whose answer is lost', async () => {
    await sandbox.control.fault({ kind: 'reset-after', service, operation: 'create configmaps' });
    await expect(api.send('POST', CONFIG_MAPS, configMap('d'))).rejects.toThrow(/socket hang up|ECONNRESET/);
    expect((await api.get(`${CONFIG_MAPS}/d`)).status).toBe(200);
  });

  it('makes a list that never ends', async () => {
    await sandbox.control.fault({ kind: 'endless-list', service });
    let token = '';
    for (const _page of [1, 2, 3, 4, 5]) {
      const { json } = await api.get(`${CONFIG_MAPS}?limit=2&continue=${encodeURIComponent(token)}`);
      expect(json.items).toHaveLength(2);
      token = json.metadata.continue ?? '';
      expect(token).not.toBe('');
    }
  });

  it('expires a watch, and leaves lists alone', async () => {
    await sandbox.control.fault({ kind: 'watch-expired', service, times: 1 });
    expect((await api.get(CONFIG_MAPS)).status).toBe(200);
    const watch = await api.watch(WATCH);
    expect(await watch.next()).toMatchObject({ type: 'ERROR', object: { code: 410 } });
    expect(await watch.next()).toBeUndefined();
  });

  it('keeps a watch mute, also for bookmarks', async () => {
    await sandbox.control.fault({ kind: 'watch-mute', service, times: 1 });
    const watch = await api.watch(`${WATCH}&allowWatchBookmarks=true&timeoutSeconds=2`);
    expect(watch.status).toBe(200);
    await made(api, CONFIG_MAPS, configMap('d'));
    await sandbox.control.advance(61_000);
    expect(await watch.next()).toBeUndefined();
  });

  it('breaks a watch in the middle of an event', async () => {
    await sandbox.control.fault({ kind: 'truncate', service, operation: 'watch configmaps', times: 1 });
    const watch = await api.watch(WATCH);
    await expect(watch.next()).rejects.toThrow(/aborted|ECONNRESET/);
  });
});

describe('an API server that is gone for a while', () => {
  it('resets connections and watches until simulated time has passed, and knows all afterwards', async () => {
    const watch = await api.watch(`${WATCH}&resourceVersion=1`);
    for (const _name of ['a', 'b', 'c']) await watch.next();
    await sandbox.control.foreign({ kind: 'kubernetes-gone', clusterName: 'trading-prod', minutes: 5 });
    await expect(watch.next()).rejects.toThrow(/aborted|ECONNRESET/);
    await expect(api.get(CONFIG_MAPS)).rejects.toThrow(/hang up|ECONNRESET|disconnected/);
    const other = await kubernetesApi(sandbox, 'market-data');
    expect((await other.get('/api/v1/namespaces')).status).toBe(200);
    await sandbox.control.advance(5 * 60_000);
    expect((await api.get(CONFIG_MAPS)).json.items).toHaveLength(3);
  });
});

describe('the audit log', () => {
  it('has what callers change, and what they were refused, but not what they read', async () => {
    await api.get(CONFIG_MAPS);
    await api.send('POST', CONFIG_MAPS, configMap('a'));
    const { FilterLogEventsCommand, CloudWatchLogsClient } = await import('@aws-sdk/client-cloudwatch-logs');
    const logs = new CloudWatchLogsClient(sandbox.client);
    const { events = [] } = await logs.send(
      new FilterLogEventsCommand({
        logGroupName: '/aws/eks/trading-prod/cluster',
        filterPattern: '"/configmaps"',
      }),
    );
    logs.destroy();
    const told = events.map(({ message = '' }): unknown => JSON.parse(message));
    expect(told).toHaveLength(4);
    expect(told.at(-1)).toMatchObject({
      verb: 'create',
      user: { username: 'arn:aws:sts::111122223333:assumed-role/KdbOperator/you-sandbox' },
      requestURI: CONFIG_MAPS,
      objectRef: { resource: 'configmaps', namespace: 'judged', name: 'a' },
      responseStatus: { code: 409, reason: 'AlreadyExists' },
    });
  });
});
