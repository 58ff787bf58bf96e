/** The sample shop's EKS clusters and node groups: current and outdated ones, healthy and not. */
import type { EksCluster } from '../eks/cluster';
import type { EksUpdate } from '../eks/update';
import { releasesOf } from '../eks/versions';
import { MINUTE } from '../timeline';
import type { World } from '../world';
import {
  addNodegroup,
  type ClusterRow,
  healthIssue,
  type NodegroupRow,
  newEksCluster,
  pastUpdate,
} from './eks-parts';
import { OPTIONS_GROUPS } from './kubernetes/options-desk';
import { type SeededNetwork, seedNetwork } from './network';
import { seedReadiness } from './readiness';
import { type SeededTemplates, seedTemplates } from './templates';

const LONG = 30 * 24 * 60 * MINUTE;

export function seedEks(world: World, elsewhere: string): void {
  const { region, clock } = world;
  const now = clock.now();
  const network = seedNetwork(world.subnets, region, '6');
  const templates = seedTemplates(world.templates, region, now);
  const add = (where: string, net: SeededNetwork, row: ClusterRow, groups: readonly NodegroupRow[]) => {
    const cluster = newEksCluster(world, where, net, row);
    world.clusters.add(cluster);
    for (const group of groups) addNodegroup(cluster, group, now);
    return cluster;
  };

  const trading = add(
    region,
    network,
    { name: 'trading-prod', version: '1.32', tags: { Environment: 'prod', ManagedBy: 'terraform' } },
    tradingGroups(templates),
  );
  const marketData = add(
    region,
    network,
    { name: 'market-data', version: '1.33', tags: { 'aws:cloudformation:stack-name': 'market-data-eks' } },
    marketDataGroups(templates, network),
  );
  const risk = add(
    region,
    network,
    { name: 'risk-batch', version: '1.30', tags: { 'alpha.eksctl.io/cluster-name': 'risk-batch' } },
    riskGroups(templates),
  );
  const research = add(
    region,
    network,
    {
      name: 'research-gpu',
      version: '1.34',
      supportType: 'STANDARD',
      tags: { 'karpenter.sh/discovery': 'research-gpu' },
    },
    RESEARCH_GROUPS,
  );
  const options = add(
    region,
    network,
    { name: 'options-desk', version: '1.34', tags: { Environment: 'prod' } },
    OPTIONS_ROWS,
  );
  const auto = add(region, network, { name: 'quant-auto', version: '1.34', supportType: 'STANDARD' }, []);
  const compliance = add(region, network, { name: 'compliance', version: '1.33' }, COMPLIANCE_GROUPS);
  const emea = add(
    elsewhere,
    seedNetwork(world.subnets, elsewhere, '7'),
    { name: 'emea-edge', version: '1.31' },
    EMEA_GROUPS,
  );
  for (const cluster of [trading, marketData, risk, research, options, auto, compliance, emea])
    seedReadiness(cluster, now);
  seedHistory(trading, now);
  keepRetiring(risk, world);
}

function tradingGroups({ lowLatency }: SeededTemplates): readonly NodegroupRow[] {
  const terraform = { ManagedBy: 'terraform' };
  return [
    {
      name: 'system',
      amiType: 'AL2_x86_64',
      version: '1.31',
      behind: 2,
      labels: { role: 'system' },
      tags: terraform,
    },
    { name: 'feed-handlers', amiType: 'AL2023_x86_64_STANDARD', version: '1.32', nodes: 6, tags: terraform },
    {
      name: 'gateway-arm',
      amiType: 'AL2023_ARM_64_STANDARD',
      version: '1.30',
      behind: 1,
      status: 'DEGRADED',
      issues: [
        healthIssue(
          'NodeCreationFailure',
          'Unhealthy nodes in the kubernetes cluster',
          'i-0f2c7d91be5a48306',
          'i-0a83e5b6c0d917f24',
        ),
        healthIssue(
          'AsgInstanceLaunchFailures',
          'Could not launch On-Demand Instances. InsufficientInstanceCapacity in the requested Availability Zone.',
          'eks-gateway-arm',
        ),
      ],
      instanceTypes: ['m7g.xlarge'],
    },
    {
      name: 'oms-guarded',
      amiType: 'AL2023_x86_64_STANDARD',
      version: '1.31',
      behind: 1,
      nodes: 4,
      taints: [{ key: 'dedicated', value: 'oms', effect: 'NO_SCHEDULE' }],
    },
    {
      name: 'oms-low-latency',
      amiType: 'CUSTOM',
      version: '1.32',
      nodes: 2,
      template: { of: lowLatency, version: 3 },
      tags: terraform,
    },
  ];
}

function marketDataGroups({ hardened }: SeededTemplates, { tight }: SeededNetwork): readonly NodegroupRow[] {
  const cloudFormation = { 'aws:cloudformation:stack-name': 'market-data-nodes' };
  return [
    { name: 'ingest', amiType: 'BOTTLEROCKET_x86_64', version: '1.33', behind: 1, nodes: 8 },
    { name: 'ingest-arm', amiType: 'BOTTLEROCKET_ARM_64', version: '1.32', behind: 2 },
    // The last Kubernetes version with AL2 AMIs is 1.32, so this group cannot follow its cluster to 1.33.
    { name: 'replay-al2', amiType: 'AL2_x86_64', version: '1.32' },
    { name: 'windows-tools', amiType: 'WINDOWS_CORE_2022_x86_64', version: '1.32', behind: 1, nodes: 2 },
    {
      name: 'legacy-subnets',
      amiType: 'AL2023_x86_64_STANDARD',
      version: '1.32',
      behind: 1,
      subnetIds: tight,
      tags: cloudFormation,
    },
    {
      name: 'hardened',
      amiType: 'AL2023_x86_64_STANDARD',
      version: '1.33',
      behind: 1,
      template: { of: hardened, version: 1 },
      updateConfig: { maxUnavailablePercentage: 33 },
      tags: cloudFormation,
    },
  ];
}

