/** Every kind of row: how it looks, what is kept of it, where it is found again, and where it is in the AWS console. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { consoleOfOperation, consoleOfThing } from '../../src/view/resources/console';
import { FOLDERS, KINDS, type KindNode, THINGS, type ThingNode } from '../../src/view/resources/kinds/table';
import { isThing, pathOf, type ResourceNode } from '../../src/view/resources/node';
import { rowOf } from '../../src/view/resources/rows';
import { tooltipOf } from '../../src/view/resources/tooltip';
import { budget, node, pod } from '../drain/cluster';
import { workload } from '../model/workloads';
import { VirtualClock } from '../virtual-clock';
import { CONNECTION, FleetAws } from './fleet-aws';
import { givenTree, type TestTree } from './given-tree';
import { takeShown } from './window-stand-in';

interface Expected {
  readonly id: string;
  /** The label, and what stands beside it. */
  readonly texts: readonly [label: string, beside?: string];
  readonly role: string;
  readonly icon: string;
}

interface ExpectedThing extends Expected {
  readonly path: readonly string[];
  /** What outlives the window; absent for what is inside of a cluster, of which nothing does. */
  readonly memory?: {
    /** The row in the file of the tree's memory but for the time. What an earlier version wrote is no other. */
    readonly kept: object;
    /** Beside the kept label, before the time of the earlier look. */
    readonly remembered: string;
  };
  readonly console: string | undefined;
}

type Table = { readonly [K in KindNode['kind']]: K extends ThingNode['kind'] ? ExpectedThing : Expected };

const ID = CONNECTION.id;
const CONSOLE = 'https://us-east-1.console.aws.amazon.com';
const FINSPACE = `${CONSOLE}/finspace/home?region=us-east-1#/kxEnvironments`;
const CLUSTERS = `${CONSOLE}/eks/home?region=us-east-1#/clusters`;

const EXPECTED: Table = {
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
  },
  'kdb-cluster': {
    id: `${ID}/kdb/env-0001/kdb-0001`,
    texts: ['kdb-0001', 'running · GP'],
    role: 'kdb cluster',
    icon: 'database',
    path: ['env-0001', 'kdb-0001'],
    memory: { kept: { name: 'kdb-0001', type: 'GP', status: 'RUNNING' }, remembered: 'running · ' },
    console: `${FINSPACE}/env-0001/kxClusters/kdb-0001`,
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
  },
};

const kinds = Object.keys(KINDS) as readonly KindNode['kind'][];
const things = Object.keys(THINGS) as readonly ThingNode['kind'][];
const never = new AbortController().signal;

/** Things that outlive a window. */
const remembered = things.filter((kind) => EXPECTED[kind].memory !== undefined);

function memoryOf(kind: ThingNode['kind']): NonNullable<ExpectedThing['memory']> {
  const { memory } = EXPECTED[kind];
  if (!memory) throw new Error(`nothing is kept of ${kind}`);
  return memory;
}

