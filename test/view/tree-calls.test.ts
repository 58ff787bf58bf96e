/** What the Resources view asks of AWS: how much, in which order, and never at the cost of what a user waits for. */
import { describe, expect, it, test } from 'vitest';
import { interactiveLimits } from '../../src/aws/service-limits';
import { isThing } from '../../src/view/resources/node';
import { awsFailure } from '../nodegroup/nouns';
import { VirtualClock } from '../virtual-clock';
import { FleetAws, LATENCY, nameOf } from './fleet-aws';
import { givenTree, type TestTree } from './given-tree';

const forever = new AbortController().signal;

/** Opens everything, as a user who opens row after row, and waits until all of it is read. */
async function openAll(tree: TestTree): Promise<void> {
  for (const group of [await tree.kdb(), await tree.eks()]) {
    for (const row of await tree.below(group)) await tree.below(row);
  }
  await tree.rest();
}

describe('calls', () => {
  /** `details`: describes of clusters and node groups together. What needs attention is asked for once an hour. */
  const SIZES = [
    {
      size: { environments: 1, kdbEach: 10 },
      refresh: { listEnvironments: 1, listClusters: 2, details: 0 },
      poll: { listEnvironments: 1, listClusters: 2, details: 0 },
    },
    {
      size: { environments: 3, kdbEach: 250 },
      refresh: { listEnvironments: 1, listClusters: 3 * 3 + 1, details: 0 },
      poll: { listEnvironments: 1, listClusters: 3 * 3 + 1, details: 0 },
    },
    {
      size: { clusters: 2, nodegroupsEach: 5 },
      refresh: {
        listEnvironments: 1,
        listClusters: 1,
        listNodegroups: 2,
        details: 2 + 10,
        clusterVersions: 1,
        get: 1,
      },
      poll: { listEnvironments: 1, listClusters: 1, listNodegroups: 2, details: 2 + 10 },
    },
    {
      size: { clusters: 10, nodegroupsEach: 20 },
      refresh: {
        listEnvironments: 1,
        listClusters: 1,
        listNodegroups: 10,
        details: 10 + 200,
        clusterVersions: 1,
        get: 1,
      },
      poll: { listEnvironments: 1, listClusters: 1, listNodegroups: 10, details: 20 },
    },
    {
      size: { clusters: 300 },
      refresh: { listEnvironments: 1, listClusters: 3, details: 300, clusterVersions: 1 },
      poll: { listEnvironments: 1, listClusters: 3, details: 20 },
    },
  ];

  test.each(SIZES)('of a refresh and of a poll: $size', async ({ size, refresh, poll }) => {
    const aws = new FleetAws(new VirtualClock(), size);
    const tree = givenTree(aws);
    for (const row of await tree.below(await tree.kdb())) await tree.below(row);
    const clusters = await tree.below(await tree.eks());
    if ('nodegroupsEach' in size) for (const row of clusters) await tree.below(row);
    await tree.rest();
    const counted = async (): Promise<object> => {
      aws.takeCounts();
      await tree.rest();
      const { describeCluster = 0, describeNodegroup = 0, ...counts } = aws.takeCounts();
      return { ...counts, details: describeCluster + describeNodegroup };
    };

    void tree.resources.refresh();
    expect(await counted()).toEqual(refresh);
    void tree.resources.poll();
    expect(await counted()).toEqual(poll);
  });

  it('are spared for what is shut, until it is opened again', async () => {
    const aws = new FleetAws(new VirtualClock(), { clusters: 2, nodegroupsEach: 3 });
    const tree = givenTree(aws);
    await openAll(tree);
    const [first] = await tree.below(await tree.eks());
    if (!first) throw new Error('there is no cluster');
    tree.resources.toggled(first, false);
    aws.takeCounts();

    void tree.resources.refresh();
    await tree.rest();
    expect(aws.takeCounts()).toMatchObject({ listNodegroups: 1, describeNodegroup: 3, describeCluster: 2 });

    tree.resources.toggled(first, true);
    await tree.rest();
    expect(aws.takeCounts()).toMatchObject({ listNodegroups: 1, describeNodegroup: 3 });
  });

  it('of polls reach every row in turn, those that change first', async () => {
    const aws = new FleetAws(new VirtualClock(), { clusters: 60 });
    const tree = givenTree(aws);
    await tree.below(await tree.eks());
    await tree.rest();
    const late = nameOf('fleet', 55);
    const becomes = (status: string, phase: 'busy' | 'ready'): void => {
      aws.aws.clusters = aws.aws.clusters.map((one) => (one.name === late ? { ...one, status, phase } : one));
    };
    becomes('UPDATING', 'busy');
    const described = (): readonly string[] =>
      aws.aws.asked.splice(0).filter((one) => one.startsWith('DescribeCluster fleet'));
    described();
    const seen = new Set<string>();
    for (let round = 0; round < 3; round += 1) {
      void tree.resources.poll();
      await tree.rest();
      for (const one of described()) seen.add(one);
    }
    expect(seen.size).toBe(60);
    for (let round = 0; round < 2; round += 1) {
      void tree.resources.poll();
      await tree.rest();
      expect(described()[0]).toBe(`DescribeCluster ${late}`);
    }
  });

  it('of polls reach every row in turn, though some of them cannot be read', async () => {
    const aws = new FleetAws(new VirtualClock(), { clusters: 30 });
    const denied = awsFailure('access-denied', 'eks', 'DescribeCluster');
    aws.aws.failures = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`DescribeCluster ${nameOf('fleet', index)}`, denied]),
    );
    const tree = givenTree(aws);
    await tree.below(await tree.eks());
    await tree.rest();
    aws.aws.asked.length = 0;
    for (let round = 0; round < 2; round += 1) {
      void tree.resources.poll();
      await tree.rest();
    }
    const described = aws.aws.asked.filter((one) => one.startsWith('DescribeCluster fleet'));
    expect(new Set(described).size).toBe(30);
  });

  it('are not made on a schedule where they would lead to a log-in', async () => {
    const aws = new FleetAws(new VirtualClock(), { clusters: 2 });
    const tree = givenTree(aws);
    await openAll(tree);
    aws.takeCounts();
    aws.wantsLogin = true;
    void tree.resources.poll();
    await tree.rest();
    expect(aws.takeCounts()).toEqual({});
  });
});

