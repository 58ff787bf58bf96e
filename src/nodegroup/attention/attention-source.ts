/**
 * Reads the facts that show what needs attention: for single rows of the tree, a whole cluster, or a whole
 * account.
 */

import type { Clock } from '../../model/clock';
import type {
  ClusterVersion,
  EksCluster,
  LaunchTemplateRef,
  LaunchTemplateVersion,
  Nodegroup,
} from '../../model/eks';
import { type Failure, failureOf } from '../../model/failure';
import { allItems, everyItem } from '../../model/page';
import { present } from '../../model/present';
import { known, type OptionalRead, readOptional } from '../../plan/optional-read';
import type { UpgradePorts } from '../ports';
import { Releases } from '../reading/releases';
import { SharedReads } from '../reading/shared-reads';
import { type Support, supportOf } from '../rules/support';
import { type Attention, clusterAttention, nodegroupAttention } from './attention';

/**
 * An item of a survey. If AWS answers the request for a cluster or node group with an error, an item of kind
 * `failed` takes its place, and the survey continues.
 */
export type Surveyed =
  | { readonly kind: 'cluster'; readonly cluster: EksCluster; readonly attention: Attention }
  | {
      readonly kind: 'nodegroup';
      readonly cluster: EksCluster;
      readonly nodegroup: Nodegroup;
      readonly attention: Attention;
    }
  | { readonly kind: 'failed'; readonly path: readonly string[]; readonly failure: Failure };

export interface ClusterAttention {
  readonly attention: Attention;
  /** How long AWS supports the cluster's version. */
  readonly support: OptionalRead<Support>;
}

/**
 * Milliseconds for which a launch template's versions are kept. Many node groups share a template, but a
 * version may be added to it at any time.
 */
const TEMPLATES_KEPT = 60_000;

/** One instance serves one connection. */
export class AttentionSource {
  /** Plans read releases from here, too, so that the same releases are not requested again. */
  readonly releases: Releases;
  private readonly versions: SharedReads<readonly ClusterVersion[]>;
  private readonly templates: SharedReads<readonly LaunchTemplateVersion[]>;

  constructor(
    readonly ports: UpgradePorts,
    private readonly clock: Clock,
  ) {
    this.releases = new Releases(ports.images, clock);
    this.versions = new SharedReads(clock);
    this.templates = new SharedReads(clock, TEMPLATES_KEPT);
  }

  /** @throws cancellation, missing credentials. */
  async atCluster(cluster: EksCluster, signal: AbortSignal): Promise<ClusterAttention> {
    const versions = await this.listed(signal);
    const now = this.clock.now();
    return {
      attention: clusterAttention(cluster, versions, now),
      support: versions.known ? known(supportOf(cluster.version, versions.value, now)) : versions,
    };
  }

  /**
   * @param controlPlane Kubernetes version of the control plane; undefined if the cluster could not be read
   * @throws cancellation, missing credentials.
   */
  async atNodegroup(
    nodegroup: Nodegroup,
    controlPlane: string | undefined,
    signal: AbortSignal,
  ): Promise<Attention> {
    const [newest, templates] = await Promise.all([
      this.releases.newest(nodegroup.amiType, nodegroup.version, signal),
      nodegroup.launchTemplate && this.versionsOf(nodegroup.launchTemplate, signal),
    ]);
    return nodegroupAttention({
      nodegroup,
      newest,
      ...present({ controlPlane, templates }),
    });
  }

  /**
   * Yields the clusters that `clusters` names (if undefined: all clusters of the connection) and their node
   * groups, each as soon as it has been read.
   * @throws cancellation, missing credentials, and the failure of ListClusters.
   */
  async *survey(
    clusters: readonly string[] | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<Surveyed, void> {
    const { eks } = this.ports;
    for await (const name of clusters ?? everyItem((next) => eks.listClusters(next, signal))) {
      yield* reporting([name], this.surveyCluster(name, signal));
    }
  }

  /** Drops all answers, so that AWS is asked again. */
  forget(): void {
    this.releases.forget();
    this.versions.forget();
    this.templates.forget();
  }

  private listed(signal: AbortSignal): Promise<OptionalRead<readonly ClusterVersion[]>> {
    const { eks } = this.ports;
    return this.versions.get(
      'all',
      () => readOptional(() => allItems((next) => eks.clusterVersions(next, signal))),
      signal,
    );
  }

  private versionsOf(
    template: LaunchTemplateRef,
    signal: AbortSignal,
  ): Promise<OptionalRead<readonly LaunchTemplateVersion[]>> {
    const { compute } = this.ports;
    return this.templates.get(
      template.id ?? `name ${template.name}`,
      () => readOptional(() => allItems((next) => compute.launchTemplateVersions(template, next, signal))),
      signal,
    );
  }

  private async *surveyCluster(name: string, signal: AbortSignal): AsyncGenerator<Surveyed, void> {
    const { eks } = this.ports;
    const cluster = await eks.describeCluster(name, signal);
    const { attention } = await this.atCluster(cluster, signal);
    yield { kind: 'cluster', cluster, attention };
    for await (const group of everyItem((next) => eks.listNodegroups(name, next, signal))) {
      yield* reporting([name, group], this.surveyNodegroup(cluster, group, signal));
    }
  }

  private async *surveyNodegroup(
    cluster: EksCluster,
    name: string,
    signal: AbortSignal,
  ): AsyncGenerator<Surveyed, void> {
    const nodegroup = await this.ports.eks.describeNodegroup(cluster.name, name, signal);
    const attention = await this.atNodegroup(nodegroup, cluster.version, signal);
    yield { kind: 'nodegroup', cluster, nodegroup, attention };
  }
}

/**
 * Yields `items`. If they end with a failure of kind `aws`, yields a `failed` item for `path` last; any other
 * failure ends the survey.
 */
async function* reporting(
  path: readonly string[],
  items: AsyncGenerator<Surveyed, void>,
): AsyncGenerator<Surveyed, void> {
  try {
    yield* items;
  } catch (thrown) {
    const failure = failureOf(thrown);
    if (failure.kind !== 'aws') throw thrown;
    yield { kind: 'failed', path, failure };
  }
}
