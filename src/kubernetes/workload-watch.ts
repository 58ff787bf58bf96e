/**
 * Tells followers of a rollout when the workload or one of its pods has changed. They then read the workload
 * and its pods themselves, as they also do at intervals, so a change that is reported twice does no harm.
 * While a watch is open, no change is missed.
 */
import type { Controller } from '../model/kubernetes';
import type { WorkloadName } from '../model/workload';
import type { ClusterCaller } from './cluster-caller';
import { type ChangedObject, watchNamespace } from './namespace-watch';
import { RESOURCES } from './request';
import { WORKLOAD_RESOURCES } from './workload-pods';

interface Watcher {
  readonly workload: WorkloadName;
  readonly changed: () => void;
}

type WatchedKind = WorkloadName['kind'] | 'Pod';

interface Stream {
  readonly kind: WatchedKind;
  readonly namespace: string;
}

interface OpenStream extends Stream {
  readonly stop: AbortController;
  /** True after the watch has begun to report changes; a listener that joins later may have missed some. */
  hasBegun: boolean;
}

/**
 * The most watches of one cluster that may be open at a time. Up to three of them watch all its nodes, pods
 * and budgets.
 */
export const MOST_WATCHES = 4;
const CLUSTER_WATCHES = 3;

/**
 * Listeners for workloads of one namespace share one watch of its pods, and one watch for each kind of
 * workload.
 */
export class WorkloadWatch {
  private readonly watchers = new Set<Watcher>();
  private readonly streams = new Map<string, OpenStream>();
  private isClusterWatched = false;

  constructor(private readonly client: ClusterCaller) {}

  /**
   * Calls `changed` when the workload or its pods may have changed, until `signal` aborts. A change is not
   * reported if no watch for it is open: because too many watches are needed, or the caller may not watch.
   */
  watch(workload: WorkloadName, changed: () => void, signal: AbortSignal): void {
    if (signal.aborted) return;
    const watcher = { workload, changed };
    this.watchers.add(watcher);
    signal.addEventListener(
      'abort',
      () => {
        this.watchers.delete(watcher);
        this.arrange();
      },
      { once: true },
    );
    const isMissed = streamsOf(watcher).some((stream) => this.streams.get(keyOf(stream))?.hasBegun === true);
    this.arrange();
    if (isMissed || this.isClusterWatched) changed();
  }

  /**
   * Called before the watches of the cluster's nodes, pods and budgets begin, and after they end. Between
   * these calls, changes of pods arrive through {@link podChanged}.
   */
  clusterWatched(isWatched: boolean): void {
    this.isClusterWatched = isWatched;
    this.arrange();
  }

  /** Called when a pod has changed or no longer exists; without `pod`, any pod may have changed. */
  podChanged(pod: ChangedObject | undefined): void {
    for (const { workload, changed } of this.watchers) if (!pod || isOf(workload, pod)) changed();
  }

  close(): void {
    this.watchers.clear();
    this.arrange();
  }

  /**
   * Opens the watches that the listeners need, as many as may be open, and ends all others. Watches of
   * workloads take precedence over watches of pods: a change of a pod usually appears in its workload a moment
   * later.
   */
  private arrange(): void {
    const room = this.isClusterWatched ? MOST_WATCHES - CLUSTER_WATCHES : MOST_WATCHES;
    const useful = [...this.watchers]
      .flatMap(streamsOf)
      .filter(({ kind }) => kind !== 'Pod' || !this.isClusterWatched)
      .sort((a, b) => Number(a.kind === 'Pod') - Number(b.kind === 'Pod'));
    const all = new Map(useful.map((stream) => [keyOf(stream), stream]));
    const wanted = new Map([...all].slice(0, room));
    for (const [key, { stop }] of this.streams) {
      if (wanted.has(key)) continue;
      this.streams.delete(key);
      stop.abort();
    }
    for (const [key, stream] of wanted) if (!this.streams.has(key)) this.open(key, stream);
  }

  private open(key: string, { kind, namespace }: Stream): void {
    const stream: OpenStream = { kind, namespace, stop: new AbortController(), hasBegun: false };
    this.streams.set(key, stream);
    const resource = kind === 'Pod' ? RESOURCES.pods : WORKLOAD_RESOURCES[kind];
    const listener = {
      begun: () => {
        stream.hasBegun = true;
        for (const watcher of this.watchers) {
          if (streamsOf(watcher).some((one) => keyOf(one) === key)) watcher.changed();
        }
      },
      changed: (object: ChangedObject) => {
        if (kind === 'Pod') this.podChanged(object);
        else this.workloadChanged(kind, object);
      },
    };
    void watchNamespace(this.client, { resource, namespace }, listener, stream.stop.signal);
  }

  private workloadChanged(kind: WorkloadName['kind'], { namespace, name }: ChangedObject): void {
    for (const { workload, changed } of this.watchers) {
      if (workload.kind === kind && workload.namespace === namespace && workload.name === name) changed();
    }
  }
}

function streamsOf({ workload: { kind, namespace } }: Watcher): readonly Stream[] {
  return [
    { kind, namespace },
    { kind: 'Pod', namespace },
  ];
}

function keyOf({ kind, namespace }: Stream): string {
  return `${kind} ${namespace}`;
}

/**
 * True if the pod belongs to the workload. A Deployment's pods are made by ReplicaSets, whose names consist
 * of the Deployment's name and a hash.
 */
function isOf({ kind, namespace, name }: WorkloadName, pod: ChangedObject): boolean {
  if (pod.namespace !== namespace) return false;
  return makerOf(pod.controller, kind) === name;
}

function makerOf(controller: Controller | undefined, kind: WorkloadName['kind']): string | undefined {
  if (kind === 'StatefulSet') return controller?.kind === kind ? controller.name : undefined;
  return controller?.kind === 'ReplicaSet' ? controller.name.replace(/-[^-]*$/, '') : undefined;
}
