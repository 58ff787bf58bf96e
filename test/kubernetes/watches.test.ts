/** Watches: they fail in more ways than by closing. */
import type { ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { WatchedNodes } from '../../src/drain/ports';
import { failureOf } from '../../src/model/failure';
import { failureWords } from '../../src/view/messages/failure';
import { VirtualClock } from '../virtual-clock';
import { type Authority, makeAuthority } from './certificates';
import { budget, listOf, node, pod } from './objects';
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
let world: World;

beforeAll(async () => {
  authority = await makeAuthority('trading');
  api = await startScriptedApi(await authority.serverCertificate(['127.0.0.1']));
});
afterAll(() => api.close());
afterEach(() => world.end());

type Kind = 'nodes' | 'pods' | 'poddisruptionbudgets';

const kindOf = ({ path }: Received) => path.slice(path.lastIndexOf('/') + 1) as Kind;

/** A cluster of a node, a pod and a budget, whose watches the test holds in its hand, and somebody who watches it. */
class World {
  readonly clock = new VirtualClock();
  readonly states: WatchedNodes[] = [];
  readonly interruptions: unknown[] = [];
  readonly lists: Record<Kind, object[]> = {
    nodes: [node('a')],
    pods: [pod('hdb-0')],
    poddisruptionbudgets: [budget('hdb')],
  };
  /** Answers a list; by what is in `lists` where absent. */
  readonly refusals: Partial<Record<Kind, Handler>> = {};
  /** Every watch that has been asked for, oldest first. */
  readonly watches: { readonly kind: Kind; readonly request: Received; readonly response: ServerResponse }[] =
    [];
  /** Answers every watch instead. */
  refusedWatches: Handler | undefined;
  /** Whether the head of a watch's answer is sent at once. */
  answersWatches = true;
  private readonly leaving = new AbortController();
  private readonly cluster: OpenedCluster;

  constructor() {
    api.forget();
    api.answer((request, response) => {
      const kind = kindOf(request);
      if (request.query['watch'] === 'true' && this.refusedWatches !== undefined) {
        this.refusedWatches(request, response);
        return;
      }
      if (request.query['watch'] === 'true') {
        if (this.answersWatches)
          response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
        this.watches.push({ kind, request, response });
        return;
      }
      (this.refusals[kind] ?? json(listOf(this.lists[kind])))(request, response);
    });
    this.cluster = openTestCluster({
      api: { url: `https://127.0.0.1:${api.port}`, certificateAuthority: authority.pem },
      clock: this.clock,
    });
  }

  watch(nodegroup?: string, signal = this.leaving.signal): void {
    this.cluster.watch.watch(
      nodegroup,
      {
        changed: (state) => this.states.push(state),
        interrupted: (thrown) => this.interruptions.push(thrown),
      },
      signal,
    );
  }

  /** Lets time pass until the condition holds; it stands still while the network has something under way. */
  async until(condition: () => boolean, withinMs = 1_000): Promise<void> {
    await passTimeUntil(this.clock, () => this.watches.map(({ response }) => response), condition, withinMs);
  }

  /** The last watch of the kind, once there have been so many. */
  async watchOf(kind: Kind, count = 1, withinMs?: number) {
    const all = () => this.watches.filter((one) => one.kind === kind);
    await this.until(() => all().length >= count, withinMs);
    return all()[count - 1]!;
  }

  listsOf(kind: Kind): number {
    return api.received.filter((one) => kindOf(one) === kind && one.query['watch'] === undefined).length;
  }

  get last(): WatchedNodes {
    return this.states.at(-1)!;
  }

  names(kind: 'nodes' | 'pods'): readonly string[] {
    return [...this.last[kind].values()].map(({ name }) => name).sort();
  }

  leave(): void {
    this.leaving.abort();
  }

  end(): void {
    this.leave();
    this.cluster.close();
    for (const { response } of this.watches) response.destroy();
  }
}

async function started(): Promise<World> {
  world = new World();
  world.watch();
  for (const kind of ['nodes', 'pods', 'poddisruptionbudgets'] as const) await world.watchOf(kind);
  await world.until(() => world.states.length > 0);
  return world;
}

const line = (type: string, object: object) => `${JSON.stringify({ type, object })}\n`;
const versioned = (resourceVersion: string) => ({ metadata: { resourceVersion } });

describe('a watch', () => {
  it('tells all that is there, and begins where its list ended', async () => {
    await started();
    expect(world.names('nodes')).toEqual(['a']);
    expect(world.names('pods')).toEqual(['hdb-0']);
    expect(world.last.budgets.size).toBe(1);
    expect(world.last).not.toHaveProperty('denied');
    const { request } = await world.watchOf('pods');
    expect(request.query).toMatchObject({
      watch: 'true',
      allowWatchBookmarks: 'true',
      resourceVersion: '100',
    });
    expect(Number(request.query['timeoutSeconds'])).toBeGreaterThanOrEqual(240);
  });

  it('tells nothing until every first list is whole', async () => {
    world = new World();
    world.refusals.pods = status(500, 'InternalError', 'not now');
    world.watch();
    await world.watchOf('nodes');
    await world.until(() => world.interruptions.length > 0, 60_000);
    expect(world.states).toEqual([]);
    delete world.refusals.pods;
    await world.until(() => world.states.length > 0, 60_000);
    expect(world.names('pods')).toEqual(['hdb-0']);
  });

  it('brings what is added, changed and removed', async () => {
    await started();
    const { response } = await world.watchOf('pods');
    const [first] = world.lists.pods;
    response.write(line('ADDED', pod('hdb-1')));
    response.write(line('MODIFIED', { ...pod('hdb-1'), status: { phase: 'Running' } }));
    response.write(line('DELETED', first!));
    await world.until(() => world.names('pods').join() === 'hdb-1,hdb-1', 5_000);
    // Two of one name are two pods: a pod is its uid.
    expect(world.last.pods.size).toBe(2);
  });

  it('tells pods apart by their uids: one that comes back under its name outlives the end of the one before', async () => {
    await started();
    const { response } = await world.watchOf('pods');
    const again = pod('hdb-0', { metadata: { uid: 'again' } });
    response.write(line('ADDED', again));
    response.write(line('DELETED', world.lists.pods[0]!));
    await world.until(() => world.last.pods.size === 1 && world.last.pods.has('again'));
    response.write(line('ADDED', pod('last')));
    response.write(line('DELETED', again));
    await world.until(() => world.names('pods').join() === 'last');
  });

  it('reads characters that are cut in two', async () => {
    await started();
    const { response } = await world.watchOf('pods');
    const bytes = Buffer.from(line('ADDED', pod('hdb-1', { metadata: { labels: { owner: 'Zoë 日本' } } })));
    for (const byte of bytes) response.write(Uint8Array.of(byte));
    await world.until(() => world.last.pods.size === 2, 5_000);
    expect([...world.last.pods.values()].map(({ labels }) => labels['owner'])).toContain('Zoë 日本');
  });

  it('is resumed from its last bookmark when it ends, with no list', async () => {
    await started();
    const { response } = await world.watchOf('pods');
    response.end(line('BOOKMARK', versioned('250')));
    const { request } = await world.watchOf('pods', 2, 5_000);
    expect(request.query['resourceVersion']).toBe('250');
    expect(world.listsOf('pods')).toBe(1);
    expect(world.interruptions).toEqual([]);
  });

  it('is resumed when the connection breaks, and one break is nobody’s business', async () => {
    await started();
    const { response } = await world.watchOf('nodes');
    response.write(line('BOOKMARK', versioned('300')), () => response.destroy());
    const { request } = await world.watchOf('nodes', 2, 5_000);
    expect(request.query['resourceVersion']).toBe('300');
    expect(world.interruptions).toEqual([]);
  });

  it.each(['in its head', 'in the middle, inside of a 200'])(
    'lists again when it has expired %s, and finds what was deleted meanwhile',
    async (where) => {
      await started();
      world.lists.pods.splice(0, 1, pod('hdb-9'));
      const { response } = await world.watchOf('pods');
      const message = 'too old resource version: 100 (200)';
      if (where === 'in its head') {
        world.refusedWatches = (request, refused) => {
          world.refusedWatches = undefined;
          status(410, 'Expired', message)(request, refused);
        };
        response.end(line('BOOKMARK', versioned('150')));
      } else {
        response.end(line('ERROR', { kind: 'Status', code: 410, reason: 'Expired', message }));
      }
      await world.until(() => world.names('pods').join() === 'hdb-9', 60_000);
      expect(world.listsOf('pods')).toBe(2);
      expect(world.interruptions).toEqual([]);
    },
  );

  it('takes an error inside a 200 for what it is', async () => {
    await started();
    for (const count of [1, 2]) {
      const { response } = await world.watchOf('pods', count, 60_000);
      response.end(
        line('ERROR', {
          kind: 'Status',
          code: 500,
          reason: 'InternalError',
          message: 'etcdserver: leader changed',
        }),
      );
    }
    await world.until(() => world.interruptions.length > 0, 60_000);
    expect(failureOf(world.interruptions[0])).toMatchObject({
      kind: 'kubernetes',
      reason: 'server',
      verb: 'watch',
      resource: 'pods',
      message: 'etcdserver: leader changed',
    });
    await world.watchOf('pods', 3, 60_000);
  });

  it('that closes at once time and again is not asked for again at once, and costs no list', async () => {
    await started();
    const times: number[] = [];
    for (let count = 1; count <= 6; count += 1) {
      const { response } = await world.watchOf('pods', count, 120_000);
      times.push(world.clock.now());
      response.end();
    }
    const waits = times.slice(1).map((time, at) => time - (times[at] ?? 0));
    for (const wait of waits) expect(wait).toBeGreaterThanOrEqual(1_000);
    expect(world.listsOf('pods')).toBe(1);
  });

  it('that falls silent is given up, and what happened meanwhile is found by a list', async () => {
    await started();
    world.lists.nodes.push(node('b'));
    await world.until(() => world.names('nodes').join() === 'a,b', 200_000);
    expect(world.listsOf('nodes')).toBe(2);
    expect(world.interruptions).toEqual([]);
  });

  it.each([true, false])(
    'that stays mute behind a proxy (which sends the head at once: %s) is said so once, and lists stand in for it',
    async (answers) => {
      world = new World();
      world.answersWatches = answers;
      world.watch();
      await world.until(() => world.interruptions.length >= 3, 400_000);
      const told = world.interruptions.map(failureOf);
      expect(new Set(told.map((one) => one.kind === 'kubernetes' && one.reason))).toEqual(new Set(['mute']));
      expect(failureWords(told[0]!)).toContain('proxy');
      world.lists.pods.push(pod('hdb-1'));
      await world.until(() => world.names('pods').join() === 'hdb-0,hdb-1', 60_000);
      world.lists.pods.pop();
      await world.until(() => world.names('pods').join() === 'hdb-0', 60_000);
      expect(world.interruptions).toHaveLength(3);
    },
  );

  it('goes on where it was when the API server comes back, and says in between that it is gone', async () => {
    await started();
    world.refusedWatches = (_, response) => void response.destroy();
    for (const { response } of world.watches) response.destroy();
    await world.until(() => world.interruptions.length === 3, 300_000);
    expect(failureOf(world.interruptions[0])).toMatchObject({ kind: 'kubernetes', reason: 'broken' });
    const before = world.states.length;
    world.refusedWatches = undefined;
    await world.until(() => world.states.length > before, 300_000);
    expect(world.names('pods')).toEqual(['hdb-0']);
    expect(world.listsOf('pods')).toBe(1);
  });
});

describe('a resource that may not be read', () => {
  it('does not blank the others', async () => {
    world = new World();
    world.refusals.nodes = status(403, 'Forbidden', 'nodes is forbidden');
    world.watch();
    await world.until(() => world.states.length > 0, 10_000);
    expect(world.names('pods')).toEqual(['hdb-0']);
    expect(world.last.nodes.size).toBe(0);
    expect(world.last.denied).toMatchObject({
      nodes: { reason: 'forbidden', message: 'nodes is forbidden' },
    });
    expect(world.interruptions).toHaveLength(1);
  });

  it('is tried again minutes later, without a word, until it may', async () => {
    world = new World();
    world.refusals.nodes = status(403, 'Forbidden', 'nodes is forbidden');
    world.watch();
    await world.until(() => world.listsOf('nodes') === 3, 600_000);
    expect(world.interruptions).toHaveLength(1);
    delete world.refusals.nodes;
    await world.until(() => world.states.at(-1)?.nodes.size === 1, 600_000);
    expect(world.last).not.toHaveProperty('denied');
  });

  it('and nobody signs in all night for it', async () => {
    world = new World();
    for (const kind of ['nodes', 'pods', 'poddisruptionbudgets'] as const)
      world.refusals[kind] = status(401, 'Unauthorized', 'Unauthorized');
    world.watch();
    await world.until(() => world.interruptions.length === 3, 10_000);
    const before = api.received.length;
    await world.until(() => world.listsOf('nodes') >= 8, 3_600_000);
    // One request for each resource every two minutes.
    expect(api.received.length - before).toBeLessThan(45);
    expect(world.interruptions).toHaveLength(3);
  });
});

it('what is denied is tried again at once when somebody else begins to watch', async () => {
  world = new World();
  world.refusals.nodes = status(403, 'Forbidden', 'nodes is forbidden');
  world.watch();
  await world.until(() => world.states.length > 0);
  expect(world.last.denied?.nodes).toMatchObject({ reason: 'forbidden' });
  delete world.refusals.nodes;
  world.watch(undefined, new AbortController().signal);
  await world.until(() => world.last.denied === undefined, 2_000);
  expect(world.names('nodes')).toEqual(['a']);
});

it('those whom the cluster does not know at all are told so', async () => {
  world = new World();
  const refused = status(401, 'Unauthorized', 'Unauthorized');
  world.refusals.nodes = refused;
  world.refusals.pods = refused;
  world.refusals.poddisruptionbudgets = refused;
  world.watch();
  await world.until(() => world.states.length > 0);
  expect(Object.keys(world.last.denied ?? {})).toEqual(['nodes', 'pods', 'budgets']);
});

describe('those who watch one cluster', () => {
  it('share three watches, each with the nodes of its own group', async () => {
    await started();
    const leaving = new AbortController();
    world.watch('others', leaving.signal);
    await world.until(() => world.states.some(({ nodes }) => nodes.size === 0), 5_000);
    expect(world.last.pods.size).toBe(1);
    expect(world.watches).toHaveLength(3);
    leaving.abort();
    const { response } = await world.watchOf('pods');
    response.write(line('ADDED', pod('hdb-1')));
    await world.until(() => world.last.pods.size === 2, 5_000);
  });

  it('end the watches when the last one has left', async () => {
    await started();
    const closed = world.watches.map(
      ({ response }) => new Promise<void>((done) => response.on('close', () => done())),
    );
    world.leave();
    await Promise.all(closed);
  });

  it('go on without a list when somebody watches again soon, and are told nothing from before', async () => {
    await started();
    world.leave();
    const states = world.states.length;
    await world.clock.advance(60_000);
    const again = world.clock.now();
    world.watch('workers', new AbortController().signal);
    const { request } = await world.watchOf('pods', 2);
    expect(request.query['resourceVersion']).not.toBe('');
    await world.watchOf('nodes', 2);
    await world.watchOf('poddisruptionbudgets', 2);
    await world.until(() => world.states.length > states);
    expect(world.last.pods.size).toBe(1);
    expect(world.last.asOf).toBeGreaterThanOrEqual(again);
    for (const kind of ['nodes', 'pods', 'poddisruptionbudgets'] as const)
      expect(world.listsOf(kind)).toBe(1);
  });

  it('begin with a list when somebody watches again late', async () => {
    await started();
    world.leave();
    await world.clock.advance(6 * 60_000);
    world.watch(undefined, new AbortController().signal);
    await world.watchOf('pods', 2);
    expect(world.listsOf('pods')).toBe(2);
  });

  it('are told of what has not changed without a copy of it, and keep what they were told', async () => {
    await started();
    const [first] = world.states;
    const { response } = await world.watchOf('pods');
    response.write(line('BOOKMARK', versioned('150')));
    await world.until(() => world.states.length > 1);
    expect(world.last.pods).toBe(first!.pods);
    response.write(line('DELETED', world.lists.pods[0]!));
    await world.until(() => world.last.pods.size === 0);
    expect(world.last.budgets).toBe(first!.budgets);
    expect(world.last.nodes).toBe(first!.nodes);
    expect(first!.pods.size).toBe(1);
  });

  it('are told of a flood in few pieces', async () => {
    await started();
    const { response } = await world.watchOf('pods');
    const before = world.states.length;
    for (let count = 0; count < 2_000; count += 1) response.write(line('ADDED', pod(`burst-${count}`)));
    await world.until(() => world.last.pods.size === 2_001, 60_000);
    expect(world.states.length - before).toBeLessThan(250);
  });
});
