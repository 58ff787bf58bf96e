/** What a look at a cluster's workloads has shown. */
import type { Failure } from './failure';
import type { Workload, WorkloadPod } from './workload';

export interface SeenWorkload {
  readonly workload: Workload;
  /** Its pods; asked for only where not all of them run the newest template and are ready. */
  readonly pods?: readonly WorkloadPod[];
}

export interface SeenWorkloads {
  /** By namespace, then by name. */
  readonly workloads: readonly SeenWorkload[];
  /** Why it is not all of them, or not all is known of them. Absent where all could be read. */
  readonly unread?: Failure;
}

/** Whether code can be put on it, or was: it keeps to Slipway's convention, or has its annotations. */
export function carriesCode({ convention, annotations }: Workload): boolean {
  return convention.fetch !== undefined || Object.keys(annotations).length > 0;
}
