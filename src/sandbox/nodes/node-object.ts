/** A node of a managed node group in Kubernetes' form. */
import { createHash } from 'node:crypto';
import type { Nodegroup, NodegroupState, Taint } from '../eks/nodegroup';
import { imageIdOf, versionNamed } from '../eks/versions';
import type { KubeNode, Labels, Taint as NodeTaint } from '../kubernetes/kinds';
import { kubeTime, type NewObject } from '../kubernetes/kube-object';
import { present } from '../present';

/** The location of a node, and its instance type. */
export interface NodePlace {
  /** IPv4 address in the VPC. */
  readonly address: string;
  readonly region: string;
  /** E.g. `us-east-1a`. */
  readonly zone: string;
  readonly instanceType: string;
}

/** Keeps pods off a node until its kubelet is ready. */
const NOT_READY: NodeTaint = { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' };

/**
 * @param state from which the node is made: the group's state before or after an update
 * @param options whether the node is ready, and the present time in epoch milliseconds
 */
export function newNode(
  group: Nodegroup,
  state: NodegroupState,
  place: NodePlace,
  options: { readonly ready: boolean; readonly now: number },
): NewObject {
  const name = nodeName(place);
  const { amiType } = group.facts;
  const arch = amiType.includes('ARM_64') ? 'arm64' : 'amd64';
  const os = amiType.startsWith('WINDOWS_') ? 'windows' : 'linux';
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: labelsOf(group, state, place, { name, arch, os }) },
    spec: {
      providerID: `aws:///${place.zone}/${instanceId(`${group.facts.arn} ${name}`)}`,
      ...withTaints([...taintsOf(state.taints), ...(options.ready ? [] : [NOT_READY])]),
    },
    status: {
      addresses: [
        { type: 'InternalIP', address: place.address },
        { type: 'InternalDNS', address: name },
        { type: 'Hostname', address: name },
      ],
      ...sizeOf(place.instanceType),
      conditions: conditionsOf(options.ready, options.now),
      nodeInfo: {
        architecture: arch,
        operatingSystem: os,
        osImage: osImageOf(amiType, state.releaseVersion),
        kernelVersion: '6.1.156-177.286.amzn2023',
        containerRuntimeVersion: 'containerd://2.1.4',
        kubeletVersion: `v${versionNamed(state.version)?.patch ?? state.version}-eks-c39b1d0`,
        kubeProxyVersion: '',
        machineID: '',
        systemUUID: '',
        bootID: '',
      },
    },
  };
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html */
function nodeName({ address, region }: NodePlace): string {
  const domain = region === 'us-east-1' ? 'ec2.internal' : `${region}.compute.internal`;
  return `ip-${address.replaceAll('.', '-')}.${domain}`;
}

function instanceId(of: string): string {
  return `i-0${createHash('sha256').update(of).digest('hex').slice(0, 16)}`;
}

function labelsOf(
  { facts }: Nodegroup,
  { labels, launchTemplate, releaseVersion }: NodegroupState,
  { region, zone, instanceType }: NodePlace,
  { name, arch, os }: { readonly name: string; readonly arch: string; readonly os: string },
): Labels {
  return {
    ...labels,
    'eks.amazonaws.com/capacityType': facts.capacityType,
    'eks.amazonaws.com/nodegroup': facts.name,
    'eks.amazonaws.com/nodegroup-image': imageIdOf(facts.amiType, releaseVersion),
    ...(launchTemplate && {
      'eks.amazonaws.com/sourceLaunchTemplateId': launchTemplate.id,
      'eks.amazonaws.com/sourceLaunchTemplateVersion': launchTemplate.version,
    }),
    'kubernetes.io/arch': arch,
    'kubernetes.io/hostname': name,
    'kubernetes.io/os': os,
    'node.kubernetes.io/instance-type': instanceType,
    'topology.kubernetes.io/region': region,
    'topology.kubernetes.io/zone': zone,
  };
}

/**
 * An existing node with the labels and taints of `state`, the group's present state, in place of those of
 * `before`.
 */
