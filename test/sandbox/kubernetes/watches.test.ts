/** Watching through the Kubernetes API of the sandbox. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestSandbox, type TestSandbox } from '../start';
import { type KubernetesApi, kubernetesApi, type OpenWatch } from './api';
import { CONFIG_MAPS, configMap, made, madeNamespace } from './made';

const MERGE = { type: 'application/merge-patch+json' };

let sandbox: TestSandbox;
let api: KubernetesApi;
let open: OpenWatch[];

beforeAll(async () => {
  sandbox = await startTestSandbox();
});
beforeEach(async () => {
  open = [];
  api = await kubernetesApi(sandbox);
  await madeNamespace(api);
});
afterEach(async () => {
  for (const watch of open) watch.close();
  await sandbox.control.reset();
});
afterAll(() => sandbox.stop());

async function watching(parameters: Readonly<Record<string, string>>): Promise<OpenWatch> {
  const watch = await api.watch(`${CONFIG_MAPS}?${new URLSearchParams({ watch: 'true', ...parameters })}`);
  open.push(watch);
  return watch;
}

const told = async (watch: OpenWatch) => {
  const event = await watch.next();
  return event && [event.type, event.object.metadata.name];
};
const label = (name: string, value: string) =>
  api.send('PATCH', `${CONFIG_MAPS}/${name}`, { metadata: { labels: { tier: value } } }, MERGE);

describe('a watch', () => {
  it('tells every change after its number, with kind and number', async () => {
    const { metadata } = (await api.get(CONFIG_MAPS)).json;
    await made(api, CONFIG_MAPS, configMap('early'));
    const watch = await watching({ resourceVersion: metadata.resourceVersion });
    expect(await told(watch)).toEqual(['ADDED', 'early']);
    await label('early', 'x');
    const changed = await watch.next();
    expect(changed).toMatchObject({ type: 'MODIFIED', object: { kind: 'ConfigMap', apiVersion: 'v1' } });
    await api.send('DELETE', `${CONFIG_MAPS}/early`, undefined);
    const gone = await watch.next();
    expect(gone).toMatchObject({
      type: 'DELETED',
      object: { metadata: { name: 'early', labels: { tier: 'x' } } },
    });
    expect(Number(gone?.object.metadata.resourceVersion)).toBeGreaterThan(
      Number(changed?.object.metadata.resourceVersion),
    );
  });

  it('without a number begins with what is there', async () => {
    await made(api, CONFIG_MAPS, configMap('a'));
    await made(api, CONFIG_MAPS, configMap('b'));
    const watch = await watching({});
    expect([await told(watch), await told(watch)]).toEqual([
      ['ADDED', 'a'],
      ['ADDED', 'b'],
    ]);
  });

  it('of selected objects tells when one comes to be selected, and when it is not any more', async () => {
    await made(api, CONFIG_MAPS, configMap('a', { tier: 'back' }));
    const { metadata } = (await api.get(CONFIG_MAPS)).json;
    const watch = await watching({ resourceVersion: metadata.resourceVersion, labelSelector: 'tier=front' });
    await label('a', 'front');
    expect(await told(watch)).toEqual(['ADDED', 'a']);
    await label('a', 'back');
    expect(await watch.next()).toMatchObject({
      type: 'DELETED',
      object: { metadata: { labels: { tier: 'front' } } },
    });
  });

  it('marks the end of what was there with an annotated bookmark', async () => {
    await made(api, CONFIG_MAPS, configMap('a'));
    const watch = await watching({
      sendInitialEvents: 'true',
      resourceVersionMatch: 'NotOlderThan',
      allowWatchBookmarks: 'true',
    });
    expect(await told(watch)).toEqual(['ADDED', 'a']);
    const { json } = await api.get(CONFIG_MAPS);
    expect(await watch.next()).toMatchObject({
      type: 'BOOKMARK',
      object: {
        kind: 'ConfigMap',
        metadata: {
          resourceVersion: json.metadata.resourceVersion,
          annotations: { 'k8s.io/initial-events-end': 'true' },
        },
      },
    });
  });

  it('sends bookmarks every simulated minute to whoever wants them', async () => {
    const { metadata } = (await api.get(CONFIG_MAPS)).json;
    const watch = await watching({ resourceVersion: metadata.resourceVersion, allowWatchBookmarks: 'true' });
    await sandbox.control.advance(61_000);
    expect(await watch.next()).toMatchObject({ type: 'BOOKMARK', object: { kind: 'ConfigMap' } });
  });

  it('shows metadata alone where that is asked for', async () => {
    await made(api, CONFIG_MAPS, configMap('a', {}, { key: 'value' }));
    const accept = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';
    const watch = await api.watch(`${CONFIG_MAPS}?watch=1`, { headers: { accept } });
    open.push(watch);
    const event = await watch.next();
    expect(event?.object.kind).toBe('PartialObjectMetadata');
    expect(event?.object).not.toHaveProperty('data');
  });

  it('ends by itself after the time that the client gives it', async () => {
    const { metadata } = (await api.get(CONFIG_MAPS)).json;
    const watch = await watching({ resourceVersion: metadata.resourceVersion, timeoutSeconds: '1' });
    expect(await watch.next()).toBeUndefined();
  });

  it('from a number that is forgotten ends with 410 inside of a 200', async () => {
    const { metadata } = (await api.get(CONFIG_MAPS)).json;
    await made(api, CONFIG_MAPS, configMap('a'));
    await sandbox.control.foreign({ kind: 'kubernetes-compact', clusterName: 'trading-prod' });
    const watch = await watching({ resourceVersion: metadata.resourceVersion });
    expect(watch.status).toBe(200);
    expect(await watch.next()).toMatchObject({
      type: 'ERROR',
      object: {
        kind: 'Status',
        code: 410,
        reason: 'Expired',
        message: expect.stringMatching(/^too old resource version/),
      },
    });
    expect(await watch.next()).toBeUndefined();
  });

  it('with parameters that make no sense is refused', async () => {
    const refused = async (query: string) => (await api.get(`${CONFIG_MAPS}?watch=true&${query}`)).json;
    expect(await refused('sendInitialEvents=true')).toMatchObject({ code: 422, reason: 'Invalid' });
    expect(await refused('resourceVersionMatch=NotOlderThan')).toMatchObject({ code: 422 });
    expect(await refused('resourceVersion=x')).toMatchObject({ code: 400 });
  });

  it('ends when the sandbox is seeded anew', async () => {
    const { metadata } = (await api.get(CONFIG_MAPS)).json;
    const watch = await watching({ resourceVersion: metadata.resourceVersion });
    await sandbox.control.reset();
    expect(await watch.next()).toBeUndefined();
  });
});
