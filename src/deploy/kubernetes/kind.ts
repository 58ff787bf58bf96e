/**
 * The kind of target for code that runs in EKS clusters: Kubernetes' Deployments and StatefulSets whose pod
 * templates follow Slipway's convention.
 */
import type { TargetKind } from '../port/target-kind';
import { recordFormat } from './place';
import { command, SERVICE, sentUpdate } from './requests';
import { kubernetesRules, memberBreach } from './rules';
import { workloadStrategies } from './strategies';

export const kubernetesKind: TargetKind = {
  id: 'kubernetes',
  operationKind: 'code-kubernetes',
  service: SERVICE,
  strategies: workloadStrategies,
  rules: kubernetesRules,
  members: {
    description: 'a workload on Kubernetes in Amazon EKS',
    properties: {
      cluster: { description: 'Name of the kdb cluster, or of the EKS cluster.', type: 'string' },
      namespace: { description: 'Namespace of the workload.', type: 'string' },
      workload: { description: 'statefulset/NAME or deployment/NAME.', type: 'string' },
    },
    breachOf: memberBreach,
  },
  records: recordFormat,
  codeFolders: ['/opt/kx/app/code/'],
  parseRequest: sentUpdate,
  command,
  /** A workload has no ARN: AWS knows only the cluster. */
  arnOf: () => undefined,
  /** Pods write their logs to the cluster, not to CloudWatch. */
  logGroup: () => undefined,
};
