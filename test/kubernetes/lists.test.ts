/** Lists: whole or not at all. */
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeAuthority } from './certificates';
import { budget, listOf, node, pod } from './objects';
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

const names = (all: readonly { readonly name: string }[]) => all.map(({ name }) => name);

describe('a list', () => {
  it('asks with a token, for pages of 500, and keeps the fields that are named and no other', async () => {
    api.answer(json(listOf([pod('hdb-0')])));
    const [found] = await cluster.interactive.podsOn(['node-a'], never);
    expect(found).toEqual({
      uid: expect.any(String),
      name: 'hdb-0',
      namespace: 'kdb',
      createdAt: Date.UTC(2026, 10, 1, 10),
      labels: { app: 'hdb' },
      nodeName: 'node-a',
      phase: 'Running',
      ready: true,
      mirror: false,
      tolerations: [],
      graceSeconds: 30,
      finalizers: [],
      disruptionTarget: false,
      waiting: [],
    });
    const [asked] = api.received;
    expect(asked?.path).toBe('/api/v1/pods');
    expect(asked?.query).toEqual({ limit: '500', fieldSelector: 'spec.nodeName=node-a' });
    expect(asked?.headers['authorization']).toBe(`Bearer token-of-${cluster.signedAt[0]}`);
  });

  it('goes on to the end', async () => {
    api.answerInTurn(
      json(listOf([node('a')], { continue: 'two' })),
      json(listOf([node('b')], { continue: 'three' })),
      json(listOf([node('c')])),
    );
    expect(names(await cluster.interactive.nodes('workers', never))).toEqual(['a', 'b', 'c']);
    expect(api.received.map(({ query }) => query['continue'])).toEqual([undefined, 'two', 'three']);
    expect(api.received[0]?.query['labelSelector']).toBe('eks.amazonaws.com/nodegroup=workers');
  });

  it('begins again when its rest has expired', async () => {
    api.answerInTurn(
      json(listOf([node('a'), node('gone')], { continue: 'two' })),
      status(410, 'Expired', 'The provided continue parameter is too old'),
      json(listOf([node('a')], { continue: 'two' })),
      json(listOf([node('b')])),
    );
    expect(names(await cluster.interactive.nodes(undefined, never))).toEqual(['a', 'b']);
  });

  it('that expires time and again is a failure, and no part of it is shown', async () => {
    const expired: Handler[] = [
      json(listOf([node('a')], { continue: 'two' })),
      status(410, 'Expired', 'The provided continue parameter is too old'),
    ];
    api.answerInTurn(...expired, ...expired, ...expired, ...expired);
    await expect(cluster.interactive.nodes(undefined, never)).rejects.toMatchObject({
      failure: { kind: 'kubernetes', reason: 'expired', verb: 'list', resource: 'nodes', status: 410 },
    });
  });

  it('whose first page has expired is not asked for again at once', async () => {
    api.answer(status(410, 'Expired', 'The provided resourceVersion is too old.'));
    await expect(cluster.interactive.nodes(undefined, never)).rejects.toMatchObject({
      failure: { kind: 'kubernetes', reason: 'expired' },
    });
    expect(api.received).toHaveLength(1);
  });

  it('that leads in a circle is refused', async () => {
    api.answer(json(listOf([node('a')], { continue: 'two' })));
    await expect(cluster.interactive.nodes(undefined, never)).rejects.toMatchObject({
      failure: { kind: 'refused', code: 'list-endless', facts: { why: 'repeated' } },
    });
  });

  it('that breaks off in the middle is a failure, not a short list', async () => {
    const whole = JSON.stringify(listOf([budget('a'), budget('b'), budget('c')]));
    api.answer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': whole.length });
      response.write(whole.slice(0, whole.length / 2), () => response.destroy());
    });
    await expect(cluster.interactive.budgets(never)).rejects.toMatchObject({
      failure: {
        kind: 'kubernetes',
        reason: 'broken',
        resource: 'poddisruptionbudgets.policy',
        answered: false,
      },
    });
    expect(api.received).toHaveLength(3);
  });

  it('whose end is missing though the answer is whole is misshapen', async () => {
    const whole = JSON.stringify(listOf([budget('a'), budget('b')]));
    api.answer((_, response) => response.end(whole.slice(0, -10)));
    await expect(cluster.interactive.budgets(never)).rejects.toMatchObject({
      failure: { kind: 'kubernetes', reason: 'misshapen' },
    });
  });

  it('says which member does not fit', async () => {
    api.answer(json(listOf([budget('a'), budget('b', { metadata: { uid: 7 } })])));
    await expect(cluster.interactive.budgets(never)).rejects.toMatchObject({
      failure: { reason: 'misshapen', message: 'items[1].metadata.uid is not text' },
    });
  });

  it.each([null, 7, 'text'])('does not take %j for an object', async (item) => {
    api.answer(json({ ...listOf([]), items: [item] }));
    await expect(cluster.interactive.nodes(undefined, never)).rejects.toMatchObject({
      failure: { reason: 'misshapen' },
    });
  });

  it('is read the same wherever its bytes are cut, in the middle of a character and a name too', async () => {
    const labels = { owner: 'Zoë "日本" {[,]}\\', items: '"items":[' };
    const whole = Buffer.from(
      JSON.stringify({ note: '"items"', ...listOf([pod('hdb-0', { metadata: { labels } }), pod('hdb-1')]) }),
    );
    for (const size of [1, 2, 3, 7, 64]) {
      api.answer((_, response) => {
        for (let at = 0; at < whole.length; at += size) response.write(whole.subarray(at, at + size));
        response.end();
      });
      const found = await cluster.interactive.podsOn(['node-a'], never);
      expect(names(found)).toEqual(['hdb-0', 'hdb-1']);
      expect(found[0]?.labels).toEqual(labels);
    }
  });

  it('may come compressed', async () => {
    api.answer((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end(gzipSync(JSON.stringify(listOf([node('a')]))));
    });
    expect(names(await cluster.interactive.nodes(undefined, never))).toEqual(['a']);
    expect(api.received[0]?.headers['accept-encoding']).toBe('gzip');
  });

  it('without items is empty, as Go writes it', async () => {
    api.answer(json({ ...listOf([]), items: null }));
    expect(await cluster.interactive.nodes(undefined, never)).toEqual([]);
  });
});

