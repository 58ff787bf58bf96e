/** The sample shop's kdb environments and clusters. */
import type { KdbCluster } from '../finspace/cluster';
import type { EnvironmentStatus, KdbEnvironment } from '../finspace/environment';
import { logGroupOf, startUpLines } from '../finspace/start-up';
import { present } from '../present';
import { MINUTE } from '../timeline';
import type { World } from '../world';
import type { SeededBuckets } from './buckets';
import { newKdbCluster } from './kdb-cluster';
import { zoneId } from './network';

const DAY = 24 * 60 * MINUTE;

interface EnvironmentRow {
  readonly region: string;
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly status?: EnvironmentStatus;
  readonly errorMessage?: string;
  readonly ageDays: number;
  readonly clusters: readonly KdbCluster[];
}

export function seedKdb(world: World, code: SeededBuckets, elsewhere: string): void {
  const { region } = world;
  const now = world.clock.now();
  const rows: readonly EnvironmentRow[] = [
    {
      region,
      id: 'eq7prod3k9m2q4x8t6z5w1ab',
      name: 'equities-prod',
      description: 'Equities tick system. Production.',
      ageDays: 412,
      clusters: productionClusters(world, code, now),
    },
    {
      region,
      id: 'eq7dev51r8c4n6y3v2h9s0kd',
      name: 'equities-dev',
      description: 'Equities tick system. Development.',
      ageDays: 388,
      clusters: developmentClusters(world, code, now),
    },
    {
      region,
      id: 'rates2uat6j4p8b1f7g3d5mq',
      name: 'rates-uat',
      description: 'Rates. User acceptance tests.',
      status: 'SUSPENDED',
      errorMessage: 'The KMS key of the environment is disabled.',
      ageDays: 120,
      clusters: [
        newKdbCluster(
          {
            name: 'rates-hdb',
            type: 'HDB',
            createdAt: now - 119 * DAY,
            availabilityZoneIds: [zoneId(region, 4)],
          },
          world.accountId,
          {
            configuration: { code: code.before, initializationScript: 'hdb/init.q' },
          },
        ),
      ],
    },
    {
      region: elsewhere,
      id: 'emea4prod8w2e6t1y9u3i5o7',
      name: 'emea-equities',
      description: 'Equities of Europe.',
      ageDays: 203,
      clusters: elsewhereClusters(world, code, now, elsewhere),
    },
  ];
  for (const row of rows) {
    const environment = environmentOf(row, world, now);
    world.environments.add(environment);
    for (const cluster of row.clusters) logStart(environment, cluster, world);
  }
}

function productionClusters(
  { accountId, region }: World,
  { live }: SeededBuckets,
  now: number,
): readonly KdbCluster[] {
  const createdAt = now - 400 * DAY;
  const availabilityZoneIds = [zoneId(region, 4)];
  return [
    newKdbCluster(
      { name: 'eq-tickerplant', type: 'TICKERPLANT', createdAt, availabilityZoneIds },
      accountId,
      {
        configuration: {
          code: live,
          initializationScript: 'tick/init.q',
          commandLineArguments: [{ key: 's', value: '4' }],
        },
      },
    ),
    newKdbCluster(
      { name: 'eq-rdb', type: 'RDB', createdAt, availabilityZoneIds, database: 'equities' },
      accountId,
      {
        configuration: {
          code: live,
          initializationScript: 'rdb/init.q',
          commandLineArguments: [
            { key: 's', value: '8' },
            { key: 'tickerplant', value: ':tickerplant.equities:5010' },
          ],
        },
      },
    ),
    newKdbCluster(
      {
        name: 'eq-hdb',
        type: 'HDB',
        createdAt,
        database: 'equities',
        nodeCount: 3,
        nodeType: 'kx.s.4xlarge',
        azMode: 'MULTI',
        availabilityZoneIds: [1, 2, 4].map((zone) => zoneId(region, zone)),
      },
      accountId,
      {
        configuration: {
          code: live,
          initializationScript: 'hdb/init.q',
          commandLineArguments: [
            { key: 's', value: '16' },
            { key: 'dbname', value: 'equities' },
          ],
        },
      },
    ),
    newKdbCluster(
      { name: 'eq-gateway', type: 'GATEWAY', createdAt, availabilityZoneIds, nodeCount: 2 },
      accountId,
      {
        configuration: { code: live, initializationScript: 'gw/init.q' },
      },
    ),
    newKdbCluster(
      { name: 'eq-analytics', type: 'GP', createdAt: now - 90 * DAY, availabilityZoneIds },
      accountId,
      {
        configuration: {
          code: live,
          initializationScript: 'gp/init.q',
          commandLineArguments: [{ key: 'AWS_ZIP_DEFAULT', value: '17,2,6' }],
        },
      },
    ),
  ];
}

