/**
 * Deployments and StatefulSets, to which code may be deployed, and their pods. Slipway keeps only those
 * fields of an object that are named here. Times are epoch milliseconds.
 * @see https://kubernetes.io/docs/concepts/workloads/
 */
import type { Controller, LabelSelector, NamespacedObject } from './kubernetes';

export type WorkloadKind = 'Deployment' | 'StatefulSet';

/** The kind and the names that identify a workload in its cluster. */
export interface WorkloadName {
  readonly kind: WorkloadKind;
  readonly namespace: string;
  readonly name: string;
}

/** The prefix that stands for each kind in {@link workloadText}. */
const PREFIXES: Readonly<Record<WorkloadKind, string>> = {
  StatefulSet: 'statefulset/',
  Deployment: 'deployment/',
};

/** Kind and name of a workload in kubectl's form, unique in its namespace: `statefulset/hdb`. */
export function workloadText({ kind, name }: Pick<WorkloadName, 'kind' | 'name'>): string {
  return `${PREFIXES[kind]}${name}`;
}

/**
 * Parses a text of the form that {@link workloadText} returns; undefined if it begins with no kind's prefix.
 */
export function workloadNamed(text: string): Pick<WorkloadName, 'kind' | 'name'> | undefined {
  for (const kind of ['StatefulSet', 'Deployment'] as const)
    if (text.startsWith(PREFIXES[kind])) return { kind, name: text.slice(PREFIXES[kind].length) };
  return undefined;
}

/** Prefix of Slipway's annotations. */
export const ANNOTATIONS = 'slipway.dev/';

/** Slipway's annotations of a pod template, which its pods inherit. */
export const ANNOTATION = {
  /** `s3://bucket/key` of the zip. */
  uri: `${ANNOTATIONS}code-uri`,
  /** The zip's version in S3; absent if the bucket keeps no versions. */
  version: `${ANNOTATIONS}code-version`,
  /** SHA-256 of the zip's bytes, hex. */
  digest: `${ANNOTATIONS}code-digest`,
  /** Path of the initialization script in the zip; absent if there is none. */
  script: `${ANNOTATIONS}init-script`,
  /** The arguments of the program's command line, as a JSON list: `["-s","4"]`; absent if there are none. */
  arguments: `${ANNOTATIONS}arguments`,
  /** ISO 8601. Set to restart the pods when nothing else in the template changes. */
  restartedAt: `${ANNOTATIONS}restarted-at`,
} as const;

export interface Workload extends NamespacedObject {
  readonly kind: WorkloadKind;
  readonly resourceVersion: string;
  readonly generation: number;
  /** The annotations of the workload's pod template that are Slipway's own: `slipway.dev/…`. */
  readonly annotations: Readonly<Record<string, string>>;
  /**
   * SHA-256 (hex) of the pod template without the annotations for the zip's address, its version, the script
   * and the arguments; shows whether anything else in the template has changed.
   */
  readonly template: string;
  readonly selector: LabelSelector;
  /** Labels of the pod template; absent if there are none. */
  readonly podLabels?: Readonly<Record<string, string>>;
  /** Pods that are wanted. */
  readonly replicas: number;
  /** How pods get a new template: `RollingUpdate`, `OnDelete`, `Recreate`. */
  readonly updateStrategy: string;
  /**
   * By how many pods a Deployment with rolling updates may exceed `replicas` during an update, as a number or
   * a percentage; absent for any other workload.
   */
  readonly maxSurge?: number | string;
  /** Pods with a smaller ordinal keep the earlier template; 0 if no pod does. */
  readonly partition: number;
  /** True for a Deployment that rolls out no new template until it is resumed. */
  readonly paused: boolean;
  readonly minReadySeconds: number;
  readonly convention: Convention;
  /**
   * Names of the volume claims to which the pod template's volumes refer, so that all pods of the workload
   * share the claims.
   */
  readonly claims: readonly string[];
  readonly controller?: Controller;
  /** The labels and annotations with which tools mark the objects that they manage: values by name. */
  readonly marks: Readonly<Record<string, string>>;
  /** The managers that own a part of the pod template, from `metadata.managedFields`. */
  readonly writers: readonly Writer[];
  readonly rollout: Rollout;
}

/**
 * Which parts of Slipway's convention the pod template follows, and facts for the checks of the
 * convention.
 */
