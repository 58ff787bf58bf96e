/**
 * Makes a cluster of thousands of pods at once, for measurements. Its pods are not scheduled and started,
 * but created as pods that already run.
 */
import type { KubernetesCluster } from '../../kubernetes/cluster-api';
import { running, waiting } from '../../kubernetes/controllers/container-run';
import { podFrom } from '../../kubernetes/controllers/pod-from-template';
import { withCondition, withContainers } from '../../kubernetes/controllers/pod-status';
import { newReplicaSet } from '../../kubernetes/controllers/template-revision';
import type { Deployment, Pod, ReplicaSet } from '../../kubernetes/kinds';
import type { ManagedFieldsEntry } from '../../kubernetes/kube-object';
import type { World } from '../../world';
import { addNodegroup, newEksCluster } from '../eks-parts';
import { budget, deployment, namespace } from './manifests';

export interface LargeShape {
  readonly clusterName: string;
  readonly nodes: number;
  readonly pods: number;
  readonly budgets: number;
}

const NODES_IN_GROUP = 100;
const REPLICAS = 20;
const WORKLOADS_IN_NAMESPACE = 10;

/**
 * Adds a cluster with node groups `nodes-00`… of up to a hundred nodes each, and with workloads of up to
 * twenty pods each, ten workloads to a namespace. Each of the first `budgets` workloads gets a budget.
 */
export function addLargeCluster(world: World, region: string, shape: LargeShape): void {
  const { clusterName, nodes, pods, budgets } = shape;
  const network = { vpcId: 'vpc-0f1ee70000000000f', wide: [], tight: [] };
  const eks = newEksCluster(world, region, network, { name: clusterName, version: '1.34' });
  world.clusters.add(eks);
  for (let first = 0; first < nodes; first += NODES_IN_GROUP)
    addNodegroup(
      eks,
      {
        name: `nodes-${String(first / NODES_IN_GROUP).padStart(2, '0')}`,
        amiType: 'AL2023_x86_64_STANDARD',
        version: '1.33',
        nodes: Math.min(NODES_IN_GROUP, nodes - first),
        instanceTypes: ['m7i.4xlarge'],
      },
      world.clock.now(),
    );
  const cluster = world.kubernetes.of(eks);
  const names = cluster.store.list('nodes').map(({ metadata }) => metadata.name);
  let made = 0;
  for (let workload = 0; made < pods; workload += 1) {
    const where = `team-${String(Math.floor(workload / WORKLOADS_IN_NAMESPACE)).padStart(2, '0')}`;
    if (workload % WORKLOADS_IN_NAMESPACE === 0) create(cluster, namespace(where));
    const name = `service-${String(workload).padStart(3, '0')}`;
    const replicas = Math.min(REPLICAS, pods - made);
    const nodeOf = (index: number): string => names[(made + index) % names.length] ?? '';
    addWorkload(cluster, { where, name, replicas, nodeOf });
    made += replicas;
    if (workload < budgets) create(cluster, budget({ namespace: where, name, maxUnavailable: 1 }));
  }
}

function create(cluster: KubernetesCluster, { resource, object }: ReturnType<typeof budget>) {
  return cluster.store.create(resource, object);
}

interface WorkloadShape {
  readonly where: string;
  readonly name: string;
  readonly replicas: number;
  readonly nodeOf: (index: number) => string;
}

/**
 * Creates a workload whose pods run from the start, since scheduling and starting thousands of pods would
 * take longer than the measurement.
 */
function addWorkload(cluster: KubernetesCluster, { where, name, replicas, nodeOf }: WorkloadShape): void {
  const { store, time } = cluster;
  const image = 'registry.acme.example/platform/service:4.2';
  const row = deployment({ namespace: where, name, image, replicas, container: { env: ENVIRONMENT } });
  const owner = create(cluster, row) as Deployment;
  const made = newReplicaSet(owner, 1);
  const set = store.create('replicasets', { ...made, spec: { ...made.spec, replicas } }) as ReplicaSet;
  const now = time.now();
  for (let index = 0; index < replicas; index += 1) {
    const pod = podFrom(set, set.spec.template, {
      name: `${set.metadata.name}-${String(index).padStart(5, '0')}`,
      spec: { nodeName: nodeOf(index) },
    });
    const status = { ...running(waiting(name, image, 'ContainerCreating'), DIGEST, now), ready: true };
    const started = withContainers(pod as Pod, [], [status], now);
    const metadata = { ...started.metadata, managedFields: MANAGED };
    store.create(
      'pods',
      withCondition({ ...started, metadata }, { type: 'PodScheduled', status: 'True' }, now),
    );
  }
}

const DIGEST = 'c2f1'.repeat(16);

const ENVIRONMENT = Array.from({ length: 40 }, (_, index) => ({
  name: `SERVICE_SETTING_${index}`,
  value: `value-${index}-`.repeat(4),
}));

/** Managed fields as large as those of a pod in a real cluster. All pods share this one value. */
const MANAGED: readonly ManagedFieldsEntry[] = [
  {
    manager: 'kube-controller-manager',
    operation: 'Update',
    apiVersion: 'v1',
    time: '2026-01-01T00:00:00Z',
    fieldsType: 'FieldsV1',
    fieldsV1: {
      'f:metadata': { 'f:generateName': {}, 'f:labels': { '.': {}, 'f:app': {}, 'f:pod-template-hash': {} } },
      'f:spec': {
        'f:containers': {
          'k:{"name":"service"}': {
            '.': {},
            'f:image': {},
            'f:env': Object.fromEntries(
              ENVIRONMENT.map(({ name }) => [
                `k:{"name":"${name}"}`,
                { '.': {}, 'f:name': {}, 'f:value': {} },
              ]),
            ),
          },
        },
      },
    },
  },
];
