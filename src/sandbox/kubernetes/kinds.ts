/**
 * The fields that controllers read, for each kind of object. Controllers cast stored objects to these types
 * without a check, so code that makes an object has to set the required fields of its kind.
 */
import type { JsonObject } from '../protocols/operation';
import type { KubeObject } from './kube-object';

export type Labels = Readonly<Record<string, string>>;

/** https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/label-selector/ */
export interface LabelSelector extends JsonObject {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly LabelRequirement[];
}

export interface LabelRequirement extends JsonObject {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

export interface Condition extends JsonObject {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason?: string;
  readonly message?: string;
}

export interface Taint extends JsonObject {
  readonly key: string;
  readonly value?: string;
  readonly effect: string;
}

export interface Toleration extends JsonObject {
  readonly key?: string;
  readonly operator?: string;
  readonly value?: string;
  readonly effect?: string;
}

export interface KubeNode extends KubeObject {
  readonly spec: NodeSpec;
  readonly status: NodeStatus;
}

interface NodeSpec extends JsonObject {
  readonly providerID?: string;
  readonly unschedulable?: boolean;
  readonly taints?: readonly Taint[];
}

interface NodeStatus extends JsonObject {
  readonly allocatable: Labels;
  readonly conditions: readonly Condition[];
}

export interface Pod extends KubeObject {
  readonly spec: PodSpec;
  readonly status?: PodStatus;
}

export interface PodSpec extends JsonObject {
  readonly nodeName?: string;
  readonly nodeSelector?: Labels;
  readonly tolerations?: readonly Toleration[];
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly restartPolicy?: string;
  readonly terminationGracePeriodSeconds?: number;
}

export interface Container extends JsonObject {
  readonly name: string;
  readonly image?: string;
  readonly env?: readonly EnvVar[];
  readonly resources?: { readonly requests?: Labels; readonly limits?: Labels };
  readonly readinessProbe?: { readonly initialDelaySeconds?: number };
}

export interface EnvVar extends JsonObject {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly fieldRef?: { readonly fieldPath: string } };
}

export interface PodStatus extends JsonObject {
  readonly phase?: string;
  readonly conditions?: readonly Condition[];
  readonly initContainerStatuses?: readonly ContainerStatus[];
  readonly containerStatuses?: readonly ContainerStatus[];
}

export interface ContainerStatus extends JsonObject {
  readonly name: string;
  readonly ready: boolean;
  readonly restartCount: number;
  readonly state: ContainerState;
  readonly lastState: ContainerState;
}

/**
 * Exactly one of these members is present. In the `lastState` of a container that was never restarted,
 * none is.
 */
export interface ContainerState extends JsonObject {
  readonly waiting?: { readonly reason: string; readonly message?: string };
  readonly running?: { readonly startedAt: string };
  readonly terminated?: TerminatedState;
}

export interface TerminatedState extends JsonObject {
  readonly exitCode: number;
  readonly reason: string;
  readonly message?: string;
  readonly startedAt: string;
  readonly finishedAt: string;
}

export interface PodTemplate extends JsonObject {
  readonly metadata?: { readonly labels?: Labels; readonly annotations?: Labels };
  readonly spec: PodSpec;
}

/**
 * A Deployment, ReplicaSet, StatefulSet, DaemonSet or Job. Some of these kinds lack some of the optional
 * fields.
 */
export interface Workload extends KubeObject {
  readonly spec: WorkloadSpec;
}

interface WorkloadSpec extends JsonObject {
  readonly replicas?: number;
  readonly selector?: LabelSelector;
  readonly template: PodTemplate;
  readonly minReadySeconds?: number;
  readonly revisionHistoryLimit?: number;
}

export interface ReplicaSet extends Workload {
  readonly status?: ReplicaSetStatus;
}

interface ReplicaSetStatus extends JsonObject {
  readonly replicas: number;
  readonly readyReplicas?: number;
  readonly availableReplicas?: number;
  readonly conditions?: readonly Condition[];
}

export interface Deployment extends Workload {
  readonly spec: DeploymentSpec;
  readonly status?: DeploymentStatus;
}

interface DeploymentSpec extends WorkloadSpec {
  readonly paused?: boolean;
  readonly progressDeadlineSeconds?: number;
  readonly strategy?: {
    readonly type?: string;
    readonly rollingUpdate?: {
      readonly maxSurge?: IntOrPercent;
      readonly maxUnavailable?: IntOrPercent;
    };
  };
}

interface DeploymentStatus extends JsonObject {
  readonly conditions?: readonly Condition[];
}

export interface StatefulSet extends Workload {
  readonly spec: StatefulSetSpec;
  readonly status?: StatefulSetStatus;
}

interface StatefulSetSpec extends WorkloadSpec {
  readonly serviceName?: string;
  readonly podManagementPolicy?: string;
  readonly updateStrategy?: {
    readonly type?: string;
    readonly rollingUpdate?: { readonly partition?: number };
  };
}

interface StatefulSetStatus extends JsonObject {
  readonly currentRevision?: string;
  readonly updateRevision?: string;
  readonly collisionCount?: number;
}

export interface Job extends Workload {
  readonly spec: JobSpec;
  readonly status?: JobStatus;
}

interface JobSpec extends WorkloadSpec {
  readonly parallelism?: number;
  readonly completions?: number;
  readonly backoffLimit?: number;
}

interface JobStatus extends JsonObject {
  readonly succeeded?: number;
  readonly failed?: number;
  readonly conditions?: readonly Condition[];
}

export interface PodDisruptionBudget extends KubeObject {
  readonly spec: BudgetSpec;
  readonly status?: BudgetStatus;
}

interface BudgetSpec extends JsonObject {
  readonly selector?: LabelSelector;
  readonly minAvailable?: IntOrPercent;
  readonly maxUnavailable?: IntOrPercent;
  readonly unhealthyPodEvictionPolicy?: string;
}

export interface BudgetStatus extends JsonObject {
  readonly observedGeneration?: number;
  readonly disruptionsAllowed: number;
  readonly currentHealthy: number;
  readonly desiredHealthy: number;
  readonly expectedPods: number;
  /**
   * Names of pods whose eviction was allowed but whose deletion was not seen yet, each with the eviction's
   * time.
   */
  readonly disruptedPods?: Labels;
  readonly conditions?: readonly Condition[];
}

export type IntOrPercent = number | string;

/**
 * The number that a value means: a percentage such as `25%` is a share of `total`; a number stays unchanged.
 * https://pkg.go.dev/k8s.io/apimachinery/pkg/util/intstr
 */
export function scaled(value: IntOrPercent, total: number, round: 'up' | 'down'): number {
  if (typeof value === 'number') return value;
  const share = (Number.parseInt(value, 10) * total) / 100;
  return round === 'up' ? Math.ceil(share) : Math.floor(share);
}

export function isTrue(conditions: readonly Condition[] | undefined, type: string): boolean {
  return conditions?.some((condition) => condition.type === type && condition.status === 'True') ?? false;
}

export function isReady({ status }: Pod): boolean {
  return isTrue(status?.conditions, 'Ready');
}

export function isFinished({ status }: Pod): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed';
}

/** Whether the pod is active in Kubernetes' sense: neither finished nor being deleted. */
export function isActive(pod: Pod): boolean {
  return !isFinished(pod) && pod.metadata.deletionTimestamp === undefined;
}
