/**
 * Types for the objects of a Kubernetes cluster, with only those fields that Slipway keeps. An object is
 * identified by its uid; another object may later have the same name. Times are epoch milliseconds.
 */

interface KubernetesObject {
  readonly uid: string;
  readonly name: string;
  readonly createdAt: number;
  /**
   * `metadata.deletionTimestamp`: the end of the grace period that began when the deletion was requested. Present
   * while the grace period or finalizers keep the object.
   */
  readonly deletedAt?: number;
}

export interface NamespacedObject extends KubernetesObject {
  readonly namespace: string;
}

export interface KubernetesNode extends KubernetesObject {
  /** Label `eks.amazonaws.com/nodegroup`. */
  readonly nodegroup?: string;
  /** Label `eks.amazonaws.com/nodegroup-image`, the AMI. */
  readonly imageId?: string;
  /** Label `eks.amazonaws.com/sourceLaunchTemplateVersion`. */
  readonly launchTemplateVersion?: string;
  readonly instanceType?: string;
  readonly zone?: string;
  /** In the kubelet's form: `v1.33.1-eks-1234abc`. */
  readonly kubeletVersion?: string;
  /** `Amazon Linux 2023.9.20251027`, `Bottlerocket OS 1.57.0 (aws-k8s-1.33)`. */
  readonly osImage?: string;
  /** From `spec.providerID`. */
  readonly instanceId?: string;
  /** Condition Ready; `unknown` if the kubelet has stopped reporting, or if the node has no such condition. */
  readonly ready: boolean | 'unknown';
  /** True if the node is cordoned. */
  readonly unschedulable: boolean;
}

export interface Toleration {
  readonly key?: string;
  readonly operator?: string;
  readonly value?: string;
  /** If absent, the toleration covers every effect. */
  readonly effect?: string;
}

/** The owner that controls an object: the one whose owner reference has `controller: true`. */
export interface Controller {
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
}

export interface Pod extends NamespacedObject {
  readonly labels: Readonly<Record<string, string>>;
  readonly nodeName?: string;
  /** The EKS node group that `spec.nodeSelector` ties the pod to. */
  readonly nodegroup?: string;
  /** `Pending`, `Running`, `Succeeded`, `Failed`, `Unknown`. */
  readonly phase: string;
  /** Condition Ready. */
  readonly ready: boolean;
  readonly controller?: Controller;
  /** True for a pod that a kubelet created from a file; the API server cannot evict such a pod. */
  readonly mirror: boolean;
  readonly tolerations: readonly Toleration[];
  /** `spec.terminationGracePeriodSeconds`. */
  readonly graceSeconds: number;
  readonly finalizers: readonly string[];
  /** Condition DisruptionTarget: the pod is about to be evicted, preempted or deleted. */
  readonly disruptionTarget: boolean;
  /**
   * Condition PodScheduled with status False: the scheduler's reason (`Unschedulable` if it gives none) and
   * message.
   */
  readonly unscheduled?: { readonly reason: string; readonly message: string };
  /**
   * The containers, init containers included, that wait instead of running, each with Kubernetes' reason:
   * `ContainerCreating`, `CrashLoopBackOff`, `ImagePullBackOff`, …; the reason is empty if Kubernetes gives
   * none.
   */
  readonly waiting: readonly { readonly container: string; readonly reason: string }[];
  /** Slipway's annotations `slipway.dev/code-uri` and `slipway.dev/code-version`. */
  readonly code?: { readonly uri: string; readonly version?: string };
}

/** A pod matches if all of `matchLabels` and `matchExpressions` hold for its labels. */
export interface LabelSelector {
  readonly matchLabels: Readonly<Record<string, string>>;
  readonly matchExpressions: readonly {
    readonly key: string;
    /** `In`, `NotIn`, `Exists`, `DoesNotExist`. */
    readonly operator: string;
    readonly values: readonly string[];
  }[];
}

/** https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/pod-disruption-budget-v1/ */
export interface PodDisruptionBudget extends NamespacedObject {
  /**
   * If absent, the budget matches no pod. A selector without any terms matches every pod of the budget's
   * namespace.
   */
  readonly selector?: LabelSelector;
  /** A number, or a percentage such as `50%`. */
  readonly minAvailable?: number | string;
  readonly maxUnavailable?: number | string;
  /** `IfHealthyBudget` if the object does not set it. */
  readonly unhealthyPodEvictionPolicy: string;
  readonly generation: number;
  /** Absent: the controller has not seen the budget yet. */
  readonly observedGeneration?: number;
  readonly disruptionsAllowed: number;
  readonly currentHealthy: number;
  readonly desiredHealthy: number;
  readonly expectedPods: number;
  /** Condition DisruptionAllowed with reason SyncFailed: why the controller cannot compute what the budget allows. */
  readonly syncFailed?: string;
}

export interface KubernetesEvent {
  readonly uid: string;
  /** `Normal` or `Warning`. */
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly count: number;
  /** When the event was last seen: the latest of series, eventTime, lastTimestamp and creationTimestamp. */
  readonly at: number;
}
