/**
 * The input of a plan: the present state of a cluster and one of its node groups. In place of a part that
 * could not be read, the input has the reason.
 */

import { type DrainReading, type DrainSources, readDrainIfPossible } from '../../drain/read-drain';
import type {
  ClusterVersion,
  EksCluster,
  EksUpdate,
  Insight,
  LaunchTemplateVersion,
  Nodegroup,
  Subnet,
} from '../../model/eks';
import type { Failure } from '../../model/failure';
import { allItems } from '../../model/page';
import { present } from '../../model/present';
import { known, type OptionalRead, readOptional } from '../../plan/optional-read';
import type { UpgradePorts } from '../ports';
import { amiEnd } from '../rules/ami';
import type { Unknown } from '../rules/unknown';
import { type TargetVersion, targetVersions } from '../rules/versions';
import type { Releases } from './releases';
import { runningUpdates } from './running';

/**
 * The part of a situation that all node groups of a cluster share; a plan for several of them reads it only
 * once.
 */
export interface ClusterSituation {
  readonly cluster: EksCluster;
  /** Insights of every category. */
  readonly insights: OptionalRead<readonly Insight[]>;
  readonly versions: OptionalRead<readonly ClusterVersion[]>;
}

export interface VersionOption extends TargetVersion {
  /** The newest AMI release for this version. */
  readonly newest: OptionalRead<string, Unknown>;
}

export interface Situation extends ClusterSituation {
  readonly nodegroup: Nodegroup;
  /** Updates of the node group that have not ended. */
  readonly running: OptionalRead<readonly EksUpdate[], Unknown>;
  /** Undefined: the node group was created without a launch template. */
  readonly templates?: OptionalRead<readonly LaunchTemplateVersion[]>;
  readonly subnets: OptionalRead<readonly Subnet[]>;
  /** Kubernetes versions to which the node group may be updated, newest first. */
  readonly offered: readonly VersionOption[];
  /**
   * The nodes, pods and disruption budgets that decide how a drain would run; undefined if Slipway does not
   * read them.
   */
  readonly drain?: OptionalRead<DrainReading, Failure>;
}

export interface Sources {
  readonly ports: UpgradePorts;
  readonly releases: Releases;
  /**
   * Returns the sources from which the nodes, pods and budgets of the named cluster are read; absent if Slipway
   * does not read them.
   */
  readonly drain?: (cluster: string) => Promise<DrainSources>;
}

/** @throws the failure of DescribeCluster, cancellation, missing credentials. */
export async function readCluster(
  { eks }: Pick<UpgradePorts, 'eks'>,
  name: string,
  signal: AbortSignal,
): Promise<ClusterSituation> {
  const [cluster, insights, versions] = await Promise.all([
    eks.describeCluster(name, signal),
    readOptional(() => allItems((next) => eks.listInsights(name, next, signal))),
    readOptional(() => allItems((next) => eks.clusterVersions(next, signal))),
  ]);
  return { cluster, insights, versions };
}

/** @throws the failure of DescribeNodegroup, cancellation, missing credentials. */
export async function readSituation(
  sources: Sources,
  shared: ClusterSituation,
  name: string,
  signal: AbortSignal,
): Promise<Situation> {
  const { eks } = sources.ports;
  return aroundNodegroup(
    sources,
    shared,
    await eks.describeNodegroup(shared.cluster.name, name, signal),
    signal,
  );
}

/** As {@link readSituation}, for a node group that was just read: reads only the rest of the situation. */
export async function aroundNodegroup(
  sources: Sources,
  shared: ClusterSituation,
  nodegroup: Nodegroup,
  signal: AbortSignal,
): Promise<Situation> {
  const { compute, eks } = sources.ports;
  const inside = sources.drain;
  const template = nodegroup.launchTemplate;
  const [running, templates, subnets, offered, drain] = await Promise.all([
    // An active node group has no running update: EKS shows UPDATING while one runs.
    nodegroup.phase === 'ready' ? known([]) : runningUpdates(eks, nodegroup, signal),
    template &&
      readOptional(() => allItems((next) => compute.launchTemplateVersions(template, next, signal))),
    nodegroup.subnetIds.length === 0
      ? known([])
      : readOptional(() => compute.subnets(nodegroup.subnetIds, signal)),
    versionOptions(sources.releases, shared.cluster, nodegroup, signal),
    inside && readDrainIfPossible(() => inside(shared.cluster.name), { nodegroup: nodegroup.name }, signal),
  ]);
  return {
    ...shared,
    nodegroup,
    running,
    ...present({ templates }),
    subnets,
    offered,
    ...present({ drain }),
  };
}

function versionOptions(
  releases: Releases,
  cluster: EksCluster,
  { amiType, version: current }: Nodegroup,
  signal: AbortSignal,
): Promise<readonly VersionOption[]> {
  return Promise.all(
    targetVersions(cluster.version, current, amiEnd(amiType)?.lastVersion).map(async (target) => ({
      ...target,
      newest: await releases.newest(amiType, target.version, signal),
    })),
  );
}
