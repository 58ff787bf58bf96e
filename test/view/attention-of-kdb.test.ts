/** Kdb environments and clusters count in the badge and stay in the filter as node groups do. */
import { expect, it } from 'vitest';
import { type AttentionCount, badgeOf } from '../../src/view/resources/attention-count';
import { VirtualClock } from '../virtual-clock';
import { FleetAws, kdbCluster } from './fleet-aws';
import { givenTree } from './given-tree';

/** Two environments, of which one has a cluster that failed; one EKS cluster, with one node group that is behind. */
function givenAws(): FleetAws {
  const aws = new FleetAws(new VirtualClock(), {
    environments: 2,
    kdbEach: 2,
    clusters: 1,
    nodegroupsEach: 1,
  });
  const failed = { ...kdbCluster('env-0002', 'broken'), status: 'CREATE_FAILED', phase: 'failed' as const };
  aws.kdb = new Map([...aws.kdb, ['env-0002', [failed, kdbCluster('env-0002', 'fine')]]]);
  return aws;
}

it('the filter keeps a cluster that failed, and the environment that it is in', async () => {
  const tree = givenTree(givenAws());
  tree.resources.filter(true);
  await tree.below(await tree.kdb());
  await tree.rest();
  expect(await tree.open(await tree.kdb())).toEqual(['env-0002']);
  const [environment] = await tree.below(await tree.kdb());
  expect(await tree.open(environment!)).toEqual(['broken']);
});

it('an environment that failed itself stays too, and where nothing is wrong that is said', async () => {
  const aws = new FleetAws(new VirtualClock(), { environments: 2, kdbEach: 1 });
  const tree = givenTree(aws);
  tree.resources.filter(true);
  await tree.below(await tree.kdb());
  await tree.rest();
  expect((await tree.below(await tree.kdb())).map(({ kind }) => kind)).toEqual(['fine']);
  aws.environments = aws.environments.map((one, index) =>
    index === 0 ? { ...one, status: 'FAILED_CREATION', phase: 'failed' } : one,
  );
  void tree.resources.refresh();
  await tree.rest();
  expect(await tree.open(await tree.kdb())).toEqual(['env-0001']);
});

it('the badge counts what is known, and says so while that is not all', async () => {
  const counts: AttentionCount[] = [];
  const tree = givenTree(givenAws(), { count: (count) => counts.push(count) });
  const environments = await tree.below(await tree.kdb());
  await tree.below(await tree.eks());
  await tree.rest();
  const last = (): AttentionCount => counts.at(-1)!;
  expect(last()).toEqual({ needing: 0, looked: 3, isAll: false });
  expect(badgeOf(last())).toBeUndefined();

  for (const environment of environments) await tree.below(environment);
  for (const cluster of await tree.below(await tree.eks())) await tree.below(cluster);
  await tree.rest();
  for (const row of environments) tree.resources.redraw(row);
  await tree.rest();
  // The cluster that failed, and the node group that is behind; AWS does not say which AMI is the newest.
  expect(last()).toMatchObject({ needing: 2, looked: 8, isAll: false });
  expect(badgeOf(last())).toMatchObject({ value: 2, tooltip: expect.stringContaining('could not be read') });
});