export function relabelled(node: KubeNode, before: NodegroupState, state: NodegroupState): KubeNode {
  const kept = Object.entries(node.metadata.labels ?? {}).filter(([name]) => !(name in before.labels));
  const own = taintsOf(before.taints);
  const others = (node.spec.taints ?? []).filter(
    (taint) => !own.some(({ key, effect }) => key === taint.key && effect === taint.effect),
  );
  const { taints: _, ...spec } = node.spec;
  return {
    ...node,
    metadata: { ...node.metadata, labels: { ...Object.fromEntries(kept), ...state.labels } },
    spec: { ...spec, ...withTaints([...taintsOf(state.taints), ...others]) },
  };
}

function withTaints(taints: readonly NodeTaint[]): { readonly taints?: readonly NodeTaint[] } {
  return taints.length > 0 ? { taints } : {};
}

const EFFECTS = {
  NO_SCHEDULE: 'NoSchedule',
  NO_EXECUTE: 'NoExecute',
  PREFER_NO_SCHEDULE: 'PreferNoSchedule',
} as const;

function taintsOf(taints: readonly Taint[]): readonly NodeTaint[] {
  return taints.map(({ key = '', value, effect = 'NO_SCHEDULE' }) => ({
    key,
    ...present({ value }),
    effect: EFFECTS[effect],
  }));
}

/** The node after its kubelet has joined and is ready. */
export function joined(node: KubeNode, now: number): KubeNode {
  const { taints = [], ...spec } = node.spec;
  return {
    ...node,
    spec: { ...spec, ...withTaints(taints.filter(({ key }) => key !== NOT_READY.key)) },
    status: { ...node.status, conditions: conditionsOf(true, now) },
  };
}

function conditionsOf(ready: boolean, now: number): KubeNode['status']['conditions'] {
  const at = { lastHeartbeatTime: kubeTime(now), lastTransitionTime: kubeTime(now) };
  const fine = (type: string, reason: string, message: string) =>
    ({ type, status: 'False', reason, message, ...at }) as const;
  return [
    fine('MemoryPressure', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'),
    fine('DiskPressure', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'),
    fine('PIDPressure', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'),
    ready
      ? {
          type: 'Ready',
          status: 'True',
          reason: 'KubeletReady',
          message: 'kubelet is posting ready status',
          ...at,
        }
      : {
          type: 'Ready',
          status: 'False',
          reason: 'KubeletNotReady',
          message: 'container runtime network not ready: cni plugin not initialized',
          ...at,
        },
  ];
}

function osImageOf(amiType: string, release: string): string {
  if (amiType.startsWith('BOTTLEROCKET_')) return `Bottlerocket OS ${release.split('-')[0]} (aws-k8s)`;
  if (amiType.startsWith('WINDOWS_')) return 'Windows Server 2022 Datacenter';
  return amiType.startsWith('AL2_') ? 'Amazon Linux 2' : 'Amazon Linux 2023.9.20251027';
}

const GIB_A_CORE: Readonly<Record<string, number>> = { c: 2, m: 4, r: 8, g: 4, i: 4 };
const PODS = 58;

/** The size of an instance type: for example, `m7i.2xlarge` has 8 processors and 32 GiB. */
function sizeOf(instanceType: string): { readonly capacity: Labels; readonly allocatable: Labels } {
  const [family = '', size = ''] = instanceType.split('.');
  const cores = 4 * Number(/^(\d+)xlarge$/.exec(size)?.[1] ?? 1);
  const memory = cores * (GIB_A_CORE[family[0] ?? ''] ?? 4);
  return {
    capacity: { cpu: String(cores), memory: `${memory}Gi`, pods: String(PODS), 'ephemeral-storage': '50Gi' },
    allocatable: {
      cpu: `${cores * 1000 - 80}m`,
      memory: `${memory * 1024 - 1024}Mi`,
      pods: String(PODS),
      'ephemeral-storage': '45Gi',
    },
  };
}
