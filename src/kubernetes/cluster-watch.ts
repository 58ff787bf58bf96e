/** Watches the nodes, pods and budgets of one cluster once, for all listeners. */
import type { DrainWatch, WatchedNodes } from '../drain/ports';
import type { Failure } from '../model/failure';
import type { KubernetesNode, Pod, PodDisruptionBudget } from '../model/kubernetes';
import { present } from '../model/present';
import { Timer } from '../model/waiting';
import { budgets } from './answers/budget';
import { nodes } from './answers/node';
import { pods } from './answers/pod';
import type { ClusterCaller } from './cluster-caller';
import { RESOURCES } from './request';
import { WatchedResource } from './watched-resource';

type Listener = Parameters<DrainWatch['watch']>[1];

interface Watcher {
  readonly nodegroup: string | undefined;
  readonly listener: Listener;
}

/** Milliseconds for which changes are gathered before listeners are called: a rollout brings thousands a second. */
const GATHER_MS = 250;
/**
 * Milliseconds for which the objects are kept when nobody watches: a watch that begins within this time
 * needs no new list.
 */
const KEPT_MS = 5 * 60_000;

/** A listener for pods alone. While the {@link ClusterWatch} runs, the listener needs no watch of its own. */
export interface PodListener {
  clusterWatched(isWatched: boolean): void;
  /** Called when a pod has changed or no longer exists; with undefined if any pod may have changed. */
  podChanged(pod: Pod | undefined): void;
}

/** Watches while there is a listener: three watch requests serve any number of listeners. */
export class ClusterWatch implements DrainWatch {
  private readonly watchers = new Set<Watcher>();
  private round: Round | undefined;
  private readonly forgetting: Timer;

  constructor(
    private readonly client: ClusterCaller,
    private readonly podListener?: PodListener,
  ) {
    this.forgetting = new Timer(client.clock, () => {
      this.round = undefined;
    });
  }

  watch(nodegroup: string | undefined, listener: Listener, signal: AbortSignal): void {
    if (signal.aborted) return;
    const watcher = { nodegroup, listener };
    this.watchers.add(watcher);
    signal.addEventListener('abort', () => this.leave(watcher), { once: true });
    this.forgetting.stop();
    this.round ??= new Round(this.client, this.watchers, this.podListener);
    this.round.begin();
  }

  /** Ends all watches. */
  close(): void {
    this.watchers.clear();
    this.forgetting.stop();
    this.round?.pause();
    this.round = undefined;
  }

  private leave(watcher: Watcher): void {
    if (!this.watchers.delete(watcher) || this.watchers.size > 0) return;
    this.round?.pause();
    this.forgetting.restart(KEPT_MS);
  }
}

/** The watched resources of a cluster, kept up to date while there is a listener. */
class Round {
  private ended = new AbortController();
  private readonly nodes: WatchedResource<KubernetesNode>;
  private readonly pods: WatchedResource<Pod>;
  private readonly budgets: WatchedResource<PodDisruptionBudget>;
  private begun = false;
  private readonly gathering: Timer;

  constructor(
    private readonly client: ClusterCaller,
    private readonly watchers: ReadonlySet<Watcher>,
    private readonly podListener: PodListener | undefined,
  ) {
    this.gathering = new Timer(client.clock, () => this.tell());
    const listener = {
      changed: () => this.gather(),
      interrupted: (thrown: unknown) => {
        for (const { listener: one } of this.watchers) one.interrupted(thrown);
        this.gather();
      },
    };
    this.nodes = new WatchedResource(client, RESOURCES.nodes, nodes, listener);
    this.pods = new WatchedResource(client, RESOURCES.pods, pods, {
      ...listener,
      touched: (pod) => podListener?.podChanged(pod),
    });
    this.budgets = new WatchedResource(client, RESOURCES.budgets, budgets, listener);
  }

  begin(): void {
    if (this.begun) {
      // A later listener gets the known state without waiting for a change. Resources that were denied before are
      // tried again, since they may be allowed now.
      for (const resource of this.all) resource.tryAgain();
      this.gather();
      return;
    }
    this.begun = true;
    // The pod listener then closes watches of its own, so that the three watches below fit within the limit.
    this.podListener?.clusterWatched(true);
    this.ended = new AbortController();
    for (const resource of this.all) void resource.run(this.ended.signal);
  }

  pause(): void {
    this.begun = false;
    this.gathering.stop();
    this.ended.abort();
    for (const resource of this.all) resource.pause();
    this.podListener?.clusterWatched(false);
  }

  private get all() {
    return [this.nodes, this.pods, this.budgets] as const;
  }

  private gather(): void {
    // An answer may still arrive after the last listener has left.
    if (!this.ended.signal.aborted) this.gathering.start(GATHER_MS);
  }

  private tell(): void {
    const known = this.all.filter(({ heardAt }) => heardAt !== undefined);
    if (this.all.some(({ heardAt, denied }) => heardAt === undefined && !denied)) return;
    const state = {
      pods: this.pods.known,
      budgets: this.budgets.known,
      // A denied resource that was not read before has no `heardAt`, and does not count for `asOf`.
      asOf: Math.min(this.client.clock.now(), ...known.map(({ heardAt = 0 }) => heardAt)),
      ...present({ denied: this.denied() }),
    };
    for (const { nodegroup, listener } of this.watchers) {
      const { known: all } = this.nodes;
      const nodes =
        nodegroup === undefined ? all : new Map([...all].filter(([, node]) => node.nodegroup === nodegroup));
      listener.changed({ ...state, nodes });
    }
  }

  private denied(): WatchedNodes['denied'] | undefined {
    const named: readonly (readonly [string, Failure | undefined])[] = [
      ['nodes', this.nodes.denied],
      ['pods', this.pods.denied],
      ['budgets', this.budgets.denied],
    ];
    const denied = named.filter(([, failure]) => failure !== undefined);
    return denied.length === 0 ? undefined : Object.fromEntries(denied);
  }
}
