/** The namespaces and workloads that EKS itself creates in a cluster. */
import { budget, daemonSet, deployment, type Manifest, namespace } from './manifests';

const REGISTRY = '602401143452.dkr.ecr.us-east-1.amazonaws.com';
const SYSTEM = 'kube-system';

export function systemManifests(): readonly Manifest[] {
  const everywhere = {
    namespace: SYSTEM,
    pod: { tolerations: [{ operator: 'Exists' }], nodeSelector: { 'kubernetes.io/os': 'linux' } },
  };
  return [
    ...['default', 'kube-system', 'kube-public', 'kube-node-lease'].map(namespace),
    daemonSet({
      ...everywhere,
      name: 'aws-node',
      image: `${REGISTRY}/amazon-k8s-cni:v1.20.4-eksbuild.2`,
      cpu: '50m',
      memory: '64Mi',
    }),
    daemonSet({
      ...everywhere,
      name: 'kube-proxy',
      image: `${REGISTRY}/eks/kube-proxy:v1.33.7-eksbuild.2`,
      cpu: '50m',
      memory: '64Mi',
    }),
    deployment({
      namespace: SYSTEM,
      name: 'coredns',
      replicas: 2,
      image: `${REGISTRY}/eks/coredns:v1.12.4-eksbuild.1`,
      memory: '70Mi',
      labels: { 'k8s-app': 'kube-dns' },
      pod: {
        nodeSelector: { 'kubernetes.io/os': 'linux' },
        tolerations: [{ key: 'CriticalAddonsOnly', operator: 'Exists' }],
      },
    }),
    budget({ namespace: SYSTEM, name: 'coredns', maxUnavailable: 1 }),
  ];
}