describe('pods on nodes', () => {
  const here = (name: string) => pod(name, { spec: { nodeName: 'node-a' } });
  const there = (name: string) => pod(name, { spec: { nodeName: 'node-z' } });

  it('are asked node by node where the first page of all says that those are fewer requests', async () => {
    api.answer(({ query }, response) => {
      const of = query['fieldSelector'];
      const answer =
        of === undefined
          ? listOf([there('x')], { continue: 'two', remainingItemCount: 9_500 })
          : listOf([here(`of ${of}`)]);
      json(answer)({} as never, response);
    });
    const found = await cluster.interactive.podsOn(['node-a', 'node-b'], never);
    expect(names(found)).toEqual(['of spec.nodeName=node-a', 'of spec.nodeName=node-b']);
    expect(api.received).toHaveLength(3);
  });

  it('are taken out of all where those are fewer pages', async () => {
    api.answerInTurn(
      json(listOf([here('a'), there('x')], { continue: 'two', remainingItemCount: 2 })),
      json(listOf([here('b'), pod('pending', { spec: { nodeName: undefined } })])),
    );
    expect(names(await cluster.interactive.podsOn(['node-a', 'node-b'], never))).toEqual(['a', 'b']);
  });

  it('are not parsed where they are on others, and all of them are found, however they are written', async () => {
    const labelled = { metadata: { labels: { nodeName: 'node-z' } } };
    const all = listOf([
      { ...there('x'), metadata: 7 },
      pod('a', { ...labelled, spec: { nodeName: 'node-a' } }),
      pod('y', { metadata: { labels: { nodeName: 'node-a' } }, spec: { nodeName: 'node-z' } }),
      pod('b', { spec: { nodeName: 'node-b' } }),
    ]);
    const readable = listOf([here('c'), there('z')]);
    for (const [text, expected] of [
      [JSON.stringify(all), ['a', 'b']],
      [JSON.stringify(readable, undefined, 2), ['c']],
    ] as const) {
      api.answer((_, response) => response.end(text));
      expect(names(await cluster.interactive.podsOn(['node-a', 'node-b'], never))).toEqual(expected);
    }
  });

  it('of which the last are misshapen are counted with those that were passed over', async () => {
    api.answer(json(listOf([there('x'), { ...here('a'), metadata: 7 }])));
    await expect(cluster.interactive.podsOn(['node-a', 'node-b'], never)).rejects.toMatchObject({
      failure: { reason: 'misshapen', message: 'items[1].metadata is not an object' },
    });
  });
});
