/**
 * Reads the parts of Deployments and StatefulSets that are needed to deploy code, from answers of the API
 * server.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/
 */
import { createHash } from 'node:crypto';
import { present } from '../../model/present';
import { count, flag, maybe, members, numberOrText, text, word } from '../../model/shape';
import { withoutSecrets } from '../../model/without-secrets';
import {
  ANNOTATION,
  ANNOTATIONS,
  type Rollout,
  type Workload,
  type WorkloadKind,
} from '../../model/workload';
import { conventionOf, type Template, templateShape } from './convention';
import { labelSelector, type SelectorObject, selectorOf } from './label-selector';
import { type ManagedFields, managedFields, writersIn } from './managed-fields';
import {
  type Condition,
  conditionOf,
  conditions,
  type Metadata,
  metadata,
  type ObjectReader,
  objectOf,
} from './object';

interface WorkloadObject {
  readonly metadata: Metadata & {
    readonly namespace: string;
    readonly resourceVersion: string;
    readonly generation: number;
    readonly managedFields?: readonly ManagedFields[];
  };
  readonly spec: {
    readonly replicas?: number;
    readonly paused?: boolean;
    readonly minReadySeconds?: number;
    readonly selector?: SelectorObject;
    readonly template: Template;
    /** Only Deployments have this member. */
    readonly strategy?: {
      readonly type?: string;
      readonly rollingUpdate?: { readonly maxSurge?: number | string } | null;
    };
    /** Only StatefulSets have this member. */
    readonly updateStrategy?: {
      readonly type?: string;
      readonly rollingUpdate?: { readonly partition?: number } | null;
    };
  };
  readonly status?: Status;
}

interface Status {
  readonly observedGeneration?: number;
  readonly replicas?: number;
  readonly updatedReplicas?: number;
  readonly readyReplicas?: number;
  readonly availableReplicas?: number;
  readonly currentRevision?: string;
  readonly updateRevision?: string;
  readonly conditions?: readonly Condition[];
}

/**
 * Reads workloads of the given kind. The kind is a parameter, since the items of a list do not contain it.
 */
export function workloadsOf(kind: WorkloadKind): ObjectReader<Workload> {
  return { shape, read: (object: WorkloadObject) => workloadOf(kind, object) };
}

const shape = members({
  metadata: (value, path) =>
    metadata(value, path) ??
    members({
      namespace: word,
      resourceVersion: word,
      generation: count,
      managedFields: maybe(managedFields),
    })(value, path),
  spec: members({
    replicas: maybe(count),
    paused: maybe(flag),
    minReadySeconds: maybe(count),
    selector: maybe(labelSelector),
    template: templateShape,
    strategy: maybe(
      members({
        type: maybe(text),
        rollingUpdate: maybe(members({ maxSurge: maybe(numberOrText) })),
      }),
    ),
    updateStrategy: maybe(
      members({ type: maybe(text), rollingUpdate: maybe(members({ partition: maybe(count) })) }),
    ),
  }),
  status: maybe(
    members({
      observedGeneration: maybe(count),
      replicas: maybe(count),
      updatedReplicas: maybe(count),
      readyReplicas: maybe(count),
      availableReplicas: maybe(count),
      currentRevision: maybe(text),
      updateRevision: maybe(text),
      conditions,
    }),
  ),
});

function workloadOf(kind: WorkloadKind, { metadata: about, spec, status }: WorkloadObject): Workload {
  const { template, updateStrategy, strategy } = spec;
  const owner = about.ownerReferences?.find(({ controller }) => controller === true);
  return {
    ...objectOf(about),
    kind,
    namespace: about.namespace,
    resourceVersion: about.resourceVersion,
    generation: about.generation,
    annotations: oursIn(template.metadata?.annotations),
    template: templateDigest(template),
    selector: selectorOf(spec.selector ?? {}),
    ...(template.metadata?.labels && { podLabels: template.metadata.labels }),
    replicas: spec.replicas ?? 1,
    updateStrategy: (kind === 'Deployment' ? strategy : updateStrategy)?.type ?? 'RollingUpdate',
    ...(strategy?.rollingUpdate && { maxSurge: strategy.rollingUpdate.maxSurge ?? '25%' }),
    partition: updateStrategy?.rollingUpdate?.partition ?? 0,
    paused: spec.paused ?? false,
    minReadySeconds: spec.minReadySeconds ?? 0,
    convention: conventionOf(template),
    claims: (template.spec?.volumes ?? []).flatMap(
      ({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? [],
    ),
    ...(owner && { controller: { kind: owner.kind, name: owner.name, uid: owner.uid } }),
    marks: marksIn(about),
    writers: writersIn(about.managedFields ?? []),
    rollout: rolloutOf(status ?? {}),
  };
}

/** Slipway's own annotations. */
export function oursIn(annotations: Readonly<Record<string, string>> | null | undefined) {
  return Object.fromEntries(
    Object.entries(annotations ?? {}).filter(([name]) => name.startsWith(ANNOTATIONS)),
  );
}

/** Labels and annotations by which tools mark the objects that they manage. */
const MARKS: readonly string[] = [
  'app.kubernetes.io/managed-by',
  'argocd.argoproj.io/instance',
  'argocd.argoproj.io/tracking-id',
  'helm.toolkit.fluxcd.io/name',
  'insights.kx.com/app',
  'kustomize.toolkit.fluxcd.io/name',
];

function marksIn({ labels, annotations }: Metadata): Readonly<Record<string, string>> {
  const all = { ...labels, ...annotations };
  return Object.fromEntries(MARKS.flatMap((name) => (all[name] === undefined ? [] : [[name, all[name]]])));
}

/**
 * The annotations that a code update replaces. They are compared one by one, so the template's digest omits
 * them.
 */
const OF_CONFIGURATION: readonly string[] = [
  ANNOTATION.uri,
  ANNOTATION.version,
  ANNOTATION.script,
  ANNOTATION.arguments,
];

/**
 * Digest of the pod template without the annotations of {@link OF_CONFIGURATION}. The order of the template's
 * members does not matter.
 */
function templateDigest({ metadata: about, ...rest }: Template): string {
  const annotations = Object.fromEntries(
    Object.entries(about?.annotations ?? {}).filter(([name]) => !OF_CONFIGURATION.includes(name)),
  );
  return createHash('sha256')
    .update(sorted({ ...rest, metadata: { ...about, annotations } }))
    .digest('hex');
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) =>
    one instanceof Object && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}

function rolloutOf(status: Status): Rollout {
  const progressing = conditionOf(status.conditions, 'Progressing');
  const failing = conditionOf(status.conditions, 'ReplicaFailure');
  return {
    replicas: status.replicas ?? 0,
    updated: status.updatedReplicas ?? 0,
    ready: status.readyReplicas ?? 0,
    available: status.availableReplicas ?? 0,
    ...present({
      observedGeneration: status.observedGeneration,
      currentRevision: status.currentRevision || undefined,
      updateRevision: status.updateRevision || undefined,
    }),
    ...(progressing?.reason === 'ProgressDeadlineExceeded' && {
      deadlineExceeded: withoutSecrets(progressing.message ?? ''),
    }),
    ...(failing?.status === 'True' && { cannotCreate: withoutSecrets(failing.message ?? '') }),
  };
}
