/** How a drain's facts are read: what is asked, what is done without, and what is passed on. */
import { describe, expect, it } from 'vitest';
import { drainBlockers } from '../../src/drain/blockers';
import { readDrain, readDrainIfPossible } from '../../src/drain/read-drain';
import { failed } from '../../src/model/failure';
import { budget, NOW, node, pod } from './cluster';
import { type FakeFacts, fakeCluster } from './fake-cluster';

const { signal } = new AbortController();
const WORKERS = { nodegroup: 'workers' };
const CLUSTER: FakeFacts = {
  nodes: [node('a'), node('b'), node('x', { nodegroup: 'other' })],
  pods: [pod(), pod({ name: 'rdb-1', nodeName: 'x', ready: false }), pod({ name: 'gw', labels: {} })],
  budgets: [budget({ disruptionsAllowed: 0, currentHealthy: 2 })],
};

const reasons = (facts: Parameters<typeof drainBlockers>[0]): readonly string[] =>
  drainBlockers(facts, { now: NOW }).map(({ code, pod: of }) => `${of.name} ${code}`);

describe('reading a drain', () => {
  it('reads the nodes of a group, the pods on them, and what a budget without room waits for', async () => {
    const api = fakeCluster(CLUSTER);
    const { facts, unread } = await readDrain({ api }, WORKERS, signal);
    expect(unread).toEqual([]);
    expect(facts.nodes.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(drainBlockers(facts, { now: NOW })).toMatchObject([
      { code: 'budget-not-now', pod: { name: 'rdb-0' }, facts: { waitsFor: [{ name: 'rdb-1' }] } },
    ]);
    expect(api.calls).toEqual(['nodes', 'podsOn', 'budgets', 'podsMatching']);
  });

  it('asks no more where every budget has room', async () => {
    const api = fakeCluster({ ...CLUSTER, budgets: [budget()] });
    const { facts } = await readDrain({ api }, WORKERS, signal);
    expect(reasons(facts)).toEqual([]);
    expect(api.calls).toEqual(['nodes', 'podsOn', 'budgets']);
  });

  it('asks nothing of pods where there are no nodes', async () => {
    const api = fakeCluster({ ...CLUSTER, nodes: [] });
    expect((await readDrain({ api }, WORKERS, signal)).facts.pods).toEqual([]);
    expect(api.calls).toEqual(['nodes', 'budgets']);
  });

  it('reads one node', async () => {
    const { facts } = await readDrain({ api: fakeCluster(CLUSTER) }, { node: 'x' }, signal);
    expect(facts.pods.map(({ name }) => name)).toEqual(['rdb-1']);
  });

  it('does without budgets, and says so', async () => {
    const api = fakeCluster({
      ...CLUSTER,
      pods: [pod({ tolerations: [{ operator: 'Exists' }] })],
      refused: ['budgets'],
    });
    const { facts, unread } = await readDrain({ api }, WORKERS, signal);
    expect(unread).toMatchObject([{ part: 'budgets', failure: { message: 'budgets was refused' } }]);
    expect(reasons(facts)).toEqual(['rdb-0 comes-back']);
  });

  it('names a budget without knowing what it waits for', async () => {
    const api = fakeCluster({ ...CLUSTER, refused: ['podsMatching'] });
    const { facts, unread } = await readDrain({ api }, WORKERS, signal);
    expect(unread.map(({ part }) => part)).toEqual(['covered-pods']);
    expect(reasons(facts)).toEqual(['rdb-0 budget-not-now']);
  });

  it.each(['nodes', 'podsOn'])('is unknown as a whole without %s', async (call) => {
    const api = fakeCluster({ ...CLUSTER, refused: [call] });
    expect(await readDrainIfPossible(async () => ({ api }), WORKERS, signal)).toMatchObject({
      known: false,
      why: { kind: 'unexpected', message: `${call} was refused` },
    });
  });

  it.each([{ kind: 'cancelled' }, { kind: 'credentials', problem: 'expired', message: 'm' }] as const)(
    'passes on what concerns more than the cluster: $kind',
    async (failure) => {
      const api = { ...fakeCluster(CLUSTER), budgets: () => Promise.reject(failed(failure)) };
      await expect(readDrainIfPossible(async () => ({ api }), WORKERS, signal)).rejects.toMatchObject({
        failure,
      });
    },
  );
});

describe('code that pods name', () => {
  const withCode = (name: string, version: string) =>
    pod({ name, code: { uri: 's3://code/rdb.zip', version } });
  const pods = [withCode('rdb-0', 'v1'), withCode('rdb-1', 'v1'), withCode('rdb-2', 'v2')];
  const api = fakeCluster({ ...CLUSTER, pods, budgets: [] });

  it('is looked for once a version', async () => {
    const asked: unknown[] = [];
    const exists = async (uri: string, version: string | undefined): Promise<boolean> => {
      asked.push([uri, version]);
      return version !== 'v1';
    };
    const { facts } = await readDrain({ api, code: { exists } }, WORKERS, signal);
    expect(asked).toEqual([
      ['s3://code/rdb.zip', 'v1'],
      ['s3://code/rdb.zip', 'v2'],
    ]);
    expect(reasons(facts)).toEqual(['rdb-0 code-gone', 'rdb-1 code-gone']);
  });

  it('is not called gone where nobody could look', async () => {
    const exists = (): Promise<boolean> => Promise.reject(failed({ kind: 'unexpected', message: 'no' }));
    const { facts, unread } = await readDrain({ api, code: { exists } }, WORKERS, signal);
    expect(unread.map(({ part }) => part)).toEqual(['code-versions']);
    expect(reasons(facts)).toEqual([]);
  });
});
