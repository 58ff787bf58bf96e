/** The readiness data of the sample shop's EKS clusters: insights and installed add-ons. */
import { ADDON_CATALOG, type Addon, newestFor } from '../eks/addons';
import type { EksCluster } from '../eks/cluster';
import type { Insight } from '../eks/insights';
import { minorOf } from '../eks/versions';
import { MINUTE } from '../timeline';
import { healthIssue, uuidOf } from './eks-parts';

const DAY = 24 * 60 * MINUTE;

/**
 * The installed versions of the add-ons that are behind the newest version for their cluster, by cluster and
 * add-on.
 */
const OLDER: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'trading-prod': { 'aws-ebs-csi-driver': 'v1.38.1-eksbuild.2', coredns: 'v1.11.4-eksbuild.24' },
  'risk-batch': { 'vpc-cni': 'v1.18.6-eksbuild.1', coredns: 'v1.11.1-eksbuild.13' },
};

export function seedReadiness(cluster: EksCluster, now: number): void {
  for (const addon of addonsOf(cluster, now)) cluster.addons.set(addon.name, addon);
  cluster.inspect = insightsOf;
  cluster.refreshInsights(now - 6 * 60 * MINUTE);
}

function addonsOf({ facts }: EksCluster, now: number): readonly Addon[] {
  return ADDON_CATALOG.flatMap(({ name, versions }) => {
    const version = OLDER[facts.name]?.[name] ?? newestFor(versions, minorOf(facts.version))?.version;
    if (version === undefined) return [];
    const ill = facts.name === 'risk-batch' && name === 'coredns';
    return [
      {
        name,
        version,
        arn: `arn:aws:eks:${facts.region}:${facts.accountId}:addon/${facts.name}/${name}/${uuidOf(facts.name + name)}`,
        status: ill ? 'DEGRADED' : 'ACTIVE',
        issues: ill
          ? [
              healthIssue(
                'InsufficientNumberOfReplicas',
                'The add-on is unhealthy because all deployments have all pods unscheduled',
              ),
            ]
          : [],
        createdAt: now - 300 * DAY,
      } as const,
    ];
  });
}

type Given = Pick<Insight, 'name' | 'description' | 'status' | 'reason' | 'recommendation'> &
  Partial<Insight>;

function insightsOf(cluster: EksCluster, refreshedAt: number): readonly Insight[] {
  const { facts } = cluster;
  const next = `1.${minorOf(facts.version) + 1}`;
  const before = `1.${minorOf(facts.version) - 1}`;
  const insight = (given: Given): Insight => ({
    id: uuidOf(`${facts.arn} ${given.name}`),
    category: 'UPGRADE_READINESS',
    kubernetesVersion: next,
    additionalInfo: {
      'EKS update cluster documentation':
        'https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html',
    },
    resources: [],
    refreshedAt,
    ...given,
  });
  return [
    insight({
      name: 'Cluster health issues',
      description:
        'Checks for any cluster health issues that prevent successful upgrade to the next Kubernetes version on EKS.',
      status: 'PASSING',
      reason: 'No cluster health issues detected.',
      recommendation: 'Resolve cluster health issues before the upgrade.',
    }),
    insight(kubeletSkew(cluster)),
    insight(addonCompatibility(cluster, next)),
    insight(deprecatedApis(cluster, next)),
    insight(amazonLinux2(cluster)),
    insight({
      name: 'kube-proxy version skew',
      description:
        'Checks version of kube-proxy in cluster to see if upgrade would cause non compliance with supported Kubernetes kube-proxy version skew policy.',
      ...(facts.name === 'risk-batch'
        ? { status: 'UNKNOWN', reason: 'The version of kube-proxy could not be read.' }
        : { status: 'PASSING', reason: 'kube-proxy versions match the cluster control plane version.' }),
      recommendation: 'Upgrade kube-proxy to the version of the control plane.',
    }),
    insight({
      name: 'Node group rollback readiness',
      category: 'ROLLBACK_READINESS',
      kubernetesVersion: before,
      description: `Checks whether node groups can go back to Kubernetes ${before}.`,
      ...(facts.name === 'trading-prod'
        ? { status: 'WARNING', reason: `Node groups run a version newer than ${before}.` }
        : { status: 'PASSING', reason: 'No node group stands in the way of a rollback.' }),
      recommendation: 'Roll node groups back before the control plane.',
    }),
  ];
}

