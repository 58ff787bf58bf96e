/** Nodes, pods and budgets as tests of drains need them: ordinary where the test says nothing. */
import type { DrainFacts } from '../../src/drain/blockers';
import type { KubernetesNode, Pod, PodDisruptionBudget } from '../../src/model/kubernetes';

export const NOW = Date.UTC(2026, 7, 15);
export const MINUTE = 60_000;

export function node(name: string, parts: Partial<KubernetesNode> = {}): KubernetesNode {
  return {
    uid: `node-${name}`,
    name,
    createdAt: NOW - 60 * MINUTE,
    nodegroup: 'workers',
    instanceId: `i-${name}`,
    ready: true,
    unschedulable: false,
    ...parts,
  };
}

/** A ready pod of a StatefulSet in the namespace `shop`, on node `a`. */
export function pod(parts: Partial<Pod> = {}): Pod {
  const { name = 'rdb-0', namespace = 'shop' } = parts;
  return {
    uid: `pod-${namespace}-${name}`,
    namespace,
    name,
    createdAt: NOW - 60 * MINUTE,
    labels: { app: 'rdb' },
    nodeName: 'a',
    phase: 'Running',
    ready: true,
    controller: { kind: 'StatefulSet', name: 'rdb', uid: 'set-rdb' },
    mirror: false,
    tolerations: [],
    graceSeconds: 30,
    finalizers: [],
    disruptionTarget: false,
    waiting: [],
    ...parts,
  };
}

export function barePod(parts: Partial<Pod> = {}): Pod {
  const { controller: _controller, ...rest } = pod(parts);
  return rest;
}

/** As the scheduler leaves a pod that finds no node. */
export function unscheduledPod(parts: Partial<Pod> = {}): Pod {
  const { nodeName: _nodeName, ...rest } = pod({
    phase: 'Pending',
    ready: false,
    unscheduled: { reason: 'Unschedulable', message: '0/6 nodes are available: 6 Insufficient memory.' },
    ...parts,
  });
  return rest;
}

/** Over `app=rdb` in `shop`: three pods, of which two are needed, so that one may go. */
export function budget(parts: Partial<PodDisruptionBudget> = {}): PodDisruptionBudget {
  const { name = 'rdb', namespace = 'shop' } = parts;
  return {
    uid: `pdb-${namespace}-${name}`,
    namespace,
    name,
    createdAt: NOW - 60 * MINUTE,
    selector: { matchLabels: { app: 'rdb' }, matchExpressions: [] },
    ...(parts.minAvailable === undefined && { maxUnavailable: 1 }),
    unhealthyPodEvictionPolicy: 'IfHealthyBudget',
    generation: 1,
    observedGeneration: 1,
    disruptionsAllowed: 1,
    currentHealthy: 3,
    desiredHealthy: 2,
    expectedPods: 3,
    ...parts,
  };
}

export type WholeFacts = DrainFacts & { readonly nodes: readonly KubernetesNode[] };

/** Nodes `a` and `b`, of which `a` bears one pod that nothing holds. */
export function drainFacts(parts: Partial<WholeFacts> = {}): WholeFacts {
  return {
    nodes: [node('a'), node('b')],
    pods: [pod()],
    budgets: [budget()],
    covered: [],
    codeGone: new Set(),
    ...parts,
  };
}
