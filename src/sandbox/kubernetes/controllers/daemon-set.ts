/** DaemonSets: one pod on each node that the pod may run on. */

import { present } from '../../present';
import {
  isActive,
  isFinished,
  isReady,
  type KubeNode,
  type Pod,
  type Toleration,
  type Workload,
} from '../kinds';
import type { Change } from '../object-store';
import { type Controller, keyOf, partsOf } from './control-loop';
import { hashOf, suffix } from './names';
import { isWanted, untolerated } from './node-fit';
import { podFrom } from './pod-from-template';
import { createPod, deletePod, ownersConcerned, type PodOwnerParts } from './pod-set';

const BY = 'daemonset-controller';

/** https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/#taints-and-tolerations */
const TOLERATED: readonly Toleration[] = [
  ...['not-ready', 'unreachable'].map((name) => ({ name, effect: 'NoExecute' })),
  ...['disk-pressure', 'memory-pressure', 'pid-pressure', 'unschedulable'].map((name) => ({
    name,
    effect: 'NoSchedule',
  })),
].map(({ name, effect }) => ({ key: `node.kubernetes.io/${name}`, operator: 'Exists', effect }));

export class DaemonSets implements Controller {
  readonly name = 'daemonsets';

  constructor(private readonly parts: PodOwnerParts) {}

  concerns(change: Change): Iterable<string> {
    if (change.resource === 'nodes') return this.parts.store.list('daemonsets').map(keyOf);
    return ownersConcerned(change, 'daemonsets');
  }

  reconcile(key: string): void {
    const { store, pods } = this.parts;
    const set = store.get('daemonsets', ...partsOf(key)) as Workload | undefined;
    if (!set || set.metadata.deletionTimestamp !== undefined) return;
    const spec = { ...set.spec.template.spec, tolerations: tolerationsOf(set) };
    const nodes = (store.list('nodes') as readonly KubeNode[]).filter(
      (node) => isWanted(spec, node) && !untolerated(spec, node),
    );
    const own = () => pods.ownedBy(set.metadata.uid).filter((pod) => !isFinished(pod));
    const revision = hashOf(set.spec.template);
    const there = new Set(own().map((pod) => pod.spec.nodeName));
    for (const node of nodes) if (!there.has(node.metadata.name)) this.make(set, node, revision);
    this.rollOut(set, own(), revision);
    this.tellStatus(set, nodes.length, revision);
  }

  private make(set: Workload, { metadata: { name: nodeName, uid } }: KubeNode, revision: string): void {
    const { name } = set.metadata;
    const pod = podFrom(set, set.spec.template, {
      name: `${name}-${suffix(`${name} ${uid} ${revision}`)}`,
      labels: { 'controller-revision-hash': revision, 'pod-template-generation': '1' },
      spec: { nodeName, tolerations: tolerationsOf(set) },
    });
    if (this.parts.store.get('pods', set.metadata.namespace, pod.metadata.name ?? '')) return;
    createPod(this.parts, set, pod, BY);
  }

  /**
   * Replaces one ready pod at a time, and none while another is not ready or is being deleted. An outdated pod that is
   * not ready is replaced at once: nothing is lost with it, and it may never become ready.
   */
  private rollOut(set: Workload, own: readonly Pod[], revision: string): void {
    const outdated = own.filter((pod) => isActive(pod) && revisionOf(pod) !== revision);
    const mayLoseOne = own.every((pod) => isReady(pod) && isActive(pod));
    const replaced = mayLoseOne ? outdated.slice(0, 1) : outdated.filter((pod) => !isReady(pod));
    for (const pod of replaced) deletePod(this.parts, set, pod, BY);
  }

  private tellStatus(set: Workload, desired: number, revision: string): void {
    const { store, pods } = this.parts;
    const own = pods.ownedBy(set.metadata.uid).filter(isActive);
    const ready = own.filter(isReady).length;
    const updated = own.filter((pod) => revisionOf(pod) === revision).length;
    const { generation } = set.metadata;
    store.update('daemonsets', {
      ...set,
      status: {
        currentNumberScheduled: own.length,
        desiredNumberScheduled: desired,
        numberMisscheduled: 0,
        numberReady: ready,
        numberAvailable: ready,
        ...(desired > ready && { numberUnavailable: desired - ready }),
        updatedNumberScheduled: updated,
        ...present({ observedGeneration: generation }),
      },
    });
  }
}

function tolerationsOf(set: Workload): readonly Toleration[] {
  return [...(set.spec.template.spec.tolerations ?? []), ...TOLERATED];
}

function revisionOf({ metadata }: Pod): string | undefined {
  return metadata.labels?.['controller-revision-hash'];
}
