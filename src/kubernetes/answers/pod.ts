/**
 * Reads Pods from answers of the API server.
 * https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/
 */
import type { Pod } from '../../model/kubernetes';
import { present } from '../../model/present';
import { count, list, maybe, members, record, text, word } from '../../model/shape';
import {
  type Condition,
  conditionOf,
  conditions,
  type Metadata,
  metadata,
  NODEGROUP_LABEL,
  type ObjectReader,
  objectOf,
  unscheduledIn,
} from './object';

interface ContainerStatus {
  readonly name: string;
  readonly state?: { readonly waiting?: { readonly reason?: string } | null };
}

interface PodObject {
  readonly metadata: Metadata & { readonly namespace: string };
  readonly spec: {
    readonly nodeName?: string;
    readonly nodeSelector?: Readonly<Record<string, string>> | null;
    readonly terminationGracePeriodSeconds?: number;
    readonly tolerations?: Pod['tolerations'];
  };
  readonly status?: {
    readonly phase?: string;
    readonly conditions?: readonly Condition[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
    readonly containerStatuses?: readonly ContainerStatus[];
  };
}

/** The API server's default. */
const DEFAULT_GRACE_SECONDS = 30;

const containerStatuses = maybe(
  list(
    members({
      name: word,
      state: maybe(members({ waiting: maybe(members({ reason: maybe(text) })) })),
    }),
  ),
);

export const pods: ObjectReader<Pod> = {
  unused: ['managedFields', 'env'],
  shape: members({
    metadata,
    spec: members({
      nodeName: maybe(text),
      nodeSelector: maybe(record(text)),
      terminationGracePeriodSeconds: maybe(count),
      tolerations: maybe(
        list(members({ key: maybe(text), operator: maybe(text), value: maybe(text), effect: maybe(text) })),
      ),
    }),
    status: maybe(
      members({
        phase: maybe(text),
        conditions,
        initContainerStatuses: containerStatuses,
        containerStatuses,
      }),
    ),
  }),
  read({ metadata: about, spec, status }: PodObject) {
    const annotations = about.annotations ?? {};
    const owner = about.ownerReferences?.find(({ controller }) => controller === true);
    const uri = annotations['slipway.dev/code-uri'];
    const version = annotations['slipway.dev/code-version'];
    return objectOf(
      about,
      {
        namespace: about.namespace,
        labels: about.labels ?? {},
        phase: status?.phase ?? 'Unknown',
        ready: conditionOf(status?.conditions, 'Ready')?.status === 'True',
        mirror: 'kubernetes.io/config.mirror' in annotations,
        tolerations: (spec.tolerations ?? []).map(({ key, operator, value, effect }) =>
          present({ key, operator, value, effect }),
        ),
        graceSeconds: spec.terminationGracePeriodSeconds ?? DEFAULT_GRACE_SECONDS,
        finalizers: about.finalizers ?? [],
        disruptionTarget: conditionOf(status?.conditions, 'DisruptionTarget')?.status === 'True',
        waiting: [...waitingIn(status?.initContainerStatuses), ...waitingIn(status?.containerStatuses)],
      },
      {
        controller: owner && { kind: owner.kind, name: owner.name, uid: owner.uid },
        unscheduled: unscheduledIn(status?.conditions),
        code: uri ? { uri, ...(version && { version }) } : undefined,
        // A pod without a node may have an empty node name.
        nodeName: spec.nodeName || undefined,
        nodegroup: spec.nodeSelector?.[NODEGROUP_LABEL],
      },
    );
  },
};

function waitingIn(statuses: readonly ContainerStatus[] | undefined): Pod['waiting'] {
  // The API server may answer null for an empty list.
  return (statuses ?? []).flatMap(({ name, state }) =>
    state?.waiting ? [{ container: name, reason: state.waiting.reason ?? '' }] : [],
  );
}
