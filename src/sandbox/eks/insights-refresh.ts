/**
 * StartInsightsRefresh and DescribeInsightsRefresh: refreshes of insights on request. In AWS, EKS also
 * refreshes insights once a day.
 */
import type { JsonObject } from '../protocols/operation';
import type { SandboxClock } from '../sandbox-service';
import { MINUTE, type Timeline } from '../timeline';
import type { EksCluster } from './cluster';
import { invalidRequest } from './refusals';

const REFRESH_MINUTES = 2;

interface Refresh {
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly endedAt?: number;
}

export class InsightsRefreshes {
  private readonly latest = new Map<EksCluster, Refresh>();

  constructor(
    private readonly clock: SandboxClock,
    private readonly timeline: Timeline,
  ) {}

  /** @throws a refusal while a refresh runs. */
  start(cluster: EksCluster): JsonObject {
    const running = this.latest.get(cluster);
    if (running && running.endedAt === undefined)
      throw invalidRequest('An insights refresh is already in progress.', {
        clusterName: cluster.facts.name,
      });
    const startedAt = this.clock.now();
    this.latest.set(cluster, { startedAt });
    this.timeline.after(REFRESH_MINUTES * MINUTE, () => {
      const endedAt = this.clock.now();
      cluster.refreshInsights(endedAt);
      this.latest.set(cluster, { startedAt, endedAt });
    });
    return { status: 'IN_PROGRESS', message: 'The insights refresh has started.' };
  }

  /**
   * The last requested refresh. If none was requested, a refresh that completed at the time of the newest
   * insight, or at the cluster's creation if there are no insights.
   */
  describe(cluster: EksCluster): JsonObject {
    const daily = Math.max(
      cluster.facts.createdAt,
      ...cluster.insights.map(({ refreshedAt }) => refreshedAt),
    );
    const { startedAt, endedAt } = this.latest.get(cluster) ?? { startedAt: daily, endedAt: daily };
    const isRunning = endedAt === undefined;
    return {
      status: isRunning ? 'IN_PROGRESS' : 'COMPLETED',
      message: isRunning ? 'The insights refresh is in progress.' : 'The insights refresh has completed.',
      startedAt: startedAt / 1000,
      endedAt: isRunning ? undefined : endedAt / 1000,
    };
  }
}