describe('with 1,000 clusters × 20 node groups', () => {
  const SIZE = { clusters: 1_000, nodegroupsEach: 20 };
  const { burst, perSecond } = interactiveLimits('eks');

  it('first rows take one round trip, a cluster that is opened meanwhile two, and all of it keeps to the budget', async () => {
    const clock = new VirtualClock();
    const aws = new FleetAws(clock, SIZE);
    const tree = givenTree(aws);
    const from = clock.now();
    const rows = await tree.below(await tree.eks());
    expect(clock.now() - from).toBe(LATENCY);
    expect(rows).toHaveLength(100);

    // Somewhere in the middle of a hundred seconds of describing what nobody waits for.
    for (const wait of [0, 20_000, 41_234]) {
      await clock.advance(wait);
      const cluster = (await tree.below(await tree.eks())).at(-1 - (wait % 7));
      if (cluster?.kind !== 'eks-cluster') throw new Error('there is no cluster');
      const opened = clock.now();
      const groups = (await tree.below(cluster)).filter(isThing);
      expect(groups).toHaveLength(20);
      expect(clock.now() - opened).toBe(LATENCY);
      const isRead = (): boolean => groups.every((one) => one.kind === 'nodegroup' && one.details);
      await clock.runUntil(isRead, 60_000);
      expect(clock.now() - opened).toBe(2 * LATENCY);
    }

    await tree.rest();
    const all = await tree.below(await tree.eks());
    expect(all.filter((one) => one.kind === 'eks-cluster' && one.assessment)).toHaveLength(1_000);
    expectWithinBudget(aws.sent.filter(({ operation }) => /cluster|nodegroup/i.test(operation)));
  });

  it('following goes out at once, however much is being read', async () => {
    const clock = new VirtualClock();
    const aws = new FleetAws(clock, SIZE);
    const tree = givenTree(aws);
    const following = aws.eks('following');
    void tree.eks().then((eks) => tree.resources.children(eks));
    const answered: number[] = [];
    for (let second = 0; second < 60; second += 1) {
      for (let turn = 0; turn < 2; turn += 1) {
        const asked = clock.now();
        const name = nameOf('fleet', second);
        void following.describeCluster(name, forever).then(() => answered.push(clock.now() - asked));
        await clock.advance(500);
      }
    }
    expect(answered).toEqual(Array(120).fill(LATENCY));
    expect(aws.followed).toHaveLength(120);
    expect(aws.sent.length).toBeGreaterThan(500);
  });

  function expectWithinBudget(sent: readonly { readonly at: number }[]): void {
    const times = sent.map(({ at }) => at).sort((a, b) => a - b);
    expect(times.length).toBeGreaterThan(1_000);
    let tokens = burst;
    let last = times[0] ?? 0;
    for (const at of times) {
      tokens = Math.min(burst, tokens + ((at - last) / 1000) * perSecond) - 1;
      last = at;
      expect(tokens).toBeGreaterThan(-0.1);
    }
  }
});

test('node groups on later pages of a list that was opened are read as soon as those on the first', async () => {
  const aws = new FleetAws(new VirtualClock(), { clusters: 1, nodegroupsEach: 100 });
  aws.aws.pageSize = 10;
  const tree = givenTree(aws);
  const [cluster] = await tree.below(await tree.eks());
  if (!cluster) throw new Error('there is no cluster');
  await tree.rest();
  aws.priorities.length = 0;
  await tree.below(cluster);
  await tree.rest();
  expect(aws.priorities.length).toBeGreaterThan(100);
  expect(new Set(aws.priorities)).toEqual(new Set(['interactive']));
});