function riskGroups({ eksctl }: SeededTemplates): readonly NodegroupRow[] {
  return [
    {
      name: 'spot-batch',
      amiType: 'AL2_x86_64',
      version: '1.29',
      behind: 1,
      nodes: 12,
      capacityType: 'SPOT',
      template: { of: eksctl, version: 1 },
      updateConfig: { maxUnavailable: 4 },
      tags: { 'alpha.eksctl.io/nodegroup-name': 'spot-batch', 'alpha.eksctl.io/nodegroup-type': 'managed' },
    },
    { name: 'on-demand', amiType: 'AL2_ARM_64', version: '1.30', instanceTypes: ['c7g.2xlarge'] },
    { name: 'retiring', amiType: 'AL2_x86_64', version: '1.29', behind: 2, nodes: 1 },
  ];
}

const RESEARCH_GROUPS: readonly NodegroupRow[] = [
  {
    name: 'training',
    amiType: 'AL2023_x86_64_NVIDIA',
    version: '1.33',
    behind: 1,
    nodes: 2,
    instanceTypes: ['g6.12xlarge'],
    updateConfig: { maxUnavailable: 1, updateStrategy: 'MINIMAL' },
  },
  { name: 'inference', amiType: 'AL2023_x86_64_NEURON', version: '1.34', instanceTypes: ['inf2.xlarge'] },
  {
    name: 'inference-arm',
    amiType: 'AL2023_ARM_64_NVIDIA',
    version: '1.34',
    behind: 1,
    instanceTypes: ['g5g.2xlarge'],
  },
  {
    name: 'karpenter-system',
    amiType: 'BOTTLEROCKET_x86_64_NVIDIA',
    version: '1.34',
    nodes: 2,
    tags: { 'karpenter.sh/nodepool': 'system' },
  },
];

const OPTIONS_ROW = { amiType: 'AL2023_x86_64_STANDARD', version: '1.33', behind: 1, nodes: 2 } as const;

/**
 * Each node group except `system` has a taint, so that pods without a matching toleration, such as those
 * of CoreDNS, run only on `system`.
 */
const OPTIONS_ROWS: readonly NodegroupRow[] = [
  { ...OPTIONS_ROW, name: 'system' },
  ...OPTIONS_GROUPS.map(
    (name): NodegroupRow => ({
      ...OPTIONS_ROW,
      name,
      taints: [{ key: 'dedicated', value: name, effect: 'NO_SCHEDULE' }],
    }),
  ),
];

/** Node groups of a cluster in which the sandbox's caller has no access entry. */
const COMPLIANCE_GROUPS: readonly NodegroupRow[] = [
  { name: 'surveillance', amiType: 'AL2023_x86_64_STANDARD', version: '1.33', behind: 1 },
];

const EMEA_GROUPS: readonly NodegroupRow[] = [
  { name: 'edge', amiType: 'AL2023_x86_64_STANDARD', version: '1.31' },
  { name: 'edge-arm', amiType: 'AL2023_ARM_64_STANDARD', version: '1.31', behind: 2 },
];

function seedHistory(trading: EksCluster, now: number): void {
  trading.updates.push(
    pastUpdate(45, now, [
      { type: 'Version', value: '1.32' },
      { type: 'PlatformVersion', value: 'eks.20' },
    ]),
  );
  const joined = {
    errorCode: 'NodeCreationFailure',
    errorMessage: "Couldn't proceed with upgrade process as new nodes are not joining node group gateway-arm",
    resourceIds: ['i-0f2c7d91be5a48306', 'i-0a83e5b6c0d917f24'],
  };
  pastRelease(trading, 'gateway-arm', { daysAgo: 40, version: '1.31', behind: 1, errors: [joined] }, now);
  pastRelease(trading, 'feed-handlers', { daysAgo: 38, version: '1.32', behind: 1 }, now);
  pastRelease(trading, 'feed-handlers', { daysAgo: 9, version: '1.32', behind: 0 }, now);
}

interface PastRelease {
  readonly daysAgo: number;
  readonly version: string;
  readonly behind: number;
  readonly errors?: EksUpdate['errors'];
}

function pastRelease(
  { nodegroups }: EksCluster,
  name: string,
  { daysAgo, version, behind, errors }: PastRelease,
  now: number,
): void {
  const group = nodegroups.get(name);
  const release = releasesOf(group?.facts.amiType ?? '', version)[behind] ?? '';
  const params = [
    { type: 'Version', value: version },
    { type: 'ReleaseVersion', value: release },
  ];
  group?.updates.push(pastUpdate(daysAgo, now, params, errors));
}

/** Leaves the node group `retiring` in deletion for weeks, as if the deletion were blocked. */
function keepRetiring(risk: EksCluster, { timeline, clock }: World): void {
  risk.nodegroups.get('retiring')?.change({ status: 'DELETING' }, clock.now());
  timeline.after(LONG, () => risk.nodegroups.delete('retiring'));
}
