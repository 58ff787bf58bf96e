/** A cluster's workloads, as last read. */
import type { Failure } from './failure';
import type { Workload, WorkloadPod } from './workload';

export interface SeenWorkload {
  readonly workload: Workload;
  /** The workload's pods. Read only if some of them do not run the newest template or are not ready. */
  readonly pods?: readonly WorkloadPod[];
}

export interface SeenWorkloads {
  /** Sorted by namespace, then by name. */
  readonly workloads: readonly SeenWorkload[];
  /** Why some workloads, or facts about them, are missing. Absent if everything could be read. */
  readonly unread?: Failure;
}

/**
 * True if code can be deployed to the workload, since its pod template follows Slipway's convention, or was deployed
 * to it before, as Slipway's annotations show.
 */
export function carriesCode({ convention, annotations }: Workload): boolean {
  return convention.fetch !== undefined || Object.keys(annotations).length > 0;
}
