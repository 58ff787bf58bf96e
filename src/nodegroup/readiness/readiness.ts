/**
 * The upgrade readiness of an EKS cluster: its state, the needs of the next version, and the facts that could not be
 * read.
 */
import type { Clock } from '../../model/clock';
import type { ClusterVersion, EksCluster } from '../../model/eks';
import { known, type OptionalRead } from '../../plan/optional-read';
import type { AttentionSource } from '../attention/attention-source';
import type { InsightFacts } from '../checks/insights';
import { insightsOf } from '../checks/insights';
import { readCluster } from '../reading/situation';
import { type Support, supportOf } from '../rules/support';
import { nextMinor } from '../rules/versions';
import { type AddonReadiness, readAddons } from './addons';
import { type NodegroupsRead, readNodegroups } from './nodegroups';
import { type ReadinessStep, readinessSteps } from './steps';

/** The next version of the control plane, which can be upgraded by only one minor version at a time. */
export type NextVersion =
  | { readonly kind: 'offered'; readonly version: string }
  /** The list of versions that AWS offers could not be read. */
  | { readonly kind: 'assumed'; readonly version: string }
  /** AWS does not offer the next minor version, or the present version cannot be parsed. */
  | { readonly kind: 'none' };

export interface Readiness {
  readonly cluster: EksCluster;
  /** Epoch milliseconds. */
  readonly readAt: number;
  readonly support: OptionalRead<Support>;
  readonly next: NextVersion;
  readonly insights: OptionalRead<InsightFacts>;
  readonly nodegroups: NodegroupsRead;
  readonly addons: OptionalRead<readonly AddonReadiness[]>;
  /** In the order in which they should be carried out; empty if there is no next version. */
  readonly steps: readonly ReadinessStep[];
}

/** @throws the failures of DescribeCluster and ListNodegroups, cancellation, missing credentials. */
export async function readReadiness(
  attention: AttentionSource,
  name: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<Readiness> {
  const { cluster, insights: listed, versions } = await readCluster(attention.ports, name, signal);
  const next = nextVersion(cluster.version, versions);
  const target = next.kind === 'none' ? undefined : next.version;
  const insights = insightsOf(listed, 'UPGRADE_READINESS');
  const nodegroups = await readNodegroups(attention, cluster, target, signal);
  const addons = await readAddons(attention.ports.eks, cluster, target, signal);
  const readAt = clock.now();
  return {
    cluster,
    readAt,
    support: versions.known ? known(supportOf(cluster.version, versions.value, readAt)) : versions,
    next,
    insights,
    nodegroups,
    addons,
    steps:
      target === undefined
        ? []
        : readinessSteps({ cluster, next: target, insights, nodegroups: nodegroups.read, addons }),
  };
}

function nextVersion(current: string, versions: OptionalRead<readonly ClusterVersion[]>): NextVersion {
  const version = nextMinor(current);
  if (version === undefined) return { kind: 'none' };
  if (!versions.known) return { kind: 'assumed', version };
  return versions.value.some((listed) => listed.version === version)
    ? { kind: 'offered', version }
    : { kind: 'none' };
}
