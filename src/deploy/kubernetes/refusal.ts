/** The refusals of deploying to workloads, each with the facts that explain it. */
import { refusalsOf } from '../../model/failure';

export interface KubernetesRefusals {
  /** The workload was deleted; `anew`: another one has its name by now. */
  'workload-gone': { readonly workload: string; readonly anew: boolean };
  /** Others own Slipway's annotations, and nobody has agreed to take them over. `managers`: as they call themselves. */
  'annotations-owned': { readonly workload: string; readonly managers: readonly string[] };
  /** The API server took the request, and dropped or changed these annotations: admission does that. */
  'annotations-dropped': { readonly workload: string; readonly annotations: readonly string[] };
  /** The workload's status was written again before each try of the request. */
  'workload-restless': { readonly workload: string; readonly times: number };
  /** A pod does not start with the code. `reason`: Kubernetes' word. */
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
  /** A Deployment has made no progress for as long as it may take. `message`: Kubernetes' own words. */
  'rollout-late': { readonly workload: string; readonly message: string };
  /** Pods cannot be made. `message`: Kubernetes' own words. */
  'pods-not-made': { readonly workload: string; readonly message: string };
}

export const refuse = refusalsOf<KubernetesRefusals>();
