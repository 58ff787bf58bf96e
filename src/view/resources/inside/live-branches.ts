/** Rows of what is inside of clusters: which of the clusters are watched, and what their open rows show. */
import type { ClusterSeen } from '../../../drain/cluster-seen';
import type { Clock } from '../../../model/clock';
import { isLiveBranch, type LiveBranch } from '../node';
import { connectionNodeOf } from '../row';
import type { ClusterSource } from '../source';
import { ClusterSight } from './cluster-sight';

export interface LiveBranchesParts {
  readonly source: ClusterSource;
  readonly clock: Clock;
  /** Those that are open. */
  readonly branches: () => readonly LiveBranch[];
  /** Shows what is below a branch by now. */
  readonly show: (branch: LiveBranch, seen: ClusterSeen) => void;
}

type ClusterRow = Exclude<LiveBranch['parent'], LiveBranch>;

export class LiveBranches {
  private readonly sights = new Map<string, ClusterSight>();
  private isVisible = false;

  constructor(private readonly parts: LiveBranchesParts) {}

  /** What is seen of the cluster that a branch is in, as soon as there is anything to say. */
  seen(branch: LiveBranch, signal: AbortSignal): Promise<ClusterSeen> {
    return this.sightOf(clusterOf(branch)).first(signal);
  }

  /** Whether anybody can see the rows. */
  visible(isVisible: boolean): void {
    if (this.isVisible === isVisible) return;
    this.isVisible = isVisible;
    this.look();
  }

  /** Rows were opened or shut: watches the clusters that are looked into now, and no other. */
  look(): void {
    const open = this.isVisible ? this.parts.branches() : [];
    const clusters = new Map(open.map((branch) => [clusterOf(branch).id, clusterOf(branch)]));
    for (const cluster of clusters.values()) this.sightOf(cluster).begin();
    for (const [id, sight] of this.sights) if (!clusters.has(id)) sight.end();
  }

  /** Tries anew what could not be seen. */
  again(branch: LiveBranch): void {
    this.sightOf(clusterOf(branch)).again();
  }

  dispose(): void {
    for (const sight of this.sights.values()) sight.end();
    this.sights.clear();
  }

  private sightOf(cluster: ClusterRow): ClusterSight {
    const known = this.sights.get(cluster.id);
    if (known) return known;
    const { source, clock } = this.parts;
    const { connection } = connectionNodeOf(cluster);
    const sight = new ClusterSight(
      (changed, signal) => source.watchCluster(connection, cluster.name, changed, signal),
      clock,
      () => this.show(cluster, sight.now),
    );
    this.sights.set(cluster.id, sight);
    return sight;
  }

  private show(cluster: ClusterRow, seen: ClusterSeen | undefined): void {
    if (!seen) return;
    const open = this.parts.branches().filter((branch) => clusterOf(branch) === cluster);
    for (const branch of open) this.parts.show(branch, seen);
    // The rows that were open are no longer there.
    if (open.length === 0) this.look();
  }
}

function clusterOf({ parent }: LiveBranch): ClusterRow {
  return isLiveBranch(parent) ? clusterOf(parent) : parent;
}
