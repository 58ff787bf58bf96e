/**
 * Makes the seed's EKS clusters and node groups. A row describes one cluster or node group; members that
 * it omits get the defaults of the sample shop, the resources with which the sandbox starts.
 */
import { createHash, randomUUID } from 'node:crypto';
import type { LaunchTemplate } from '../ec2/launch-templates';
import { EksCluster, type EksClusterFacts } from '../eks/cluster';
import { type HealthIssue, Nodegroup, type NodegroupFacts, type NodegroupState } from '../eks/nodegroup';
import type { EksUpdate } from '../eks/update';
import { isCustom, releasesOf } from '../eks/versions';
import { MINUTE } from '../timeline';
import type { World } from '../world';
import type { SeededNetwork } from './network';

const DAY = 24 * 60 * MINUTE;

export interface ClusterRow extends Pick<EksClusterFacts, 'name' | 'version'> {
  readonly tags?: Readonly<Record<string, string>>;
  readonly supportType?: EksClusterFacts['supportType'];
}

export function newEksCluster(
  world: World,
  region: string,
  network: SeededNetwork,
  row: ClusterRow,
): EksCluster {
  const { accountId, clock } = world;
  return new EksCluster({
    region,
    accountId,
    arn: `arn:aws:eks:${region}:${accountId}:cluster/${row.name}`,
    status: 'ACTIVE',
    supportType: 'EXTENDED',
    vpcId: network.vpcId,
    subnetIds: network.wide,
    tags: {},
    createdAt: clock.now() - 500 * DAY,
    ...row,
  });
}

export interface NodegroupRow extends Partial<Omit<NodegroupState, 'launchTemplate' | 'scaling'>> {
  readonly name: string;
  readonly amiType: string;
  readonly version: string;
  /** Number of AMI releases by which the group is behind the newest release for its version. */
  readonly behind?: number;
  readonly nodes?: number;
  readonly template?: { readonly of: LaunchTemplate; readonly version: number };
  readonly capacityType?: NodegroupFacts['capacityType'];
  readonly instanceTypes?: readonly string[];
  readonly subnetIds?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
}

export function addNodegroup(cluster: EksCluster, row: NodegroupRow, now: number): Nodegroup {
  const { name, amiType, nodes = 3, template } = row;
  const { region, accountId, subnetIds } = cluster.facts;
  const uuid = uuidOf(`${region} ${cluster.facts.name} ${name}`);
  const nodegroup = new Nodegroup(
    {
      name,
      amiType,
      arn: `arn:aws:eks:${region}:${accountId}:nodegroup/${cluster.facts.name}/${name}/${uuid}`,
      capacityType: row.capacityType ?? 'ON_DEMAND',
      instanceTypes: row.instanceTypes ?? ['m7i.xlarge'],
      subnetIds: row.subnetIds ?? subnetIds,
      nodeRole: `arn:aws:iam::${accountId}:role/eks-node-role`,
      autoScalingGroup: `eks-${name}-${uuid}`,
      tags: row.tags ?? {},
      createdAt: now - 300 * DAY,
    },
    {
      status: row.status ?? 'ACTIVE',
      version: row.version,
      releaseVersion: releaseOf(row),
      ...(template && {
        launchTemplate: { id: template.of.id, name: template.of.name, version: String(template.version) },
      }),
      scaling: { minSize: Math.min(1, nodes), maxSize: nodes + 3, desiredSize: nodes },
      updateConfig: row.updateConfig ?? { maxUnavailable: 1 },
      labels: row.labels ?? {},
      taints: row.taints ?? [],
      issues: row.issues ?? [],
    },
  );
  cluster.nodegroups.set(name, nodegroup);
  return nodegroup;
}

/**
 * The AMI release of the row's node group; for a custom AMI, the AMI's id.
 * @throws if there is no such release or AMI: EKS could not have made such a group
 */
function releaseOf({ amiType, version, behind = 0, template, name }: NodegroupRow): string {
  const release = isCustom(amiType)
    ? template?.of.versions.find(({ number }) => number === template.version)?.imageId
    : releasesOf(amiType, version)[behind];
  if (release === undefined) throw new Error(`No release for the seeded node group ${name}`);
  return release;
}

/** An update that ended before the sandbox started. */
export function pastUpdate(
  daysAgo: number,
  now: number,
  params: EksUpdate['params'],
  errors: EksUpdate['errors'] = [],
): EksUpdate {
  const createdAt = now - daysAgo * DAY;
  return {
    id: randomUUID(),
    type: 'VersionUpdate',
    params,
    createdAt,
    by: 'foreign',
    body: {},
    status: errors.length > 0 ? 'Failed' : 'Successful',
    errors,
    endedAt: createdAt + 16 * MINUTE,
  };
}

export function healthIssue(code: string, message: string, ...resourceIds: readonly string[]): HealthIssue {
  return { code, message, resourceIds };
}

/** A UUID that depends only on the text. */
export function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}