export interface Convention {
  /** The init container that reads {@link ANNOTATION.uri} and thus fetches the code; absent if there is none. */
  readonly fetch?: string;
  /** True if a container other than the init containers reads {@link ANNOTATION.script}. */
  readonly readsScript: boolean;
  /**
   * True if a container other than the init containers reads {@link ANNOTATION.arguments}; absent counts as
   * false.
   */
  readonly readsArguments?: boolean;
  /**
   * The containers that run a script of Slipway's snippet; absent if there are none. The image of such a
   * container must contain the programs that the script uses.
   */
  readonly steps?: readonly SnippetStep[];
  /**
   * True if the pod template has the init container of Istio's CNI, which gives init containers no network.
   */
  readonly istio: boolean;
}

/** Scripts of Slipway's snippet. */
export type SnippetScript = 'fetch' | 'unpack' | 'start';

/** A container that runs one of the snippet's scripts. */
export interface SnippetStep {
  readonly script: SnippetScript;
  readonly container: string;
  readonly image: string;
}

/** A volume claim, and how pods may share it. */
export interface VolumeClaim {
  readonly name: string;
  /** `ReadWriteOnce`, `ReadWriteOncePod`, `ReadOnlyMany`, `ReadWriteMany`. */
  readonly accessModes: readonly string[];
}

/** A field manager, and what it owns of the pod template. */
export interface Writer {
  readonly manager: string;
  /** `Apply` or `Update`. */
  readonly operation: string;
  readonly at?: number;
  /** Names of Slipway's annotations in the pod template that this manager owns. */
  readonly annotations: readonly string[];
  /** True if this manager owns anything else in the pod template. */
  readonly template: boolean;
}

/** A workload's status, as reported by its controller. */
export interface Rollout {
  /** Absent: the controller has not seen the workload yet. */
  readonly observedGeneration?: number;
  readonly replicas: number;
  readonly updated: number;
  readonly ready: number;
  readonly available: number;
  /** Only a StatefulSet has revisions in its status. */
  readonly currentRevision?: string;
  readonly updateRevision?: string;
  /** Message of a Deployment's condition Progressing, if the condition says that the deadline has passed. */
  readonly deadlineExceeded?: string;
  /** Why pods cannot be created, in the controller's words. */
  readonly cannotCreate?: string;
}

/** A pod of a workload. */
export interface WorkloadPod extends NamespacedObject {
  readonly phase: string;
  /** True if the pod's condition Ready has the status True. */
  readonly ready: boolean;
  /** The finalizers that keep a deleted pod; absent if there are none. */
  readonly finalizers?: readonly string[];
  /** Revision of the pod's template: the label `controller-revision-hash` or `pod-template-hash`. */
  readonly revision?: string;
  /** Slipway's annotations of the pod, which it inherited from its template. */
  readonly annotations: Readonly<Record<string, string>>;
  /** How the code-fetching init container ended; absent if it has not ended, or if there is none. */
  readonly proof?: { readonly exitCode: number; readonly message: string };
  /**
   * The credentials that the code-fetching init container can use. `node`: only those of its node, whose
   * metadata service is one network hop further away from the container than from the node itself. `own`: the
   * container has or may have other credentials, or it shares the node's network. Absent if no init container
   * fetches code.
   */
  readonly credentials?: 'own' | 'node';
  readonly containers: readonly PodContainer[];
  /**
   * Condition PodScheduled with status False: the scheduler's reason (`Unschedulable` if it gives none) and
   * message.
   */
  readonly unscheduled?: { readonly reason: string; readonly message: string };
  /**
   * Reason and message of an event that says why the pod cannot start: it has no volume or no network. Absent if
   * there is no such event, or if the events were not read.
   */
  readonly unbegun?: { readonly reason: string; readonly message: string };
}

/** The state of one container of a pod. */
export interface PodContainer {
  readonly name: string;
  /**
   * Kubernetes' reason why the container waits: `CrashLoopBackOff`, `ImagePullBackOff`, …; empty if it gives
   * none. Absent if the container runs or has ended.
   */
  readonly waiting?: string;
  /**
   * How the present run ended; if it has not ended, how the previous run ended. Absent if no run has ended, and
   * for an init container that has succeeded.
   */
  readonly ended?: { readonly exitCode: number; readonly reason: string };
  readonly restarts: number;
}
