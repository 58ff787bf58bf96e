/** The volume claims that a StatefulSet keeps for each of its pods. */

import { present } from '../../present';
import type { JsonObject } from '../../protocols/operation';
import type { PodTemplate, StatefulSet } from '../kinds';
import type { NewObject } from '../kube-object';

interface ClaimTemplate extends JsonObject {
  readonly metadata: { readonly name: string };
  readonly spec: JsonObject;
}

function templatesOf({ spec }: StatefulSet): readonly ClaimTemplate[] {
  return (spec['volumeClaimTemplates'] ?? []) as readonly ClaimTemplate[];
}

export function claimsOf(set: StatefulSet, podName: string): readonly NewObject[] {
  const { namespace } = set.metadata;
  return templatesOf(set).map(({ metadata, spec }) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      name: `${metadata.name}-${podName}`,
      ...present({ namespace, labels: set.spec.template.metadata?.labels }),
    },
    spec: { ...spec, volumeName: `pvc-${metadata.name}-${podName}`, volumeMode: 'Filesystem' },
    status: {
      phase: 'Bound',
      ...present({ accessModes: spec['accessModes'] }),
    },
  }));
}

/** The template's volumes, and one more volume for each of the pod's claims. */
export function volumesOf(set: StatefulSet, { spec }: PodTemplate, podName: string): readonly JsonObject[] {
  const own = (spec['volumes'] ?? []) as readonly JsonObject[];
  const claimed = templatesOf(set).map(({ metadata: { name } }) => ({
    name,
    persistentVolumeClaim: { claimName: `${name}-${podName}` },
  }));
  return [...own, ...claimed];
}
