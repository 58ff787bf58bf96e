/** The refusals of deploying to workloads, each with the facts that explain it. */
import { refusalsOf } from '../../model/failure';

export interface KubernetesRefusals {
  /**
   * The workload was deleted or is being deleted; `anew`: true if there is now another workload of the same
   * name.
   */
  'workload-gone': { readonly workload: string; readonly anew: boolean };
  /**
   * Other managers own Slipway's annotations, and the user has not agreed to take them over. `managers`: the
   * managers' names.
   */
  'annotations-owned': { readonly workload: string; readonly managers: readonly string[] };
  /** The API server accepted the request, but admission dropped or changed these annotations. */
  'annotations-dropped': { readonly workload: string; readonly annotations: readonly string[] };
  /**
   * The request was tried `times` times without success: before each try, the workload's status had changed
   * again.
   */
  'workload-restless': { readonly workload: string; readonly times: number };
  /**
   * A pod does not start, or does not stay up, so that the update fails. `reason`: the word that Kubernetes
   * uses.
   */
  'pod-fails': {
    readonly pod: string;
    readonly container?: string;
    readonly reason: string;
    readonly exitCode?: number;
    /** Kubernetes' own words about a cause outside of the pod. */
    readonly message?: string;
    /** True if no other pod is replaced until this one is deleted. */
    readonly stuck: boolean;
  };
  /** A Deployment has made no progress within its deadline. `message`: Kubernetes' own words. */
  'rollout-late': { readonly workload: string; readonly message: string };
  /** Pods cannot be created. `message`: Kubernetes' own words. */
  'pods-not-made': { readonly workload: string; readonly message: string };
}

export const refuse = refusalsOf<KubernetesRefusals>();
