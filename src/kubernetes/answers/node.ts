/**
 * Reads Nodes from answers of the API server.
 * https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/node-v1/
 */
import type { KubernetesNode } from '../../model/kubernetes';
import { flag, maybe, members, text } from '../../model/shape';
import {
  type Condition,
  conditionOf,
  conditions,
  type Metadata,
  metadata,
  NODEGROUP_LABEL,
  type ObjectReader,
  objectOf,
} from './object';

interface NodeObject {
  readonly metadata: Metadata;
  readonly spec?: { readonly providerID?: string; readonly unschedulable?: boolean };
  readonly status?: {
    readonly nodeInfo?: { readonly kubeletVersion?: string; readonly osImage?: string };
    readonly conditions?: readonly Condition[];
  };
}

export const nodes: ObjectReader<KubernetesNode> = {
  unused: ['managedFields'],
  shape: members({
    metadata,
    spec: maybe(members({ providerID: maybe(text), unschedulable: maybe(flag) })),
    status: maybe(
      members({
        nodeInfo: maybe(members({ kubeletVersion: maybe(text), osImage: maybe(text) })),
        conditions,
      }),
    ),
  }),
  read({ metadata: about, spec, status }: NodeObject) {
    const labels = about.labels ?? {};
    return objectOf(
      about,
      {
        ready: readyOf(conditionOf(status?.conditions, 'Ready')),
        unschedulable: spec?.unschedulable ?? false,
      },
      {
        nodegroup: labels[NODEGROUP_LABEL],
        imageId: labels['eks.amazonaws.com/nodegroup-image'],
        launchTemplateVersion: labels['eks.amazonaws.com/sourceLaunchTemplateVersion'],
        instanceType: labels['node.kubernetes.io/instance-type'],
        zone: labels['topology.kubernetes.io/zone'],
        kubeletVersion: status?.nodeInfo?.kubeletVersion,
        osImage: status?.nodeInfo?.osImage,
        // `providerID` is, for example, aws:///eu-west-1a/i-0123456789abcdef0
        instanceId: /\/(i-[0-9a-f]+)$/.exec(spec?.providerID ?? '')?.[1],
      },
    );
  },
};

function readyOf(condition: Condition | undefined): KubernetesNode['ready'] {
  if (condition === undefined || condition.status === 'Unknown') return 'unknown';
  return condition.status === 'True';
}
