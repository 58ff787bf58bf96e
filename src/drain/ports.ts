/** What drains need of a cluster's Kubernetes API. Failures are thrown as `model/failure` data. */
import type { Failure } from '../model/failure';
import type {
  KubernetesEvent,
  KubernetesNode,
  LabelSelector,
  Pod,
  PodDisruptionBudget,
} from '../model/kubernetes';

/** A pod as it is asked for by name: the uid keeps another pod of that name from being meant. */
export type PodRef = Pick<Pod, 'namespace' | 'name' | 'uid'>;

/** What the API server said to an eviction in dry run. */
export type EvictionAnswer =
  | { readonly code: 'allowed' }
  /** 429 with a cause DisruptionBudget: the API server's own words. */
  | { readonly code: 'refused-by-budget'; readonly message: string }
  /** 500: more than one budget matches the pod. */
  | { readonly code: 'several-budgets'; readonly message: string }
  /** No such pod, or another one of its name. */
  | { readonly code: 'gone' }
  /** Everything that says nothing of the budgets: throttled, denied, a webhook without dry runs, no answer. */
  /** Whoever asks may not ask that. */
  | { readonly code: 'forbidden'; readonly message: string }
  | { readonly code: 'unknown'; readonly message: string };

export interface DrainApi {
  /** Nodes of one managed node group, or of all. */
  nodes(nodegroup: string | undefined, signal: AbortSignal): Promise<readonly KubernetesNode[]>;
  /** Pods on these nodes: asked by node where that is fewer pages, else all. */
  podsOn(nodes: readonly string[], signal: AbortSignal): Promise<readonly Pod[]>;
  /** Pods of a namespace that the selector matches, on whatever node or on none. */
  podsMatching(namespace: string, selector: LabelSelector, signal: AbortSignal): Promise<readonly Pod[]>;
  budgets(signal: AbortSignal): Promise<readonly PodDisruptionBudget[]>;
  /** POST …/eviction with dryRun All and the pod's uid as a precondition. Changes nothing. At most five a second. */
  askEviction(pod: PodRef, signal: AbortSignal): Promise<EvictionAnswer>;
  events(pod: PodRef, signal: AbortSignal): Promise<readonly KubernetesEvent[]>;
}

/** The versions in S3 that pods name as their code. */
export interface CodeVersions {
  /** False when there is no such object, or not that version of it. Failures are thrown as `model/failure` data. */
  exists(uri: string, version: string | undefined, signal: AbortSignal): Promise<boolean>;
}

/** What containers write. */
export interface PodLogs {
  /** The end of a container's log. It is shown, and kept nowhere. */
  log(pod: PodRef, query: LogQuery, signal: AbortSignal): Promise<LogAnswer>;
  /** Hands on what a container writes from now on; resolves when it has ended. `container`: as in {@link LogQuery}. */
  followLog(
    pod: PodRef,
    container: string | undefined,
    take: (text: string) => void,
    signal: AbortSignal,
  ): Promise<'ended' | 'gone'>;
}

export interface LogQuery {
  /** Absent: the one that keeps the pod from running, else its first. */
  readonly container?: string;
  /** Of its run before this one; where there was none, of this one. */
  readonly previous: boolean;
  /** How many of the last lines. */
  readonly lines: number;
}

export type LogAnswer =
  | { readonly code: 'text'; readonly text: string; readonly container?: string; readonly previous: boolean }
  /** It writes nothing yet: why, in Kubernetes' words, and the init container that it waits for. */
  | { readonly code: 'not-started'; readonly message: string; readonly waitsFor?: string }
  /** No such pod, or another one of its name. */
  | { readonly code: 'gone' };

/** What a watch knows by now. Nothing is told until every first list is whole, or denied. */
export interface WatchedNodes {
  readonly nodes: ReadonlyMap<string, KubernetesNode>;
  readonly pods: ReadonlyMap<string, Pod>;
  readonly budgets: ReadonlyMap<string, PodDisruptionBudget>;
  /** Epoch milliseconds of the last answer or bookmark, of the resource that has been silent for longest. */
  readonly asOf: number;
  /**
   * What cannot be read until somebody changes something, and why; what was known of it before is kept. Absent where
   * all can be read.
   */
  readonly denied?: Partial<Readonly<Record<'nodes' | 'pods' | 'budgets', Failure>>>;
}

export interface DrainWatch {
  /**
   * Watches nodes (of one node group, or all), pods and budgets, resuming by itself, until `signal` aborts.
   * `changed` is called with all that is known, coalesced, also where only `asOf` is another; `interrupted` with what
   * keeps it from knowing more, once until it knows more again. Pods and budgets are those of the whole cluster, so
   * that all who watch share one request for each.
   */
  watch(
    nodegroup: string | undefined,
    listener: {
      readonly changed: (state: WatchedNodes) => void;
      readonly interrupted: (thrown: unknown) => void;
    },
    signal: AbortSignal,
  ): void;
}