function developmentClusters(
  { accountId, region }: World,
  { before, scratch }: SeededBuckets,
  now: number,
): readonly KdbCluster[] {
  const availabilityZoneIds = [zoneId(region, 4)];
  return [
    newKdbCluster(
      { name: 'dev-rdb', type: 'RDB', createdAt: now - 300 * DAY, availabilityZoneIds },
      accountId,
      {
        configuration: { code: scratch, initializationScript: 'rdb/init.q' },
      },
    ),
    newKdbCluster(
      { name: 'dev-scratch', type: 'GP', createdAt: now - 2 * DAY, availabilityZoneIds },
      accountId,
    ),
    newKdbCluster(
      { name: 'dev-hdb-resize', type: 'HDB', createdAt: now - 200 * DAY, availabilityZoneIds },
      accountId,
      {
        status: 'UPDATING',
        configuration: { code: before, initializationScript: 'hdb/init.q' },
      },
    ),
    newKdbCluster(
      { name: 'dev-gateway-old', type: 'GATEWAY', createdAt: now - 350 * DAY, availabilityZoneIds },
      accountId,
      {
        status: 'DELETING',
        configuration: { code: before, initializationScript: 'gw/init.q' },
      },
    ),
    newKdbCluster(
      { name: 'dev-tickerplant', type: 'TICKERPLANT', createdAt: now - DAY, availabilityZoneIds },
      accountId,
      {
        status: 'CREATE_FAILED',
        statusReason: 'Subnet has no free addresses. Delete the cluster and create it again.',
      },
    ),
  ];
}

function elsewhereClusters(
  { accountId }: World,
  { elsewhere }: SeededBuckets,
  now: number,
  region: string,
): readonly KdbCluster[] {
  const createdAt = now - 200 * DAY;
  const availabilityZoneIds = [zoneId(region, 2)];
  return [
    newKdbCluster({ name: 'emea-rdb', type: 'RDB', createdAt, availabilityZoneIds }, accountId, {
      configuration: { code: elsewhere, initializationScript: 'rdb/init.q' },
    }),
    newKdbCluster({ name: 'emea-gateway', type: 'GATEWAY', createdAt, availabilityZoneIds }, accountId, {
      configuration: { code: elsewhere, initializationScript: 'gw/init.q' },
    }),
  ];
}

function environmentOf(row: EnvironmentRow, { accountId }: World, now: number): KdbEnvironment {
  return {
    region: row.region,
    id: row.id,
    name: row.name,
    description: row.description,
    status: row.status ?? 'CREATED',
    ...present({ errorMessage: row.errorMessage }),
    kmsKeyId: `arn:aws:kms:${row.region}:${accountId}:key/5b1f0c7e-93d2-4a6b-8f14-c2d7e9a03b58`,
    availabilityZoneIds: [...new Set(row.clusters.flatMap(({ facts }) => facts.availabilityZoneIds))],
    createdAt: now - row.ageDays * DAY,
    clusters: new Map(row.clusters.map((cluster) => [cluster.facts.name, cluster])),
  };
}

/**
 * If the cluster is RUNNING and has code, adds log lines to the cluster's log group: those of a start of
 * the cluster's first node.
 */
function logStart(
  { region, id }: KdbEnvironment,
  { facts, status, configuration }: KdbCluster,
  world: World,
): void {
  if (status !== 'RUNNING' || !configuration.code) return;
  world.logs.append(
    region,
    logGroupOf(id, facts.name),
    `${facts.name}-node-0`,
    startUpLines(configuration, undefined),
  );
}
