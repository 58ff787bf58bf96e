/** The calls to an EKS cluster that this kind of target needs. They throw failures as data and stop on the signal. */
import type { ContainerLines, ContainerLinesQuery } from '../../model/container-lines';
import type { KubernetesEvent, NamespacedObject, PodDisruptionBudget } from '../../model/kubernetes';
import type { SeenWorkloads } from '../../model/seen-workload';
import type { VolumeClaim, Workload, WorkloadName, WorkloadPod } from '../../model/workload';

/** Identifies an object. The uid distinguishes it from a later object of the same name. */
export type ObjectRef = Pick<NamespacedObject, 'namespace' | 'name' | 'uid'>;

export interface WorkloadPatch {
  /** Uid of the workload: a request to a later workload of the same name is refused as a `conflict`. */
  readonly uid: string;
  /**
   * The version that the apply was made for: if the workload has changed since, the request is refused as a `conflict`.
   * Absent: any version.
   */
  readonly resourceVersion?: string;
  /** All of Slipway's annotations of the pod template: the apply removes those that are left out. */
  readonly annotations: Readonly<Record<string, string>>;
  /** The API server only tests the request, and changes nothing. */
  readonly dryRun?: boolean;
  /**
   * Takes the annotations over from other managers. Without `force`, annotations that others own make the
   * request a `conflict` with the cause FieldManagerConflict.
   */
  readonly force?: boolean;
}

/** The workloads of one cluster. */
export interface Workloads {
  /** ARN of the cluster. */
  arn(signal: AbortSignal): Promise<string>;
  /**
   * The Deployments and StatefulSets that the caller may list. `known`: namespaces to read besides those that
   * the caller can list; namespaces are read one by one if a kind of workload cannot be listed for the whole
   * cluster.
   * @throws the failure if neither kind can be listed for the whole cluster, and no workload was found
   * otherwise
   */
  list(known: readonly string[], signal: AbortSignal): Promise<SeenWorkloads>;
  read(workload: WorkloadName, signal: AbortSignal): Promise<Workload>;
  /** The pods of the workload, including terminating ones. */
  pods(workload: Workload, signal: AbortSignal): Promise<readonly WorkloadPod[]>;
  /**
   * Until `signal` aborts, calls `changed` as soon as the workload or one of its pods has changed or may have
   * changed. `changed` is not called while they cannot be watched, so callers have to poll as well.
   */
  watch(workload: WorkloadName, changed: () => void, signal: AbortSignal): Promise<void>;
  /** PodDisruptionBudgets that cover the workload's pods. */
  budgets(workload: Workload, signal: AbortSignal): Promise<readonly PodDisruptionBudget[]>;
  /** The volume claims that the workload's template names. */
  claims(workload: Workload, signal: AbortSignal): Promise<readonly VolumeClaim[]>;
  /**
   * Server-side apply of Slipway's annotations only. A request that may have been carried out is not sent
   * again. Returns the workload as it is afterwards or, for a dry run, as it would be: admission may have dropped
   * annotations.
   */
  apply(workload: WorkloadName, patch: WorkloadPatch, signal: AbortSignal): Promise<Workload>;
  /** Deletes the pod with its own grace period. `gone`: there is no longer a pod with this name and uid. */
  deletePod(pod: ObjectRef, signal: AbortSignal): Promise<'deleted' | 'gone'>;
  events(of: ObjectRef, signal: AbortSignal): Promise<readonly KubernetesEvent[]>;
  /** Log lines of a container. They are shown, and stored nowhere. */
  lines(query: ContainerLinesQuery, signal: AbortSignal): Promise<ContainerLines>;
  /**
   * The last log lines of a container, of its previous run if there was one; undefined if the container has
   * not started, or the pod is gone. They are shown, and stored nowhere.
   */
  lastLines(
    pod: ObjectRef,
    container: string,
    lines: number,
    signal: AbortSignal,
  ): Promise<string | undefined>;
}

/** The workloads of a connection's clusters, by the cluster's name. Makes no request. */
export type WorkloadsOf = (cluster: string) => Workloads;
