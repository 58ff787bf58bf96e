/** Every kind of row by an example: how it looks, where it is found again, what is kept of it, what AWS and its page say. */
import type {
  DetailedNode,
  KindNode,
  ListedNode,
  PagedNode,
  ThingNode,
} from '../../src/view/resources/kinds/table';
import { budget, node, pod } from '../drain/cluster';
import { workload } from '../model/workloads';
import { VirtualClock } from '../virtual-clock';
import { CONNECTION, environment, FleetAws, type FleetSize, kdbCluster } from './fleet-aws';

interface Example {
  readonly id: string;
  /** The label, and what stands beside it. */
  readonly texts: readonly [label: string, beside?: string];
  readonly role: string;
  readonly icon: string;
}

interface ThingExample extends Example {
  readonly path: readonly string[];
  readonly console: string | undefined;
}

interface PagedExample extends ThingExample {
  /** What its page calls such a thing, and words that stand on it. */
  readonly page: { readonly is: string; readonly says: readonly string[] };
}

/** Of a thing that a service lists. */
interface ServiceExample extends PagedExample {
  /** What the list is called in AWS's model, and its answer: each member that is used. */
  readonly list: {
    readonly operation: string;
    readonly answer: Readonly<Record<string, readonly unknown[]>>;
  };
  /** As the list has it. */
  readonly item: unknown;
  /** What outlives the window. */
  readonly memory: {
    /** The row in the file of the tree's memory but for the time. What an earlier version wrote is no other. */
    readonly kept: object;
    /** Beside the kept label, before the time of the earlier look. */
    readonly remembered: string;
  };
}

type ServiceKind = (ListedNode | DetailedNode)['kind'];
type ExampleOf<K> = K extends ServiceKind
  ? ServiceExample
  : K extends PagedNode['kind']
    ? PagedExample
    : K extends ThingNode['kind']
      ? ThingExample
      : Example;

const ID = CONNECTION.id;
const CONSOLE = 'https://us-east-1.console.aws.amazon.com';
const FINSPACE = `${CONSOLE}/finspace/home?region=us-east-1#/kxEnvironments`;
const CLUSTERS = `${CONSOLE}/eks/home?region=us-east-1#/clusters`;

