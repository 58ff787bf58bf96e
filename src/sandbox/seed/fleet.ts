/** Adds many clusters at once, for measurements and for batches larger than the sample shop allows. */
import { integer, structure, type Value } from '../shapes';
import type { World } from '../world';
import { finspacePolicy } from './buckets';
import { addNodegroup, newEksCluster } from './eks-parts';
import { newKdbCluster } from './kdb-cluster';
import { zoneId } from './network';
import { CODE_EARLIER } from './q-code';
import { zipOf } from './zip';

/** The size of a fleet: EKS clusters, node groups in each, and kdb clusters in one environment. */
export const fleetShape = structure(
  {
    clusters: integer({ min: 0 }),
    nodegroupsEach: integer({ min: 0 }),
    kdbClusters: integer({ min: 0 }),
  },
  ['clusters', 'nodegroupsEach'],
);
export type Fleet = Value<typeof fleetShape>;

/** Id of the environment that holds a fleet's kdb clusters. */
const FLEET_ENVIRONMENT = 'fleet0000000000000000000';

/**
 * Adds EKS clusters `fleet-001`… with node groups `nodes-001`… that are one Kubernetes version behind, and
 * kdb clusters `fleet-001`… with code. The names are fixed, so a region can have only one fleet, and only
 * one region can have a fleet with kdb clusters.
 */
export function addFleet(
  world: World,
  region: string,
  { clusters, nodegroupsEach, kdbClusters = 0 }: Fleet,
): void {
  const now = world.clock.now();
  const network = { vpcId: 'vpc-0f1ee70000000000f', wide: [], tight: [] };
  for (const name of names('fleet', clusters)) {
    const cluster = newEksCluster(world, region, network, { name, version: '1.33' });
    world.clusters.add(cluster);
    for (const group of names('nodes', nodegroupsEach))
      addNodegroup(cluster, { name: group, amiType: 'AL2023_x86_64_STANDARD', version: '1.32' }, now);
  }
  if (kdbClusters > 0) addKdbFleet(world, region, kdbClusters);
}

function addKdbFleet(world: World, region: string, count: number): void {
  const { accountId, objects, clock } = world;
  const createdAt = clock.now();
  const s3Bucket = `acme-kdb-fleet-${accountId}`;
  objects.createBucket(s3Bucket, {
    region,
    versioning: 'Enabled',
    policy: finspacePolicy(s3Bucket, region, accountId),
  });
  const s3Key = 'fleet.zip';
  const { versionId } = objects.put(s3Bucket, s3Key, zipOf(CODE_EARLIER));
  const configuration = {
    code: { s3Bucket, s3Key, s3ObjectVersion: versionId },
    initializationScript: 'gp/init.q',
  };
  const availabilityZoneIds = [zoneId(region, 4)];
  const members = names('fleet', count).map((name) =>
    newKdbCluster({ name, type: 'GP', createdAt, availabilityZoneIds }, accountId, { configuration }),
  );
  world.environments.add({
    region,
    id: FLEET_ENVIRONMENT,
    name: 'fleet',
    description: 'Many clusters for measurements.',
    status: 'CREATED',
    kmsKeyId: `arn:aws:kms:${region}:${accountId}:key/5b1f0c7e-93d2-4a6b-8f14-c2d7e9a03b58`,
    availabilityZoneIds,
    createdAt,
    clusters: new Map(members.map((cluster) => [cluster.facts.name, cluster])),
  });
}

function names(prefix: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}-${String(index + 1).padStart(3, '0')}`);
}
