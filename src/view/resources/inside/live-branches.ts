/** Rows inside clusters: watches the clusters whose rows are visible, and updates their open rows. */
import type { ClusterSeen } from '../../../drain/cluster-seen';
import type { Clock } from '../../../model/clock';
import { failureOf } from '../../../model/failure';
import { failureLine } from '../../log';
import { isLiveBranch, type LiveBranch } from '../node';
import { connectionNodeOf } from '../row';
import type { ClusterSource, WorkloadSource, WorkloadsSeen } from '../source';
import { ClusterSight } from './cluster-sight';

export interface LiveBranchesParts {
  readonly source: ClusterSource & WorkloadSource;
  readonly clock: Clock;
  /** The branches that are open in the view. */
  readonly branches: () => readonly LiveBranch[];
  /** Updates the rows below a branch. */
  readonly show: (branch: LiveBranch, seen: Seen) => void;
  readonly log: (message: string) => void;
}

type ClusterRow = Exclude<LiveBranch['parent'], LiveBranch>;

/** The state of a cluster as one of its two watches sees it: its nodes with their pods, or its workloads. */
export type Seen = ClusterSeen | WorkloadsSeen;

/** The watches of a cluster. Each runs only while its rows are shown by the visible view or by a page. */
interface Sights {
  readonly nodes: ClusterSight<ClusterSeen>;
  readonly workloads: ClusterSight<WorkloadsSeen>;
}

type SightName = keyof Sights;

export class LiveBranches {
  private readonly sights = new Map<string, Sights>();
  private isVisible = false;
  /** The branches whose rows are shown by pages; the key is the page's signal. */
  private readonly held = new Map<AbortSignal, LiveBranch>();

  constructor(private readonly parts: LiveBranchesParts) {}

  /** The state of a branch's cluster; resolves as soon as any part of the state is known. */
  seen(branch: LiveBranch, signal: AbortSignal): Promise<Seen> {
    return this.sightsOf(clusterOf(branch))[sightOf(branch)].first(signal);
  }

  /** Called when the view was shown or hidden. */
  visible(isVisible: boolean): void {
    if (this.isVisible === isVisible) return;
    this.isVisible = isVisible;
    this.look();
  }

  /**
   * Watches a branch until `signal` aborts, whether or not the view can be seen. A later call with the same
   * signal replaces the branch.
   */
  hold(branch: LiveBranch, signal: AbortSignal): void {
    if (signal.aborted || this.held.get(signal) === branch) return;
    if (!this.held.has(signal)) {
      signal.addEventListener(
        'abort',
        () => {
          this.held.delete(signal);
          this.look();
        },
        { once: true },
      );
    }
    this.held.set(signal, branch);
    this.look();
  }

  /** Stops holding the branches of a connection that was removed. */
  letGo(connectionId: string): void {
    for (const [signal, branch] of this.held) {
      if (connectionNodeOf(branch).id === connectionId) this.held.delete(signal);
    }
  }

  /**
   * Called when the view has asked for the rows below an open branch: begins the watch if the view is
   * visible.
   */
  opened(branch: LiveBranch): void {
    if (this.isVisible) this.sightsOf(clusterOf(branch))[sightOf(branch)].begin();
  }

  /**
   * Called when the shown rows may have changed: watches the clusters whose rows the visible view or a page
   * shows, and no others.
   */
  look(): void {
    const open = [...(this.isVisible ? this.parts.branches() : []), ...this.held.values()];
    const wanted = new Set<ClusterSight<ClusterSeen> | ClusterSight<WorkloadsSeen>>(
      open.map((branch) => this.sightsOf(clusterOf(branch))[sightOf(branch)]),
    );
    for (const sight of wanted) sight.begin();
    for (const sight of this.all()) if (!wanted.has(sight)) sight.end();
  }

  /**
   * Restarts the watch that the branch needs, if it is running, so that parts that could not be read are
   * tried again.
   */
  again(branch: LiveBranch): void {
    this.sightsOf(clusterOf(branch))[sightOf(branch)].again();
  }

  dispose(): void {
    this.held.clear();
    for (const sight of this.all()) sight.end();
    this.sights.clear();
  }

  /** Makes the rows below a branch again from the cluster's current state; does nothing if no state is known. */
  showAgain(branch: LiveBranch): void {
    const { now } = this.sightsOf(clusterOf(branch))[sightOf(branch)];
    if (now) this.parts.show(branch, now);
  }

  private all(): readonly (ClusterSight<ClusterSeen> | ClusterSight<WorkloadsSeen>)[] {
    return [...this.sights.values()].flatMap(({ nodes, workloads }) => [nodes, workloads]);
  }

  private sightsOf(cluster: ClusterRow): Sights {
    const known = this.sights.get(cluster.id);
    if (known) return known;
    const { source, clock, log } = this.parts;
    const { connection } = connectionNodeOf(cluster);
    const failed = (thrown: unknown): void => log(`${cluster.id}: ${failureLine(failureOf(thrown))}`);
    const sights: Sights = {
      nodes: new ClusterSight(
        (changed, signal) => source.watchCluster(connection, cluster.name, changed, signal),
        clock,
        (signal) => this.show(cluster, 'nodes', signal),
        failed,
      ),
      workloads: new ClusterSight(
        (changed, signal) => source.watchWorkloads(connection, cluster.name, changed, signal),
        clock,
        (signal) => this.show(cluster, 'workloads', signal),
        failed,
      ),
    };
    this.sights.set(cluster.id, sights);
    return sights;
  }

  private async show(cluster: ClusterRow, sight: SightName, signal: AbortSignal): Promise<void> {
    const { now } = this.sightsOf(cluster)[sight];
    if (!now) return;
    const open = [...new Set([...this.parts.branches(), ...this.held.values()])].filter(
      (branch) => clusterOf(branch).id === cluster.id && sightOf(branch) === sight,
    );
    // Without open rows, nothing needs this watch, and `look` ends it.
    if (open.length === 0) this.look();
    for (const branch of open) {
      // One list per turn of the event loop, so that other extensions can use the thread between them.
      await this.parts.clock.sleep(0, signal);
      this.parts.show(branch, now);
    }
  }
}

function sightOf({ kind }: LiveBranch): SightName {
  return kind === 'workloads' ? 'workloads' : 'nodes';
}

function clusterOf({ parent }: LiveBranch): ClusterRow {
  return isLiveBranch(parent) ? clusterOf(parent) : parent;
}
