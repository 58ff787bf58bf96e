/** A cluster's workloads, as last read. */
import type { Failure } from './failure';
import type { Workload, WorkloadPod } from './workload';

export interface SeenWorkload {
  readonly workload: Workload;
  /**
   * The workload's pods. Absent if its status shows that all of them run the newest template and are ready,
   * or if they may not be read.
   */
  readonly pods?: readonly WorkloadPod[];
}

export interface SeenWorkloads {
  /** Sorted by namespace, then by name, then by kind. */
  readonly workloads: readonly SeenWorkload[];
  /** Why some workloads, or the pods of some workloads, may be missing. Absent if everything could be read. */
  readonly unread?: Failure;
}

/**
 * True if the workload's pod template has an init container that fetches code, or has annotations of Slipway,
 * which show that code was deployed to the workload before.
 */
export function carriesCode({ convention, annotations }: Workload): boolean {
  return convention.fetch !== undefined || Object.keys(annotations).length > 0;
}
