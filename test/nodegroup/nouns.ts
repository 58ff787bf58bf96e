/** Clusters, node groups and what belongs to them, as tests need them: ordinary where the test says nothing. */
import type {
  ClusterVersion,
  EksCluster,
  EksUpdate,
  Insight,
  LaunchTemplateVersion,
  Nodegroup,
  Subnet,
} from '../../src/model/eks';
import type { AwsFailure, AwsReason, ServiceName } from '../../src/model/failure';
import type { Situation } from '../../src/nodegroup/reading/situation';
import { amiEnd } from '../../src/nodegroup/rules/ami';
import { targetVersions } from '../../src/nodegroup/rules/versions';
import { known } from '../../src/plan/optional-read';

export const DAY = 86_400_000;
export const NOW = Date.UTC(2026, 7, 15);

export const NEWEST = '1.33.4-20260801';

export function cluster(parts: Partial<EksCluster> = {}): EksCluster {
  return {
    name: 'prod',
    arn: 'arn:aws:eks:us-east-1:111122223333:cluster/prod',
    version: '1.33',
    status: 'ACTIVE',
    phase: 'ready',
    subnetIds: ['subnet-a', 'subnet-b'],
    tags: {},
    health: [],
    ...parts,
  };
}

export function nodegroup(parts: Partial<Nodegroup> = {}): Nodegroup {
  return {
    clusterName: 'prod',
    name: 'workers',
    arn: 'arn:aws:eks:us-east-1:111122223333:nodegroup/prod/workers/0f',
    status: 'ACTIVE',
    phase: 'ready',
    version: '1.32',
    releaseVersion: '1.32.9-20260601',
    amiType: 'AL2023_x86_64_STANDARD',
    instanceTypes: ['m7i.xlarge'],
    scaling: { min: 1, max: 6, desired: 3 },
    updateConfig: { maxUnavailable: 1 },
    subnetIds: ['subnet-a', 'subnet-b'],
    health: [],
    tags: {},
    labels: {},
    ...parts,
  };
}

/** A node group with a launch template of its own that brings the AMI. */
export function customNodegroup(parts: Partial<Nodegroup> = {}): Nodegroup {
  const { version: _version, ...rest } = nodegroup({
    amiType: 'CUSTOM',
    releaseVersion: 'ami-0a1b2c3d4e5f60718',
    launchTemplate: { id: 'lt-0aa', name: 'own', version: '1' },
    ...parts,
  });
  return rest;
}

export function template(number: number, parts: Partial<LaunchTemplateVersion> = {}): LaunchTemplateVersion {
  return { templateId: 'lt-0aa', templateName: 'own', number, isDefault: number === 1, ...parts };
}

export function subnet(id: string, freeAddresses: number | undefined, zone = id): Subnet {
  return { id, availabilityZone: zone, ...(freeAddresses !== undefined && { freeAddresses }) };
}

export function insight(status: string, parts: Partial<Insight> = {}): Insight {
  return { id: `id-${status}`, name: `${status} insight`, category: 'UPGRADE_READINESS', status, ...parts };
}

export const VERSIONS: readonly ClusterVersion[] = [
  { version: '1.34', status: 'STANDARD_SUPPORT', isDefault: true, endOfStandardSupport: NOW + 400 * DAY },
  { version: '1.33', status: 'STANDARD_SUPPORT', isDefault: false, endOfStandardSupport: NOW + 300 * DAY },
  { version: '1.32', status: 'STANDARD_SUPPORT', isDefault: false, endOfStandardSupport: NOW + 30 * DAY },
  { version: '1.31', status: 'EXTENDED_SUPPORT', isDefault: false, endOfExtendedSupport: NOW + 100 * DAY },
  { version: '1.30', status: 'UNSUPPORTED', isDefault: false, endOfExtendedSupport: NOW - 20 * DAY },
];

/** Everything known and fine: the group is one version behind, and may go to 1.33. */
export function situation(parts: Partial<Situation> = {}): Situation {
  const ownCluster = parts.cluster ?? cluster();
  const ownGroup = parts.nodegroup ?? nodegroup();
  return {
    cluster: ownCluster,
    nodegroup: ownGroup,
    insights: known([insight('PASSING')]),
    versions: known(VERSIONS),
    running: known([]),
    subnets: known([subnet('subnet-a', 200), subnet('subnet-b', 200)]),
    offered: targetVersions(ownCluster.version, ownGroup.version, amiEnd(ownGroup.amiType)?.lastVersion).map(
      (target) => ({ ...target, newest: known(`${target.version}.4-20260801`) }),
    ),
    ...parts,
  };
}

export function update(parts: Partial<EksUpdate> = {}): EksUpdate {
  return {
    id: 'update-1',
    status: 'InProgress',
    type: 'VersionUpdate',
    params: [
      { type: 'Version', value: '1.33' },
      { type: 'ReleaseVersion', value: NEWEST },
    ],
    createdAt: NOW,
    errors: [],
    ...parts,
  };
}

export function awsFailure(
  reason: AwsReason,
  service: ServiceName,
  operation: string,
  parts: Partial<AwsFailure> = {},
): AwsFailure {
  return {
    kind: 'aws',
    reason,
    service,
    operation,
    name: 'SomeException',
    message: 'as AWS puts it',
    passing: false,
    answered: true,
    ...parts,
  };
}

export function denied(service: ServiceName, operation: string): AwsFailure {
  return awsFailure('access-denied', service, operation);
}
