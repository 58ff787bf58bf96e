/** A fleet of any size behind the budgets and callers of a real session, on a virtual clock: what the tree asks of it. */
import { type Caller, createCaller } from '../../src/aws/caller';
import { interactiveLimits } from '../../src/aws/service-limits';
import type { FinSpace } from '../../src/deploy/finspace/ports';
import { seenThrough } from '../../src/drain/cluster-seen';
import type { NodeRecord } from '../../src/drain/node-record';
import type { DrainWatch, WatchedNodes } from '../../src/drain/ports';
import type { CodeConfiguration } from '../../src/model/code';
import { connectionOf, type Identity } from '../../src/model/connection';
import type { EksCluster, Nodegroup } from '../../src/model/eks';
import type { ServiceName } from '../../src/model/failure';
import type { KdbClusterSummary, KdbEnvironment } from '../../src/model/kdb';
import type { Page } from '../../src/model/page';
import { bypass, type Gate, RateLimiter } from '../../src/model/rate-limiter';
import { needsAttention } from '../../src/nodegroup/attention/attention';
import { AttentionSource } from '../../src/nodegroup/attention/attention-source';
import type { Eks } from '../../src/nodegroup/ports';
import { nodeRelease } from '../../src/nodegroup/rules/release-version';
import type {
  AttentionReader,
  Priority,
  ResourceSource,
  WorkloadsSeen,
} from '../../src/view/resources/source';
import { FakeAws } from '../nodegroup/fake-aws';
import { cluster, nodegroup } from '../nodegroup/nouns';
import type { VirtualClock } from '../virtual-clock';

export const CONNECTION = connectionOf({ kind: 'sandbox' }, 'us-east-1');
/** Milliseconds that each request takes. */
export const LATENCY = 80;

export interface FleetSize {
  readonly environments?: number;
  readonly kdbEach?: number;
  readonly clusters?: number;
  readonly nodegroupsEach?: number;
}

export interface SentRequest {
  readonly operation: string;
  readonly at: number;
}

const EMPTY: WatchedNodes = { nodes: new Map(), pods: new Map(), budgets: new Map(), asOf: 0 };

export const nameOf = (kind: string, index: number): string =>
  `${kind}-${String(index + 1).padStart(4, '0')}`;

const NO_WORKLOADS: WorkloadsSeen = { workloads: [], commits: new Map() };

export class FleetAws {
  readonly aws = new FakeAws();
  environments: readonly KdbEnvironment[];
  kdb: ReadonlyMap<string, readonly KdbClusterSummary[]>;
  /** What went out, but what follows operations. */
  sent: SentRequest[] = [];
  /** What goes out to follow operations. */
  followed: SentRequest[] = [];
  /** The priorities for which services were asked for. */
  readonly priorities: Priority[] = [];
  /** Nothing is answered. */
  isDown = false;
  /** What every kdb cluster runs. */
  configuration: CodeConfiguration = { initializationScript: 'init.q', commandLineArguments: [] };
  /** Connections would ask for a log-in first. */
  wantsLogin = false;
  identity: Identity = { accountId: '111122223333', arn: 'arn:aws:iam::111122223333:user/ada' };
  identitiesAsked = 0;
  /** What is inside of each cluster, by its name; undefined: nothing is told of it. One that is not here is empty. */
  inside: Readonly<Record<string, WatchedNodes | undefined>> = {};
  /** Nodes as an update has them written down, by the path of its node group. */
  records: Readonly<Record<string, readonly NodeRecord[]>> = {};
  /** The workloads of each cluster, by its name; undefined: nothing is told of them. One that is not here has none. */
  workloads: Readonly<Record<string, WorkloadsSeen | undefined>> = {};
  /** Clusters whose workloads are looked at now. */
  readonly watchedWorkloads = new Map<string, (seen: WorkloadsSeen) => void>();
  /** Clusters that are watched now. */
  readonly watched = new Map<string, Parameters<DrainWatch['watch']>[1]>();
  private readonly budgets = new Map<ServiceName, RateLimiter>();

  constructor(
    readonly clock: VirtualClock,
    { environments = 0, kdbEach = 0, clusters = 0, nodegroupsEach = 0 }: FleetSize,
  ) {
    this.aws.pageSize = 100;
    this.environments = times(environments, (index) => environment(nameOf('env', index)));
    this.kdb = new Map(
      this.environments.map(({ id }) => [
        id,
        times(kdbEach, (index) => kdbCluster(id, nameOf('kdb', index))),
      ]),
    );
    this.aws.clusters = times(clusters, (index): EksCluster => cluster({ name: nameOf('fleet', index) }));
    this.aws.nodegroups = this.aws.clusters.flatMap(({ name }) =>
      times(
        nodegroupsEach,
        (index): Nodegroup => nodegroup({ clusterName: name, name: nameOf('nodes', index) }),
      ),
    );
  }

