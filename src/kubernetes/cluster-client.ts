/** Assembles the client of one cluster. */
import type { Connection } from '../model/connection';
import { type Gate, RateLimiter, type RateLimits } from '../model/rate-limiter';
import type { Turns } from '../model/turns';
import { type CallerParts, call } from './caller';
import { ClusterAccessReader, ClusterDescription } from './cluster-access';
import type { ClusterCaller } from './cluster-caller';
import { ClusterWatch } from './cluster-watch';
import type { CallerKind, ClusterClient, KubernetesHost } from './contract';
import { drainApiOf } from './drain-api';
import { TokenSource } from './token-source';
import { workloadApiOf } from './workload-api';
import { MOST_WATCHES, WorkloadWatch } from './workload-watch';

/** Limits that all requests to a cluster share, except watches. */
const LIMITS: RateLimits = {
  burst: 40,
  perSecond: 20,
  concurrency: 8,
  background: { reserve: 10, concurrency: 4 },
};
/**
 * Limits for evictions in dry run. They are low, since a dry run also runs admission webhooks and waits
 * for the API server's store, as a real eviction does.
 */
const EVICTIONS: RateLimits = {
  burst: 1,
  perSecond: 5,
  concurrency: 2,
  background: { reserve: 0, concurrency: 1 },
};

/**
 * Limits for watches. A watch counts as under way as long as it is open; `perSecond` is low so that
 * watches that end immediately are repeated only slowly.
 */
const WATCHES: RateLimits = {
  burst: MOST_WATCHES,
  perSecond: 1,
  concurrency: MOST_WATCHES,
  background: { reserve: 0, concurrency: MOST_WATCHES },
};

const ATTEMPTS = 3;

export interface OpenClient extends ClusterClient {
  /**
   * Ends all watches, and rejects requests that wait for the rate limit or are made later. Other requests
   * that are under way continue.
   */
  close(): void;
}

/** Opening a client sends no request. */
export function openCluster(
  connection: Connection,
  cluster: string,
  host: KubernetesHost,
  turns: Turns,
): OpenClient {
  const { clock } = host;
  const limiter = new RateLimiter(LIMITS, clock);
  const evictions = new RateLimiter(EVICTIONS, clock);
  const watches = new RateLimiter(WATCHES, clock);
  const description = new ClusterDescription({
    cluster,
    clock,
    overrides: () => host.overrides(),
    role: () => host.roleOf(connection),
  });
  const parts: CallerParts = {
    cluster,
    connectionId: connection.id,
    clock,
    tokens: new TokenSource(cluster, clock),
    onRequest: (entry) => host.onRequest(entry),
  };
  const callerOf = (kind: CallerKind, gate: Gate): ClusterCaller => ({
    clock,
    turns,
    async send(asked, { signal, attempts = ATTEMPTS, change = false }, take) {
      const access = new ClusterAccessReader(await host.aws(connection, kind), description);
      // Watches have a gate of their own. In the gate of the other requests, a watch would use up one of the few
      // requests that may be under way at once, for as long as it is open.
      const own = asked.verb === 'watch' ? watches : gate;
      return await call(parts, asked, { gate: own, access, signal, attempts, change }, take);
    },
  });
  const background = callerOf('background', limiter.background);
  const workloadWatch = new WorkloadWatch(background);
  const watch = new ClusterWatch(background, workloadWatch);
  const interactive = callerOf('interactive', limiter);
  const callers: Readonly<Record<CallerKind, ClusterCaller>> = { interactive, background };
  return {
    watch,
    workloads: (kind) =>
      workloadApiOf(callers[kind], workloadWatch, async (signal) => {
        const { arn } = await description.get(await host.aws(connection, kind), signal);
        return arn;
      }),
    interactive: drainApiOf(interactive, evictions),
    background: drainApiOf(background, evictions),
    close: () => {
      watch.close();
      workloadWatch.close();
      for (const each of [limiter, evictions, watches]) each.close();
    },
  };
}
