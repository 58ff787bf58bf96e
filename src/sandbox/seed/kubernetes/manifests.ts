/** Makes the seed's Kubernetes objects, including the default values that an API server would add. */

import type { Container, IntOrPercent, Labels, PodSpec } from '../../kubernetes/kinds';
import type { NewObject } from '../../kubernetes/kube-object';
import { present } from '../../present';
import type { JsonObject } from '../../protocols/operation';

/** A Kubernetes object, and the name of its resource, such as `serviceaccounts`. */
export interface Manifest {
  readonly resource: string;
  readonly object: NewObject;
  /** Field manager that created the object; `kubectl-client-side-apply` by default. */
  readonly manager?: string;
}

export interface WorkloadRow {
  readonly namespace: string;
  readonly name: string;
  readonly replicas?: number;
  readonly image: string;
  /** Node group on which the pods run. */
  readonly group?: string;
  /** The CPU and the memory that each pod requests, as Kubernetes quantities. */
  readonly cpu?: string;
  readonly memory?: string;
  readonly labels?: Labels;
  readonly annotations?: Labels;
  /** Annotations of the pods. */
  readonly podAnnotations?: Labels;
  readonly pod?: Partial<PodSpec>;
  readonly container?: Partial<Container>;
  /** Fields of the workload's spec, in addition to the defaults or in their place. */
  readonly spec?: JsonObject;
}

export function namespace(name: string): Manifest {
  return {
    resource: 'namespaces',
    object: {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    },
  };
}

export interface ServiceAccountRow {
  readonly namespace: string;
  readonly name: string;
  /** ARN of the role that pods with this service account get (IRSA). */
  readonly role: string;
}

export function serviceAccount({ namespace: where, name, role }: ServiceAccountRow): Manifest {
  return {
    resource: 'serviceaccounts',
    object: {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name, namespace: where, annotations: { 'eks.amazonaws.com/role-arn': role } },
    },
  };
}

export function deployment(row: WorkloadRow): Manifest {
  return workload('deployments', 'Deployment', row, {
    replicas: row.replicas ?? 1,
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
    progressDeadlineSeconds: 600,
    revisionHistoryLimit: 10,
  });
}

export function statefulSet(row: WorkloadRow): Manifest {
  return workload('statefulsets', 'StatefulSet', row, {
    replicas: row.replicas ?? 1,
    serviceName: row.name,
    podManagementPolicy: 'OrderedReady',
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
    revisionHistoryLimit: 10,
  });
}

export function daemonSet(row: WorkloadRow): Manifest {
  return workload('daemonsets', 'DaemonSet', row, {
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
    revisionHistoryLimit: 10,
  });
}

export function job(row: WorkloadRow): Manifest {
  const { resource, object } = workload('jobs', 'Job', row, { backoffLimit: 6 });
  const { selector: _, ...spec } = object.spec ?? {};
  return { resource, object: { ...object, apiVersion: 'batch/v1', spec } };
}

/** A pod without a controller. */
export function barePod(row: WorkloadRow): Manifest {
  return {
    resource: 'pods',
    object: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { ...metaOf(row), labels: labelsOf(row) },
      spec: podSpec(row),
      status: { phase: 'Pending', qosClass: 'Burstable' },
    },
  };
}

export interface BudgetRow {
  readonly namespace: string;
  readonly name: string;
  /**
   * The budget selects pods whose label `app` has this value: by default, the budget's name. If there is a
   * `selector`, it applies instead.
   */
  readonly app?: string;
  readonly selector?: JsonObject;
  readonly minAvailable?: IntOrPercent;
  readonly maxUnavailable?: IntOrPercent;
}

export function budget({ namespace: where, name, app = name, selector, ...limits }: BudgetRow): Manifest {
  return {
    resource: 'poddisruptionbudgets',
    object: {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name, namespace: where },
      spec: { ...limits, selector: selector ?? { matchLabels: { app } } },
    },
  };
}

function workload(resource: string, kind: string, row: WorkloadRow, spec: JsonObject): Manifest {
  return {
    resource,
    object: {
      apiVersion: 'apps/v1',
      kind,
      metadata: metaOf(row),
      spec: {
        ...spec,
        selector: { matchLabels: { app: row.name } },
        template: {
          metadata: { labels: labelsOf(row), ...present({ annotations: row.podAnnotations }) },
          spec: podSpec(row),
        },
        ...row.spec,
      },
    },
  };
}

function metaOf({ namespace: where, name, annotations, ...row }: WorkloadRow): NewObject['metadata'] {
  return {
    name,
    namespace: where,
    labels: labelsOf({ name, namespace: where, ...row }),
    ...present({ annotations }),
  };
}

function labelsOf({ name, labels }: WorkloadRow): Labels {
  return { app: name, ...labels };
}

function podSpec({
  name,
  image,
  group,
  cpu = '100m',
  memory = '256Mi',
  pod,
  container,
}: WorkloadRow): PodSpec {
  return {
    containers: [
      {
        name: name.replace(/[^a-z0-9-]/g, '-'),
        image,
        imagePullPolicy: 'IfNotPresent',
        resources: { requests: { cpu, memory } },
        terminationMessagePath: '/dev/termination-log',
        terminationMessagePolicy: 'File',
        ...container,
      },
    ],
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    securityContext: {},
    schedulerName: 'default-scheduler',
    ...(group !== undefined && {
      nodeSelector: { 'eks.amazonaws.com/nodegroup': group },
      tolerations: [{ key: 'dedicated', operator: 'Exists', effect: 'NoSchedule' }],
    }),
    ...pod,
  };
}