  get source(): ResourceSource {
    return {
      services: async (_connection, priority) => {
        this.priorities.push(priority);
        return { finspace: this.finspace(priority), eks: this.eks(priority) };
      },
      identity: async () => {
        this.identitiesAsked += 1;
        return this.identity;
      },
      isReady: async () => !this.wantsLogin,
      nodeRelease,
      watchCluster: (_connection, cluster, changed, signal) => {
        const listener = seenThrough(changed, {
          now: () => this.clock.now(),
          updatedNodes: (nodegroup) => this.records[`${cluster}/${nodegroup}`],
        });
        this.watched.set(cluster, listener);
        signal.addEventListener('abort', () => this.watched.delete(cluster));
        const seen = cluster in this.inside ? this.inside[cluster] : EMPTY;
        if (seen) listener.changed(seen);
      },
      watchWorkloads: (_connection, cluster, changed, signal) => {
        this.watchedWorkloads.set(cluster, changed);
        signal.addEventListener('abort', () => this.watchedWorkloads.delete(cluster));
        const seen = cluster in this.workloads ? this.workloads[cluster] : NO_WORKLOADS;
        if (seen) changed(seen);
      },
    };
  }

  /** What needs attention, asked for as the extension does. */
  get attention(): AttentionReader {
    const { images, compute } = this.aws.ports;
    const looks = new AttentionSource(
      {
        eks: this.eks('interactive'),
        images: this.through(this.callerOf('ssm', 'interactive'), images),
        compute: this.through(this.callerOf('ec2', 'interactive'), compute),
      },
      this.clock,
    );
    return {
      cluster: (_connection, one, signal) => looks.atCluster(one, signal),
      nodegroup: (_connection, one, controlPlane, signal) => looks.atNodegroup(one, controlPlane, signal),
      needs: needsAttention,
      forget: () => looks.forget(),
    };
  }

  eks(kind: Priority | 'following'): Eks {
    return this.through(this.callerOf('eks', kind), this.aws.ports.eks);
  }

  /** How often each operation went out since the last time. */
  takeCounts(): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { operation } of this.sent.splice(0)) counts[operation] = (counts[operation] ?? 0) + 1;
    return counts;
  }

  private finspace(priority: Priority): FinSpace {
    const page = async <T>(items: readonly T[], next: string | undefined): Promise<Page<T>> => {
      const end = Number(next ?? 0) + 100;
      return { items: items.slice(end - 100, end), ...(end < items.length && { next: String(end) }) };
    };
    const lists: Pick<FinSpace, 'listEnvironments' | 'listClusters' | 'getCluster'> = {
      listEnvironments: (next) => page(this.environments, next),
      listClusters: (id, next) => page(this.kdb.get(id) ?? [], next),
      getCluster: async (id, name) => {
        const found = this.kdb.get(id)?.find((one) => one.name === name);
        if (!found) throw new Error(`there is no cluster ${name}`);
        return { ...found, configuration: this.configuration };
      },
    };
    return this.through(this.callerOf('finspace', priority), lists as FinSpace);
  }

  private callerOf(service: ServiceName, kind: Priority | 'following'): Caller {
    const budget = this.budgets.get(service) ?? new RateLimiter(interactiveLimits(service), this.clock);
    this.budgets.set(service, budget);
    const gates: Readonly<Record<typeof kind, Gate>> = {
      interactive: budget,
      background: budget.background,
      following: bypass(budget),
    };
    return createCaller({
      service,
      connectionId: CONNECTION.id,
      clock: this.clock,
      gate: gates[kind],
      attempts: kind === 'following' ? 1 : 3,
      onRequest: ({ operation, durationMs }) => {
        const at = this.clock.now() - durationMs;
        (kind === 'following' ? this.followed : this.sent).push({ operation, at });
      },
      misfitOf: () => undefined,
    });
  }

  /** The same port, each call of which waits for its turn and takes its time. */
  private through<P extends object>(call: Caller, port: P): P {
    return new Proxy(port, {
      get: (_, name) => {
        if (name === 'then') return undefined;
        const operation = String(name);
        return async (...args: unknown[]) => {
          const signal = args.at(-1) as AbortSignal;
          const { value } = await call.request(operation, '', signal, async () => {
            await this.clock.sleep(LATENCY, signal);
            if (this.isDown) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
            const method = Reflect.get(port, name) as (...given: unknown[]) => Promise<unknown>;
            return { $metadata: {}, value: await method.apply(port, args) };
          });
          return value;
        };
      },
    });
  }
}

function times<T>(count: number, make: (index: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

export function environment(name: string): KdbEnvironment {
  return { id: name, name, status: 'CREATED', phase: 'ready', availabilityZoneIds: ['use1-az4'] };
}

export function kdbCluster(environmentId: string, name: string): KdbClusterSummary {
  return { environmentId, name, type: 'GP', status: 'RUNNING', phase: 'ready', modifiedAt: 1 };
}
