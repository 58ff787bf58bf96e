/**
 * Makes a Deployment's ReplicaSet from the pod template, and reads and writes the revision number of a
 * ReplicaSet.
 */

import { present } from '../../present';
import type { Deployment, ReplicaSet } from '../kinds';
import type { NewObject } from '../kube-object';
import { hashOf } from './names';
import { ownedBy } from './owners';

/** https://kubernetes.io/docs/reference/labels-annotations-taints/#deployment-kubernetes-io-revision */
export const REVISION = 'deployment.kubernetes.io/revision';
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

export function revisionOf({ metadata }: ReplicaSet): number {
  return Number(metadata.annotations?.[REVISION] ?? 0);
}

export function newReplicaSet(deployment: Deployment, revision: number): NewObject {
  const { metadata, spec } = deployment;
  const { template, selector, minReadySeconds } = spec;
  const hash = { 'pod-template-hash': hashOf(template) };
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${metadata.name}-${hash['pod-template-hash']}`,
      ...present({ namespace: metadata.namespace }),
      labels: { ...template.metadata?.labels, ...hash },
      annotations: annotationsOf(deployment, revision),
      ownerReferences: ownedBy(deployment),
    },
    spec: {
      replicas: 0,
      selector: { ...selector, matchLabels: { ...selector?.matchLabels, ...hash } },
      template: {
        ...template,
        metadata: { ...template.metadata, labels: { ...template.metadata?.labels, ...hash } },
      },
      ...present({ minReadySeconds }),
    },
  };
}

export function withRevision(set: ReplicaSet, deployment: Deployment, revision: number): ReplicaSet {
  return { ...set, metadata: { ...set.metadata, annotations: annotationsOf(deployment, revision) } };
}

/**
 * Annotations of a ReplicaSet: its revision number and the Deployment's annotations, except kubectl's last
 * applied configuration. If an annotation of the Deployment names the cause of the change, the rollout
 * history shows that cause.
 */
function annotationsOf({ metadata }: Deployment, revision: number): Readonly<Record<string, string>> {
  const { [LAST_APPLIED]: _, ...own } = metadata.annotations ?? {};
  return { ...own, [REVISION]: String(revision) };
}
