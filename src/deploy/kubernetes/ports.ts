/** What this kind of target needs of an EKS cluster. Calls throw failures as data and stop on the signal. */
import type { ContainerLines, ContainerLinesQuery } from '../../model/container-lines';
import type { KubernetesEvent, NamespacedObject, PodDisruptionBudget } from '../../model/kubernetes';
import type { SeenWorkloads } from '../../model/seen-workload';
import type { VolumeClaim, Workload, WorkloadName, WorkloadPod } from '../../model/workload';

/** An object by its uid: the same name may be another one by now. */
export type ObjectRef = Pick<NamespacedObject, 'namespace' | 'name' | 'uid'>;

export interface WorkloadPatch {
  /** The workload that is meant: one that was made anew under its name is refused as a `conflict`. */
  readonly uid: string;
  /** Refused as a `conflict` where the workload has changed since; absent: whatever its state. */
  readonly resourceVersion?: string;
  /** All of Slipway's annotations of the pod template: those that are left out are removed. */
  readonly annotations: Readonly<Record<string, string>>;
  /** The API server's own test of it: nothing is changed. */
  readonly dryRun?: boolean;
  /** Takes the annotations from whoever owns them; without it that is a `conflict` with the cause FieldManagerConflict. */
  readonly force?: boolean;
}

/** The workloads of one cluster. */
export interface Workloads {
  /** ARN of the cluster. */
  arn(signal: AbortSignal): Promise<string>;
  /**
   * Deployments and StatefulSets of all namespaces, or of those that one may read. `known`: namespaces to look into where
   * namespaces may not be listed. @throws where nothing of it could be read.
   */
  list(known: readonly string[], signal: AbortSignal): Promise<SeenWorkloads>;
  read(workload: WorkloadName, signal: AbortSignal): Promise<Workload>;
  /** Those that belong to it, terminating ones among them. */
  pods(workload: Workload, signal: AbortSignal): Promise<readonly WorkloadPod[]>;
  /**
   * Calls `changed` as soon as the workload or one of its pods has changed, or may have, until `signal` aborts. Where that cannot
   * be watched, `changed` is not called: whoever must know looks now and then besides.
   */
  watch(workload: WorkloadName, changed: () => void, signal: AbortSignal): Promise<void>;
  /** PodDisruptionBudgets that cover its pods. */
  budgets(workload: Workload, signal: AbortSignal): Promise<readonly PodDisruptionBudget[]>;
  /** The claims that its template names. */
  claims(workload: Workload, signal: AbortSignal): Promise<readonly VolumeClaim[]>;
  /**
   * Server-side apply of Slipway's annotations, and of nothing else, once: what may have been carried out is not sent again.
   * The workload as it is afterwards, or would be: admission may have dropped what was sent.
   */
  apply(workload: WorkloadName, patch: WorkloadPatch, signal: AbortSignal): Promise<Workload>;
  /** With its own grace period. */
  deletePod(pod: ObjectRef, signal: AbortSignal): Promise<'deleted' | 'gone'>;
  events(of: ObjectRef, signal: AbortSignal): Promise<readonly KubernetesEvent[]>;
  /** What a container of a pod has written. It is shown, and kept nowhere. */
  lines(query: ContainerLinesQuery, signal: AbortSignal): Promise<ContainerLines>;
  /**
   * The end of what a container wrote, of its run before this one where there was one; undefined where it has written
   * nothing yet, or the pod is gone. It is shown, and kept nowhere.
   */
  lastLines(
    pod: ObjectRef,
    container: string,
    lines: number,
    signal: AbortSignal,
  ): Promise<string | undefined>;
}

/** The workloads of a connection's clusters, by the cluster's name. Nothing is asked by this. */
export type WorkloadsOf = (cluster: string) => Workloads;
