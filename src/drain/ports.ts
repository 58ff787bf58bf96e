/**
 * The requests to a cluster's Kubernetes API and to S3 that drains need. Failures are thrown as
 * `model/failure` data.
 */
import type { Failure } from '../model/failure';
import type {
  KubernetesEvent,
  KubernetesNode,
  LabelSelector,
  Pod,
  PodDisruptionBudget,
} from '../model/kubernetes';

/** A pod by its name, and by the uid that distinguishes it from a later pod of the same name. */
export type PodRef = Pick<Pod, 'namespace' | 'name' | 'uid'>;

/** The API server's answer to an eviction in dry run. */
export type EvictionAnswer =
  | { readonly code: 'allowed' }
  /** 429 with a cause DisruptionBudget. `message`: that of the cause or, if it has none, that of the answer. */
  | { readonly code: 'refused-by-budget'; readonly message: string }
  /** 500: more than one budget matches the pod. */
  | { readonly code: 'several-budgets'; readonly message: string }
  /** No such pod, or another pod of that name. */
  | { readonly code: 'gone' }
  /** The caller may not create evictions. */
  | { readonly code: 'forbidden'; readonly message: string }
  /**
   * Any other failure, which says nothing about budgets: for example throttling, a webhook that does not
   * support dry runs, or no answer at all.
   */
  | { readonly code: 'unknown'; readonly message: string };

export interface DrainApi {
  /** Nodes of one managed node group; all nodes if `nodegroup` is undefined. */
  nodes(nodegroup: string | undefined, signal: AbortSignal): Promise<readonly KubernetesNode[]>;
  /** Pods on these nodes. */
  podsOn(nodes: readonly string[], signal: AbortSignal): Promise<readonly Pod[]>;
  /** The namespace's pods that the selector matches, with or without a node. */
  podsMatching(namespace: string, selector: LabelSelector, signal: AbortSignal): Promise<readonly Pod[]>;
  budgets(signal: AbortSignal): Promise<readonly PodDisruptionBudget[]>;
  /** POST …/eviction with dryRun All and the pod's uid as a precondition. Changes nothing. At most five a second. */
  askEviction(pod: PodRef, signal: AbortSignal): Promise<EvictionAnswer>;
  events(pod: PodRef, signal: AbortSignal): Promise<readonly KubernetesEvent[]>;
}

/** The objects in S3 that pods name as their code. */
export interface CodeVersions {
  /** False if the object, or this version of it, does not exist. Failures are thrown as `model/failure` data. */
  exists(uri: string, version: string | undefined, signal: AbortSignal): Promise<boolean>;
}

/** The logs of containers. */
export interface PodLogs {
  /** The end of a container's log. The text is only shown, and never stored. */
  log(pod: PodRef, query: LogQuery, signal: AbortSignal): Promise<LogAnswer>;
  /**
   * Calls `take` with the container's output from now on. Resolves with `ended` when the container has ended,
   * or with `gone` if the pod is gone or another pod has its name. `container`: as in {@link LogQuery}.
   */
  followLog(
    pod: PodRef,
    container: string | undefined,
    take: (text: string) => void,
    signal: AbortSignal,
  ): Promise<'ended' | 'gone'>;
}

export interface LogQuery {
  /** If absent, the container that keeps the pod from running, or else the first one. */
  readonly container?: string;
  /** True for the log of the container's previous run; if there was none, the current run's log is read. */
  readonly previous: boolean;
  /** The number of lines to read from the end of the log. */
  readonly lines: number;
}

export type LogAnswer =
  | { readonly code: 'text'; readonly text: string; readonly container?: string; readonly previous: boolean }
  /**
   * The container has not started. `message`: Kubernetes' reason. `waitsFor`: the init container that the
   * container waits for.
   */
  | { readonly code: 'not-started'; readonly message: string; readonly waitsFor?: string }
  /** The pod is gone, or another pod has its name. */
  | { readonly code: 'gone' };

/**
 * The state of a cluster as a watch reports it. Nothing is reported until each resource has been read
 * completely or is denied.
 */
export interface WatchedNodes {
  readonly nodes: ReadonlyMap<string, KubernetesNode>;
  readonly pods: ReadonlyMap<string, Pod>;
  readonly budgets: ReadonlyMap<string, PodDisruptionBudget>;
  /**
   * The time of the oldest part of this state: of the last answer, event or bookmark for the resource that has
   * been silent longest. Epoch milliseconds.
   */
  readonly asOf: number;
  /**
   * The resources that cannot be read, each with the failure; a person has to correct the cause, such as a
   * missing right. The objects that were read before are kept. Absent where all resources can be read.
   */
  readonly denied?: Partial<Readonly<Record<'nodes' | 'pods' | 'budgets', Failure>>>;
}

export interface DrainWatch {
  /**
   * Watches nodes (of one node group, or all), pods and budgets until `signal` aborts, and resumes by itself
   * after failures. `changed` is called with the whole state: one call may stand for several changes, or for a
   * new `asOf` alone. `interrupted` is called with the failure that keeps a resource from being read: for each
   * resource, once for each reason until the resource can be read again. Pods and budgets are those of the
   * whole cluster, so that all listeners share one request for each of the two.
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
