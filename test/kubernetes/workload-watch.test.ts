/** What wakes the follow of a rollout: changes of the workload and of its pods, by few watches that many share. */
import type { ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { WorkloadName } from '../../src/model/workload';
import { VirtualClock } from '../virtual-clock';
import { type Authority, makeAuthority } from './certificates';
import { listOf, pod, workload } from './objects';
import { type OpenedCluster, openTestCluster } from './open';
import { passTimeUntil } from './pass-time';
import {
  type Handler,
  json,
  type Received,
  type ScriptedApi,
  startScriptedApi,
  status,
} from './scripted-api';

let authority: Authority;
let api: ScriptedApi;
let clock: VirtualClock;
let cluster: OpenedCluster;
let watches: { readonly request: Received; readonly response: ServerResponse }[];
/** Answers every watch instead. */
let refusedWatches: Handler | undefined;

beforeAll(async () => {
  authority = await makeAuthority('trading');
  api = await startScriptedApi(await authority.serverCertificate(['127.0.0.1']));
});
afterAll(() => api.close());

beforeEach(() => {
  api.forget();
  watches = [];
  refusedWatches = undefined;
  clock = new VirtualClock();
  api.answer((request, response) => {
    if (request.query['watch'] !== 'true') {
      json(listOf([]))(request, response);
    } else if (refusedWatches === undefined) {
      response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
      watches.push({ request, response });
    } else {
      refusedWatches(request, response);
    }
  });
  cluster = openTestCluster({
    api: { url: `https://127.0.0.1:${api.port}`, certificateAuthority: authority.pem },
    clock,
  });
});
afterEach(() => {
  cluster.close();
  for (const { response } of watches) response.destroy();
});

const until = (condition: () => boolean, withinMs = 5_000): Promise<void> =>
  passTimeUntil(clock, () => watches.map(({ response }) => response), condition, withinMs);

const open = () => watches.filter(({ response }) => !response.writableEnded && !response.destroyed);
const openPaths = (): readonly string[] =>
  open()
    .map(({ request }) => request.path)
    .sort();
const latest = (path: string) => watches.findLast(({ request }) => request.path === path)!;
const requestsOf = (verb: 'list' | 'watch') =>
  api.received.filter(({ query }) => (query['watch'] === 'true') === (verb === 'watch'));

const PODS = '/api/v1/namespaces/kdb/pods';
const SETS = '/apis/apps/v1/namespaces/kdb/statefulsets';
const DEPLOYMENTS = '/apis/apps/v1/namespaces/kdb/deployments';
const line = (type: string, object: object): string => `${JSON.stringify({ type, object })}\n`;
const ownedBy = (kind: string, name: string) => ({
  metadata: { ownerReferences: [{ kind, name, uid: 'o', controller: true }] },
});

/** Follows a workload: counts how often it was told of a change. */
async function follow(change: Partial<WorkloadName> = {}) {
  const followed = { rings: 0, leaving: new AbortController() };
  const name = { kind: 'StatefulSet', namespace: 'kdb', name: 'hdb', ...change } as const;
  const ring = (): void => {
    followed.rings += 1;
  };
  await cluster.workloads('background').watch(name, ring, followed.leaving.signal);
  return followed;
}

it('tells of the workload and of its pods at once, and of nobody else’s', async () => {
  const set = await follow();
  const deployment = await follow({ kind: 'Deployment', name: 'gw' });
  await until(() => openPaths().length === 3 && set.rings === 2 && deployment.rings === 2);
  const told: readonly (readonly [string, object, number, number])[] = [
    [SETS, workload('hdb'), 1, 0],
    [SETS, workload('rdb'), 0, 0],
    [SETS, workload('gw'), 0, 0],
    [DEPLOYMENTS, workload('gw'), 0, 1],
    [PODS, pod('hdb-0', ownedBy('StatefulSet', 'hdb')), 1, 0],
    [PODS, pod('gw-5d8-x', ownedBy('ReplicaSet', 'gw-5d8')), 0, 1],
    [PODS, pod('gw-a-5d8-x', ownedBy('ReplicaSet', 'gw-a-5d8')), 0, 0],
    [PODS, pod('gw-0', ownedBy('StatefulSet', 'gw')), 0, 0],
    [PODS, pod('alone'), 0, 0],
  ];
  const before = clock.now();
  let [sets, deployments] = [set.rings, deployment.rings];
  for (const [path, object, forSet, forDeployment] of told) {
    const { response } = latest(path);
    for (const type of ['ADDED', 'MODIFIED', 'DELETED']) response.write(line(type, object));
    sets += forSet * 3;
    deployments += forDeployment * 3;
    // A known change behind it: what was to be told has been by then.
    latest(SETS).response.write(line('ADDED', workload('hdb')));
    sets += 1;
    await expect.poll(() => set.rings).toBe(sets);
    await expect.poll(() => deployment.rings).toBe(deployments);
  }
  expect(clock.now()).toBe(before);
});

it('asks for metadata alone, from now on, and lists nothing', async () => {
  await follow();
  await until(() => openPaths().length === 2);
  for (const { query, headers } of requestsOf('list')) {
    expect(query).toEqual({ limit: '1' });
    expect(headers['accept']).toContain('as=PartialObjectMetadataList');
  }
  for (const { query, headers } of requestsOf('watch')) {
    expect(query['resourceVersion']).toBe('100');
    expect(headers['accept']).toContain('as=PartialObjectMetadata;');
  }
});

it('two of one namespace share their watches, and the last one ends them', async () => {
  const [first, second] = [await follow(), await follow({ name: 'rdb' })];
  await until(() => openPaths().length === 2 && first.rings === 2);
  expect(openPaths()).toEqual([PODS, SETS].sort());
  // It has missed what came before it.
  const late = await follow({ name: 'tp' });
  expect(late.rings).toBe(1);
  expect(requestsOf('watch')).toHaveLength(2);
  latest(PODS).response.write(line('MODIFIED', pod('rdb-0', ownedBy('StatefulSet', 'rdb'))));
  await expect.poll(() => second.rings).toBe(3);
  first.leaving.abort();
  second.leaving.abort();
  expect(openPaths()).toHaveLength(2);
  late.leaving.abort();
  await expect.poll(() => open().length).toBe(0);
});

it('at most four watches are open, and those of the whole cluster make the others leave', async () => {
  const followed: Awaited<ReturnType<typeof follow>>[] = [];
  for (const namespace of ['kdb', 'b', 'c']) followed.push(await follow({ namespace }));
  await until(() => openPaths().length === 4);
  await clock.advance(60_000);
  expect(openPaths()).toHaveLength(4);
  const watching = new AbortController();
  const listener = { changed: () => undefined, interrupted: () => undefined };
  cluster.watch.watch(undefined, listener, watching.signal);
  await until(() => openPaths().includes('/api/v1/pods') && openPaths().length === 4, 20_000);
  expect(openPaths()).toEqual(
    [SETS, '/api/v1/nodes', '/api/v1/pods', '/apis/policy/v1/poddisruptionbudgets'].sort(),
  );
  // Pods are told of by that watch.
  const before = followed.map(({ rings }) => rings);
  latest('/api/v1/pods').response.write(line('ADDED', pod('hdb-0', ownedBy('StatefulSet', 'hdb'))));
  await expect.poll(() => followed.map(({ rings }, at) => rings - before[at]!)).toEqual([1, 0, 0]);
  watching.abort();
  await until(() => openPaths().length === 4 && !openPaths().includes('/api/v1/nodes'), 20_000);
});

it('who may not watch hears nothing, and asks every other minute', async () => {
  refusedWatches = status(403, 'Forbidden', 'no watch');
  const followed = await follow();
  await until(() => requestsOf('watch').length >= 2);
  await clock.advance(60_000);
  expect(requestsOf('watch')).toHaveLength(2);
  expect(followed.rings).toBe(0);
  refusedWatches = undefined;
  await until(() => openPaths().length === 2, 120_000);
  // What came before is not told.
  await expect.poll(() => followed.rings).toBe(2);
});

it('a network that is away for a moment is tried again soon, not as a right that is missing', async () => {
  const unreachable = openTestCluster({
    api: { url: 'https://127.0.0.1:1', certificateAuthority: authority.pem },
    clock,
  });
  const leaving = new AbortController();
  const name = { kind: 'StatefulSet', namespace: 'kdb', name: 'hdb' } as const;
  await unreachable.workloads('background').watch(name, () => undefined, leaving.signal);
  await until(() => unreachable.entries.length >= 6, 100_000);
  unreachable.close();
});

it('a watch that ends or breaks is resumed where it was, and what it missed is told then', async () => {
  const followed = await follow();
  await until(() => followed.rings === 2);
  latest(SETS).response.end(line('BOOKMARK', { metadata: { resourceVersion: '250' } }));
  await until(() => latest(SETS).request.query['resourceVersion'] === '250');
  latest(SETS).response.write(line('MODIFIED', workload('hdb')));
  await expect.poll(() => followed.rings).toBe(3);
  expect(requestsOf('list')).toHaveLength(2);
});

it.each([
  ['in its head', status(410, 'Expired', 'too old resource version')],
  [
    'in the middle',
    (_: Received, response: ServerResponse) =>
      void response.end(line('ERROR', { kind: 'Status', code: 410, reason: 'Expired', message: 'too old' })),
  ],
])(
  'a watch that has expired %s begins anew, and says that something may have changed',
  async (_, expired) => {
    const followed = await follow();
    await until(() => followed.rings === 2);
    refusedWatches = (request, response) => {
      refusedWatches = undefined;
      expired(request, response);
    };
    latest(SETS).response.destroy();
    await until(() => followed.rings === 3, 60_000);
    expect(requestsOf('list')).toHaveLength(3);
    expect(openPaths()).toHaveLength(2);
  },
);

it('a watch that ends at once time and again is not asked for again at once', async () => {
  const times: number[] = [];
  refusedWatches = ({ path }, response) => {
    if (path === SETS) times.push(clock.now());
    response.writeHead(200).end();
  };
  await follow();
  await until(() => times.length >= 6, 600_000);
  for (const [at, time] of times.slice(1).entries()) expect(time - times[at]!).toBeGreaterThanOrEqual(5_000);
  expect(requestsOf('list')).toHaveLength(2);
});

it('nothing is left open when the window closes', async () => {
  await follow();
  await until(() => openPaths().length === 2);
  cluster.close();
  await expect.poll(() => open().length).toBe(0);
});
