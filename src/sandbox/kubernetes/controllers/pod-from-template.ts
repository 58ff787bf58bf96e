/** Makes a pod from its owner's template. */

import { present } from '../../present';
import type { JsonObject } from '../../protocols/operation';
import type { Labels, PodSpec, PodTemplate } from '../kinds';
import type { KubeObject, NewObject } from '../kube-object';
import { ownedBy } from './owners';

/**
 * Tolerations that admission adds to every pod: the pod stays five minutes on a node that does not answer.
 */
const USUAL_TOLERATIONS = ['not-ready', 'unreachable'].map((condition) => ({
  key: `node.kubernetes.io/${condition}`,
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds: 300,
}));

interface Given {
  readonly name: string;
  readonly labels?: Labels;
  readonly spec?: Partial<PodSpec>;
}

export function podFrom(owner: KubeObject, template: PodTemplate, given: Given): NewObject {
  const { labels, annotations } = template.metadata ?? {};
  const { namespace } = owner.metadata;
  const { tolerations = [] } = template.spec;
  const spec: JsonObject = {
    ...DEFAULTS,
    ...template.spec,
    ...given.spec,
    tolerations: [...(given.spec?.tolerations ?? tolerations), ...USUAL_TOLERATIONS],
  };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: given.name,
      ...present({ namespace }),
      labels: { ...labels, ...given.labels },
      ...present({ annotations }),
      ownerReferences: ownedBy(owner),
    },
    spec,
    status: { phase: 'Pending', qosClass: 'Burstable' },
  };
}

const DEFAULTS: JsonObject = {
  restartPolicy: 'Always',
  terminationGracePeriodSeconds: 30,
  dnsPolicy: 'ClusterFirst',
  schedulerName: 'default-scheduler',
  serviceAccountName: 'default',
  enableServiceLinks: true,
};
