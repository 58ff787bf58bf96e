/** Whether a pod may run on a node, and the scheduler's reason why the pod may not. */
import { present } from '../../present';
import type { JsonObject } from '../../protocols/operation';
import type { KubeNode, LabelSelector, Labels, Pod, PodSpec, Taint, Toleration } from '../kinds';
import { matches } from '../label-selector';
import { requestsOf, type Usage } from './node-usage';
import { amount } from './quantity';

/**
 * The taint that cordoning puts on a node:
 * https://kubernetes.io/docs/reference/labels-annotations-taints/#node-kubernetes-io-unschedulable
 */
const UNSCHEDULABLE: Taint = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };

export interface Place {
  readonly node: KubeNode;
  readonly usage: Usage;
  /** Pods on the node, for rules of anti-affinity. */
  readonly pods: readonly Pod[];
}

/**
 * The first reason why the pod must not run on the node, in the words of kube-scheduler and in the order in
 * which kube-scheduler checks; undefined if the pod may run there.
 */
export function refusal(pod: Pod, { node, usage, pods }: Place): string | undefined {
  const { spec } = pod;
  if (node.spec.unschedulable && !tolerates(spec, UNSCHEDULABLE)) return 'node(s) were unschedulable';
  const taint = untolerated(spec, node);
  if (taint) return `node(s) had untolerated taint {${taint.key}: ${taint.value ?? ''}}`;
  if (!isWanted(spec, node)) return "node(s) didn't match Pod's node affinity/selector";
  if (isKeptApart(pod, pods)) return "node(s) didn't match pod anti-affinity rules";
  return shortage(pod, node, usage);
}

/**
 * The first taint that the pod does not tolerate. Taints with the effect PreferNoSchedule keep no pod away;
 * the taint of cordoning is not considered here, see {@link refusal}.
 */
export function untolerated(spec: PodSpec, { spec: { taints = [] } }: KubeNode): Taint | undefined {
  return taints.find(
    (taint) =>
      taint.effect !== 'PreferNoSchedule' && taint.key !== UNSCHEDULABLE.key && !tolerates(spec, taint),
  );
}

/** https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/ */
function tolerates({ tolerations = [] }: PodSpec, taint: Taint): boolean {
  return tolerations.some((toleration) => covers(toleration, taint));
}

function covers({ key, operator = 'Equal', value = '', effect }: Toleration, taint: Taint): boolean {
  if (effect !== undefined && effect !== '' && effect !== taint.effect) return false;
  if (key === undefined || key === '') return operator === 'Exists';
  return key === taint.key && (operator === 'Exists' || value === (taint.value ?? ''));
}

/** True if node selector and required node affinity admit the node. */
export function isWanted({ nodeSelector = {}, affinity }: PodSpec, { metadata }: KubeNode): boolean {
  const labels = metadata.labels ?? {};
  if (!Object.entries(nodeSelector).every(([name, value]) => labels[name] === value)) return false;
  const terms = requiredTerms(affinity as NodeAffinity | undefined);
  return terms === undefined || terms.some((term) => fitsTerm(term, labels, metadata.name));
}

interface NodeAffinity extends JsonObject {
  readonly nodeAffinity?: {
    readonly requiredDuringSchedulingIgnoredDuringExecution?: { readonly nodeSelectorTerms: readonly Term[] };
  };
}

interface Term extends JsonObject {
  readonly matchExpressions?: LabelSelector['matchExpressions'];
  readonly matchFields?: LabelSelector['matchExpressions'];
}

function requiredTerms(affinity: NodeAffinity | undefined): readonly Term[] | undefined {
  return affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
}

function fitsTerm({ matchExpressions, matchFields }: Term, labels: Labels, name: string): boolean {
  return (
    matches(present({ matchExpressions }), labels) &&
    matches(present({ matchExpressions: matchFields }), { 'metadata.name': name })
  );
}

interface PodAntiAffinity extends JsonObject {
  readonly podAntiAffinity?: {
    readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly {
      readonly labelSelector?: LabelSelector;
    }[];
  };
}

/**
 * True if required anti-affinity forbids the node. The topology key of a rule is ignored: every rule
 * applies to single nodes.
 */
function isKeptApart({ metadata, spec }: Pod, pods: readonly Pod[]): boolean {
  const affinity = spec['affinity'] as PodAntiAffinity | undefined;
  const rules = affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  return rules.some(({ labelSelector }) =>
    pods.some(
      (other) =>
        other.metadata.namespace === metadata.namespace && matches(labelSelector, other.metadata.labels),
    ),
  );
}

function shortage(pod: Pod, { status: { allocatable } }: KubeNode, usage: Usage): string | undefined {
  const asked = requestsOf(pod);
  if (usage.pods + 1 > amount(allocatable['pods'])) return 'Too many pods';
  if (usage.cpu + asked.cpu > amount(allocatable['cpu'])) return 'Insufficient cpu';
  if (usage.memory + asked.memory > amount(allocatable['memory'])) return 'Insufficient memory';
  return undefined;
}