function kubeletSkew({ facts, nodegroups }: EksCluster): Given {
  const behind = [...nodegroups.values()].filter(({ state }) => state.version !== facts.version);
  return {
    name: 'Kubelet version skew',
    description:
      'Checks for kubelet versions of worker nodes in the cluster to see if upgrade would cause non compliance with supported Kubernetes kubelet version skew policy.',
    status: behind.length > 0 ? 'WARNING' : 'PASSING',
    reason:
      behind.length > 0
        ? 'Node kubelet versions are behind the cluster control plane version.'
        : 'Node kubelet versions match the cluster control plane version.',
    recommendation:
      'Upgrade your worker nodes to match the Kubernetes version of your cluster control plane.',
    resources: behind.map(({ facts: group }) => ({
      status: 'WARNING',
      reason: 'The node kubelet version is behind the cluster control plane version.',
      arn: group.arn,
    })),
  };
}

function amazonLinux2({ nodegroups }: EksCluster): Given {
  const old = [...nodegroups.values()].filter(({ facts }) => facts.amiType.startsWith('AL2_'));
  return {
    name: 'Amazon Linux 2 compatibility',
    description: 'Checks whether worker nodes run Amazon Linux 2, for which EKS publishes no more AMIs.',
    status: old.length > 0 ? 'WARNING' : 'PASSING',
    reason: old.length > 0 ? 'Nodes with Amazon Linux 2 found.' : 'No nodes with Amazon Linux 2 found.',
    recommendation: 'Move the node groups to Amazon Linux 2023 or Bottlerocket.',
    resources: old.map(({ facts }) => ({
      status: 'WARNING',
      reason: 'The nodes run Amazon Linux 2.',
      arn: facts.arn,
    })),
  };
}

function addonCompatibility({ addons }: EksCluster, next: string): Given {
  const stuck = [...addons.values()].filter(({ name, version }) => {
    const offered = ADDON_CATALOG.find((one) => one.name === name)?.versions.find(
      (one) => one.version === version,
    );
    return name !== 'kube-proxy' && offered !== undefined && offered.to < minorOf(next);
  });
  return {
    name: 'EKS add-on version compatibility',
    description:
      'Checks version of installed EKS add-ons to ensure they are compatible with the next version of Kubernetes.',
    status: stuck.length > 0 ? 'ERROR' : 'PASSING',
    reason:
      stuck.length > 0
        ? 'Incompatible add-on versions installed.'
        : 'All installed EKS add-on versions are compatible with next Kubernetes version.',
    recommendation: 'Upgrade add-ons to compatible versions before the control plane.',
    resources: stuck.map(({ arn }) => ({
      status: 'ERROR',
      reason: `The add-on version is not compatible with Kubernetes ${next}.`,
      arn,
    })),
    summary: {
      addonCompatibilityDetails: stuck.map(({ name }) => ({
        name,
        compatibleVersions: (ADDON_CATALOG.find((one) => one.name === name)?.versions ?? [])
          .filter(({ from, to }) => minorOf(next) >= from && minorOf(next) <= to)
          .map(({ version }) => version),
      })),
    },
  };
}

function deprecatedApis({ facts }: EksCluster, next: string): Given {
  const used = facts.name === 'risk-batch';
  // Kubernetes 1.32 no longer serves the API that `risk-batch` uses: `flowcontrol.apiserver.k8s.io/v1beta3`.
  const removedIn = used ? '1.32' : next;
  return {
    name: `Deprecated APIs removed in Kubernetes v${removedIn}`,
    description: `Checks for usage of deprecated APIs that are scheduled for removal in Kubernetes v${removedIn}.`,
    kubernetesVersion: removedIn,
    status: used ? 'ERROR' : 'PASSING',
    reason: used
      ? 'Deprecated API usage detected within last 30 days and your cluster is on the way to the removal.'
      : 'No deprecated API usage detected within the last 30 days.',
    recommendation:
      'Update manifests and API clients to use newer Kubernetes APIs if applicable before upgrading.',
    resources: used
      ? [
          {
            status: 'ERROR',
            reason: 'The resource is read through a deprecated API.',
            kubernetesResourceUri: '/apis/flowcontrol.apiserver.k8s.io/v1beta3/flowschemas/batch-jobs',
          },
        ]
      : [],
    summary: {
      deprecationDetails: used
        ? [
            {
              usage: '/apis/flowcontrol.apiserver.k8s.io/v1beta3/flowschemas',
              replacedWith: '/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas',
              stopServingVersion: removedIn,
              startServingReplacementVersion: '1.29',
              clientStats: [{ userAgent: 'risk-scheduler', numberOfRequestsLast30Days: 418 }],
            },
          ]
        : [],
    },
  };
}