export const EXAMPLES: { readonly [K in KindNode['kind']]: ExampleOf<K> } = {
  connection: {
    id: ID,
    texts: ['Sandbox', 'us-east-1 · 111122223333'],
    role: 'connection',
    icon: 'beaker',
  },
  kdb: { id: `${ID}/kdb`, texts: ['kdb Environments'], role: 'group', icon: 'server-environment' },
  environment: {
    id: `${ID}/kdb/env-0001`,
    texts: ['env-0001'],
    role: 'kdb environment',
    icon: 'server-environment',
    path: ['env-0001'],
    memory: { kept: { id: 'env-0001', name: 'env-0001', status: 'CREATED' }, remembered: '' },
    console: `${FINSPACE}/env-0001`,
    list: {
      operation: 'ListKxEnvironments',
      answer: {
        environments: [
          {
            environmentId: 'abc',
            name: 'prod',
            status: 'CREATED',
            environmentArn: 'arn:e',
            description: 'd',
            errorMessage: 'm',
            availabilityZoneIds: ['z'],
          },
        ],
      },
    },
    item: environment('env-0001'),
    page: { is: 'kdb environment', says: ['kdb-0001', 'use1-az4'] },
  },
  'kdb-cluster': {
    id: `${ID}/kdb/env-0001/kdb-0001`,
    texts: ['kdb-0001', 'running · GP'],
    role: 'kdb cluster',
    icon: 'database',
    path: ['env-0001', 'kdb-0001'],
    memory: { kept: { name: 'kdb-0001', type: 'GP', status: 'RUNNING' }, remembered: 'running · ' },
    console: `${FINSPACE}/env-0001/kxClusters/kdb-0001`,
    list: {
      operation: 'ListKxClusters',
      answer: {
        kxClusterSummaries: [
          {
            clusterName: 'rdb',
            clusterType: 'RDB',
            status: 'RUNNING',
            statusReason: 'r',
            clusterDescription: 'd',
            releaseLabel: '1.0',
            createdTimestamp: 1_700_000_000,
            lastModifiedTimestamp: 1_700_000_100,
          },
        ],
      },
    },
    item: kdbCluster('env-0001', 'kdb-0001'),
    page: { is: 'kdb cluster', says: ['env-0001', 'init.q'] },
  },
  eks: { id: `${ID}/eks`, texts: ['EKS Clusters'], role: 'group', icon: 'layers' },
  'eks-cluster': {
    id: `${ID}/eks/fleet-0001`,
    texts: ['fleet-0001', '1.33'],
    role: 'EKS cluster',
    icon: 'layers',
    path: ['fleet-0001'],
    memory: { kept: { name: 'fleet-0001', version: '1.33', status: 'ACTIVE' }, remembered: '' },
    console: `${CLUSTERS}/fleet-0001`,
    list: { operation: 'ListClusters', answer: { clusters: ['c'] } },
    item: 'fleet-0001',
    page: { is: 'EKS cluster', says: ['nodes-0001', '1.33'] },
  },
  nodegroup: {
    id: `${ID}/eks/fleet-0001/nodes-0001`,
    texts: ['nodes-0001', 'behind · 1.32 · control plane 1.33 · 1.32.9-20260601 · not all known'],
    role: 'node group',
    icon: 'arrow-circle-up',
    path: ['fleet-0001', 'nodes-0001'],
    memory: {
      kept: {
        name: 'nodes-0001',
        version: '1.32',
        status: 'ACTIVE',
        amiType: 'AL2023_x86_64_STANDARD',
        release: '1.32.9-20260601',
      },
      remembered: '',
    },
    console: `${CLUSTERS}/fleet-0001/nodegroups/nodes-0001`,
    list: { operation: 'ListNodegroups', answer: { nodegroups: ['n'] } },
    item: 'nodes-0001',
    page: {
      is: 'Node group',
      says: ['fleet-0001', 'one version behind the control plane (1.33)', '1.32.9-20260601', 'm7i.xlarge'],
    },
  },
  node: {
    id: `${ID}/eks/fleet-0001/nodes-0001/ip-10-0-1-7.ec2.internal`,
    texts: ['ip-10-0-1-7', 'ready · 1 pod to move · v1.33.1'],
    role: 'node',
    icon: 'vm',
    path: ['fleet-0001', 'nodes-0001', 'ip-10-0-1-7.ec2.internal'],
    console: undefined,
  },
  pod: {
    id: `${ID}/eks/fleet-0001/nodes-0001/ip-10-0-1-7.ec2.internal/shop/rdb-0`,
    texts: ['shop/rdb-0', 'held · by budget rdb · StatefulSet rdb'],
    role: 'pod',
    icon: 'lock',
    path: ['fleet-0001', 'nodes-0001', 'ip-10-0-1-7.ec2.internal', 'shop/rdb-0'],
    console: undefined,
  },
  workloads: {
    id: `${ID}/eks/fleet-0001/:workloads`,
    texts: ['Workloads'],
    role: 'group',
    icon: 'symbol-namespace',
  },
  workload: {
    id: `${ID}/eks/fleet-0001/:workloads/tick/statefulset/hdb`,
    texts: ['tick/hdb', 'running · 9f86d081 · 3/3 ready'],
    role: 'StatefulSet',
    icon: 'database',
    path: ['fleet-0001', 'tick', 'statefulset/hdb'],
    console: undefined,
    page: {
      is: 'Workload',
      says: ['fleet-0001', 'Running', 's3://tick-code/hdb.zip', 'hdb.q', '9f86d081884c7d65', '3/3 ready'],
    },
  },
};

export const CODE = {
  'slipway.dev/code-uri': 's3://tick-code/hdb.zip',
  'slipway.dev/code-digest': '9f86d081884c7d65',
  'slipway.dev/init-script': 'hdb.q',
  'slipway.dev/arguments': '["-s","4"]',
};
export const HDB = workload({
  annotations: CODE,
  convention: { fetch: 'code', readsScript: true, istio: false },
});

/** An AWS in which there is the example of each kind, first among as many as are wanted. */
export function exampleFleet(size: FleetSize = {}): FleetAws {
  const aws = new FleetAws(new VirtualClock(), {
    environments: 1,
    kdbEach: 1,
    clusters: 1,
    nodegroupsEach: 1,
    ...size,
  });
  const name = 'ip-10-0-1-7.ec2.internal';
  const of = <T extends { readonly uid: string }>(one: T): ReadonlyMap<string, T> =>
    new Map([[one.uid, one]]);
  aws.inside = {
    'fleet-0001': {
      nodes: of(node(name, { nodegroup: 'nodes-0001', kubeletVersion: 'v1.33.1-eks-1234abc' })),
      pods: of(pod({ nodeName: name })),
      budgets: of(budget({ maxUnavailable: 0, disruptionsAllowed: 0 })),
      asOf: aws.clock.now(),
    },
  };
  aws.workloads = { 'fleet-0001': { workloads: [{ workload: HDB }], commits: new Map() } };
  return aws;
}