function givenAws(): FleetAws {
  const aws = new FleetAws(new VirtualClock(), {
    environments: 1,
    kdbEach: 1,
    clusters: 1,
    nodegroupsEach: 1,
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
  const annotations = { 'slipway.dev/code-uri': 's3://b/k', 'slipway.dev/code-digest': '9f86d081884c7d65' };
  aws.workloads = {
    'fleet-0001': { workloads: [{ workload: workload({ annotations }) }], commits: new Map() },
  };
  return aws;
}

/** Opens everything; one row of each kind. */
async function openAll(tree: TestTree): Promise<ReadonlyMap<string, ResourceNode>> {
  const rows = new Map<string, ResourceNode>();
  const visit = async (nodes: readonly ResourceNode[]): Promise<void> => {
    for (const node of nodes) {
      rows.set(node.kind, node);
      await visit(await tree.below(node));
    }
  };
  await visit(await tree.resources.children());
  return rows;
}

async function opened(): Promise<{
  readonly tree: TestTree;
  readonly aws: FleetAws;
  readonly at: (kind: KindNode['kind']) => ResourceNode;
}> {
  const aws = givenAws();
  const tree = givenTree(aws);
  const rows = await openAll(tree);
  await tree.rest();
  return { tree, aws, at: (kind) => there(rows, kind) };
}

function there(rows: ReadonlyMap<string, ResourceNode>, kind: KindNode['kind']): ResourceNode {
  const row = rows.get(kind);
  if (!row) throw new Error(`the tree of this test has no ${kind}`);
  return row;
}

function thing(row: ResourceNode): ThingNode {
  if (!isThing(row)) throw new Error(`${row.kind} is no thing`);
  return row;
}

function shown(row: ResourceNode): { readonly texts: readonly string[]; readonly icon: unknown } {
  takeShown();
  const { iconPath } = rowOf(row, () => undefined);
  return { texts: takeShown().map(({ text }) => text), icon: iconPath };
}

test('each looks as it should, and can be told apart', async () => {
  const { at } = await opened();
  for (const kind of kinds) {
    const { id, texts, role, icon } = EXPECTED[kind];
    expect(at(kind).id).toBe(id);
    const spoken = [role, ...texts.map((text) => text?.replaceAll(' · ', ', '))].join(', ');
    expect(shown(at(kind)), kind).toMatchObject({ texts: [...texts, spoken], icon: { id: icon } });
  }
});

test('each thing has a tooltip that names it', async () => {
  const { tree, aws, at } = await opened();
  for (const kind of things) {
    const asked = tooltipOf(at(kind), aws.source, never);
    await tree.rest();
    expect((await asked)?.value, kind).toContain(EXPECTED[kind].texts[0]);
  }
});

test('each thing is found by the path of an operation, if there are operations about it', async () => {
  const { tree, at } = await opened();
  for (const kind of things) {
    const row = thing(at(kind));
    expect(pathOf(row)).toEqual(EXPECTED[kind].path);
    const isSubject = THINGS[kind].operations.length > 0;
    expect(tree.resources.find(ID, EXPECTED[kind].path), kind).toBe(isSubject ? row : undefined);
  }
  expect(tree.resources.find(ID, ['fleet-0001', 'another'])).toBeUndefined();
  expect(tree.resources.find(ID, [])).toBeUndefined();
});

test('each thing is in the console where it is, from its row and from an operation about it', async () => {
  const { at } = await opened();
  for (const kind of things) {
    const { path, console } = EXPECTED[kind];
    expect(consoleOfThing(thing(at(kind)))).toBe(console);
    for (const operation of THINGS[kind].operations) {
      const subject = { connectionId: ID, accountId: '', region: 'us-east-1', path, label: '' };
      expect(consoleOfOperation({ kind: operation, subject })).toBe(console);
    }
  }
});

test('what is kept of each is what it was, and shows it again', async () => {
  const { tree, aws, at } = await opened();
  const branches = new Map(
    remembered.map((kind) => [thing(at(kind)).parent.id.slice(ID.length + 1), kind] as const),
  );
  await tree.end();
  const file = join(tree.folder, readdirSync(tree.folder)[0] as string);
  const written = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly branches: readonly [string, { readonly rows: readonly { readonly at?: number }[] }][];
  };
  const untimed = written.branches.map(([key, { rows }]) => [key, rows.map(({ at: _, ...row }) => row)]);
  const kept = [...branches].map(([key, kind]) => [key, [memoryOf(kind).kept]] as const);
  expect(new Map(untimed as [string, object[]][])).toEqual(new Map(kept));

  const readAt = aws.clock.now();
  const earlier = kept.map(([key, rows]) => [key, { readAt, rows }]);
  writeFileSync(file, JSON.stringify({ ...written, branches: earlier }));
  aws.isDown = true;
  const rows = await openAll(givenTree(aws, { folder: tree.folder }));
  for (const kind of remembered) {
    const row = thing(there(rows, kind));
    expect(row).toMatchObject({ id: EXPECTED[kind].id, asOf: readAt });
    const [label, beside = ''] = shown(row).texts;
    expect(label).toBe(EXPECTED[kind].texts[0]);
    expect(beside.slice(0, beside.indexOf('as of'))).toBe(memoryOf(kind).remembered);
  }
});

test('no two lists share a row above them, no two kinds of things an operation, no two folders a key', () => {
  const unique = (values: readonly string[]): void => expect(values).toEqual([...new Set(values)]);
  unique(things.map((kind) => THINGS[kind].below));
  unique(things.flatMap((kind) => THINGS[kind].operations));
  unique(Object.values(FOLDERS).map(({ below, key }) => `${below}/${key}`));
});
