/** Nodes of node groups and pods on them in the Resources view: read when opened, watched while seen, told as they are. */
import { describe, expect, it } from 'vitest';
import { nodeAges, nodeState } from '../../src/drain/node-state';
import type { WatchedNodes } from '../../src/drain/ports';
import type { Nodegroup } from '../../src/model/eks';
import { type Failure, failed } from '../../src/model/failure';
import type { KubernetesNode, Pod, PodDisruptionBudget } from '../../src/model/kubernetes';
import type { KubernetesFailure } from '../../src/model/kubernetes-failure';
import { failureRemedy } from '../../src/view/resources/failure-remedy';
import type { ResourceNode } from '../../src/view/resources/node';
import { rowOf } from '../../src/view/resources/rows';
import { tooltipOf } from '../../src/view/resources/tooltip';
import { barePod, budget, node, pod, unscheduledPod } from '../drain/cluster';
import { VirtualClock } from '../virtual-clock';
import { FleetAws, nameOf } from './fleet-aws';
import { givenTree, type TestTree } from './given-tree';
import { takeShown } from './window-stand-in';

const GROUP = nameOf('nodes', 0);
const CLUSTER = nameOf('fleet', 0);
const never = new AbortController().signal;

const byUid = <T extends { readonly uid: string }>(all: readonly T[]): ReadonlyMap<string, T> =>
  new Map(all.map((one) => [one.uid, one]));

function watched(
  {
    nodes = [member('a')],
    pods = [pod()],
    budgets = [],
  }: {
    readonly nodes?: readonly KubernetesNode[];
    readonly pods?: readonly Pod[];
    readonly budgets?: readonly PodDisruptionBudget[];
  } = {},
  denied?: WatchedNodes['denied'],
): WatchedNodes {
  return {
    nodes: byUid(nodes),
    pods: byUid(pods),
    budgets: byUid(budgets),
    asOf: Number.MAX_SAFE_INTEGER,
    ...(denied && { denied }),
  };
}

const member = (name: string, parts: Partial<KubernetesNode> = {}): KubernetesNode =>
  node(name, { nodegroup: GROUP, ...parts });

function refused(resource: string, reason: 'unauthorized' | 'forbidden'): KubernetesFailure {
  return {
    kind: 'kubernetes',
    cluster: CLUSTER,
    verb: 'list',
    resource,
    reason,
    code: reason,
    message: `${resource} is ${reason}`,
    passing: false,
    answered: true,
  };
}

function textsOf(row: ResourceNode): readonly string[] {
  takeShown();
  rowOf(row, () => undefined);
  return takeShown().map(({ text }) => text);
}

/** What screen readers say. */
function spoken(row: ResourceNode): string | undefined {
  return textsOf(row).at(-1);
}

function labelOf(row: ResourceNode | undefined): string | undefined {
  return row && textsOf(row)[0];
}

interface Opened {
  readonly aws: FleetAws;
  readonly tree: TestTree;
  readonly cluster: ResourceNode;
  readonly group: ResourceNode;
  /** What the rows below a row say to screen readers. */
  said(row: ResourceNode): Promise<readonly (string | undefined)[]>;
  /** The cluster is seen to be so, and the tree has had time to show it. */
  tell(state: WatchedNodes): Promise<void>;
  interrupt(failure: Failure): Promise<void>;
}

async function opened(
  state: WatchedNodes | undefined,
  size = { clusters: 1, nodegroupsEach: 2 },
): Promise<Opened> {
  const aws = new FleetAws(new VirtualClock(), size);
  aws.inside = { [CLUSTER]: state };
  const tree = givenTree(aws);
  const [cluster] = await tree.below(await tree.eks());
  const [group] = await tree.below(cluster!);
  await tree.rest();
  return {
    aws,
    tree,
    cluster: cluster!,
    group: group!,
    said: async (row) => (await tree.below(row)).map(spoken),
    tell: async (now) => {
      aws.watched.get(CLUSTER)?.changed(now);
      await aws.clock.advance(2_000);
    },
    interrupt: async (failure) => {
      aws.watched.get(CLUSTER)?.interrupted(failed(failure));
      await aws.clock.advance(2_000);
    },
  };
}

describe('a cluster', () => {
  it('is asked nothing before rows of what is inside of it are opened, however long the tree is looked at', async () => {
    const { aws, tree, cluster, group } = await opened(watched());
    void tree.resources.refresh();
    await tree.rest();
    void tree.resources.poll();
    await tree.rest();
    tree.resources.filter(true);
    for (const row of [await tree.eks(), cluster]) await tree.below(row);
    await tree.rest();
    tree.resources.filter(false);
    expect(aws.watched.size).toBe(0);
    await tree.below(group);
    expect([...aws.watched.keys()]).toEqual([CLUSTER]);
  });

  it('is watched once, and only while rows of what is inside of it can be seen', async () => {
    const { aws, tree, cluster, group } = await opened(watched());
    const listener = () => aws.watched.get(CLUSTER);
    const [first] = await tree.below(group);
    const begun = listener();
    await tree.below(first!);
    expect(listener()).toBe(begun);
    tree.resources.visible(false);
    expect(listener()).toBeUndefined();
    tree.resources.visible(true);
    expect(listener()).toBeDefined();
    tree.resources.toggled(cluster, false);
    expect(listener()).toBeUndefined();
    tree.resources.toggled(cluster, true);
    expect(listener()).toBeDefined();
    tree.resources.toggled(group, false);
    expect(listener()).toBeUndefined();
  });

  it('is not waited for by a row that nobody can see', async () => {
    const { aws, tree, group } = await opened(watched());
    tree.resources.visible(false);
    const asked = tree.resources.children(group);
    await tree.rest();
    expect(aws.watched.size).toBe(0);
    tree.resources.visible(true);
    await aws.clock.advance(1_000);
    expect((await asked).map(({ kind }) => kind)).toEqual(['node']);
  });

  it('counts for nothing in what needs attention', async () => {
    const aws = new FleetAws(new VirtualClock(), { clusters: 1, nodegroupsEach: 1 });
    aws.inside = { [CLUSTER]: watched({ nodes: [member('a', { ready: false })] }) };
    const counts: unknown[] = [];
    const tree = givenTree(aws, { count: (count) => counts.push(count) });
    const [cluster] = await tree.below(await tree.eks());
    const [group] = await tree.below(cluster!);
    await tree.rest();
    const before = counts.at(-1);
    await tree.below(group!);
    aws.watched.get(CLUSTER)?.changed(watched({ nodes: [member('a', { ready: 'unknown' })] }));
    await aws.clock.advance(5_000);
    expect(counts.at(-1)).toEqual(before);
  });
});

describe('nodes', () => {
  it('are those of their node group, with state, pods to move and version', async () => {
    const { group, said } = await opened(
      watched({
        nodes: [
          member('b', { ready: false }),
          member('a', { kubeletVersion: 'v1.33.1-eks-1a2b3c4' }),
          member('c', { unschedulable: true }),
          member('d', { unschedulable: true }),
          member('e', { ready: 'unknown' }),
          node('other'),
        ],
        pods: [
          pod(),
          pod({ name: 'rdb-1' }),
          pod({ name: 'agent', controller: { kind: 'DaemonSet', name: 'agent', uid: 'd' } }),
          pod({ name: 'rdb-2', nodeName: 'd', disruptionTarget: true }),
        ],
      }),
    );
    expect(await said(group)).toEqual([
      'node, a, ready, 2 pods to move, v1.33.1',
      'node, b, not ready, no pods to move',
      'node, c, cordoned, no pods to move',
      'node, d, draining, 1 pod to move',
      'node, e, silent, no pods to move',
    ]);
  });

  /** @param group as it is by the time of the look, whatever its row shows */
  async function sheetOf(nodes: readonly KubernetesNode[], group: Partial<Nodegroup> | 'down' = {}) {
    const { aws, tree, group: row } = await opened(watched({ nodes }));
    const [first] = await tree.below(row);
    if (group === 'down') aws.isDown = true;
    else aws.aws.nodegroups = aws.aws.nodegroups.map((one) => ({ ...one, ...group }));
    let text: string | undefined;
    void tooltipOf(first!, aws.source, never).then((sheet) => {
      text = sheet!.value.replaceAll('\\', '');
    });
    await aws.clock.runUntil(() => text !== undefined, 600_000);
    return text!;
  }

  it('tell the rest in their tooltips', async () => {
    const facts = {
      zone: 'eu-west-1a',
      instanceType: 'm6g.large',
      imageId: 'ami-1',
      osImage: 'Amazon Linux 2023.9.20251027',
      kubeletVersion: 'v1.33.1-eks-1a2b3c4',
    };
    const text = await sheetOf([member('ip-10-0-1-7.eu-west-1.compute.internal', facts)]);
    for (const part of ['eu-west-1.compute.internal', ...Object.values(facts)]) expect(text).toContain(part);
  });

  describe('tell their AMI release', () => {
    const RELEASE = '1.32.9-20260601';
    const settled = (name: string, parts: Partial<KubernetesNode> = {}): KubernetesNode =>
      member(name, { imageId: 'ami-1', kubeletVersion: 'v1.32.9-eks-1a2b3c4', ...parts });

    async function released(...args: Parameters<typeof sheetOf>) {
      return /\| AMI release \| (.*?) \|/.exec(await sheetOf(...args))?.[1];
    }

    it('which is that of their group where all are of one image, and nothing changes it', async () => {
      expect(await released([settled('a'), settled('b')])).toBe(RELEASE);
    });

    it.each([
      ['of two images', [settled('a'), settled('b', { imageId: 'ami-2' })], {}],
      ['without an image', [settled('a'), member('b')], {}],
      ['of another kubelet than the release has', [settled('a', { kubeletVersion: 'v1.32.90-eks-1' })], {}],
      ['whose group is being changed', [settled('a')], { status: 'UPDATING', phase: 'busy' } as const],
    ])('and say that it is not known of those %s', async (_what, nodes, group) => {
      expect(await released(nodes, group)).toBe('not known');
    });

    it('and why it is not known where their group cannot be read', async () => {
      const text = await sheetOf([settled('a')], 'down');
      expect(text).toContain('| AMI release | not known |');
      expect(text.trimEnd().split('\n').at(-1)).toMatch(/eks|AWS|EKS/);
    });

    it('which an AMI of the user has none of', async () => {
      expect(await released([settled('a')], { amiType: 'CUSTOM', releaseVersion: 'ami-1' })).toBe('own AMI');
    });
  });

  it('are old or new by what was written down of the update', async () => {
    const { aws, group, said } = await opened(watched({ nodes: [member('a'), member('b')] }));
    const record = { uid: 'node-a', name: 'a', isOld: true, seenAt: 0 };
    aws.records = { [`${CLUSTER}/${GROUP}`]: [record] };
    expect(await said(group)).toEqual([
      'node, a, ready, old, 1 pod to move',
      'node, b, ready, new, no pods to move',
    ]);
  });

  it('change as the cluster does, and only those that look different are drawn again', async () => {
    const { tree, group, said, tell } = await opened(watched({ nodes: [member('a'), member('b')] }));
    const [first] = await tree.below(group);
    tree.drawn.splice(0);
    await tell(watched({ nodes: [member('a', { unschedulable: true }), member('b')] }));
    expect(tree.drawn).toEqual([first]);
    expect((await said(group))[0]).toBe('node, a, cordoned, 1 pod to move');
    await tell(watched({ nodes: [member('b'), member('c')] }));
    expect(await said(group)).toEqual(['node, b, ready, no pods to move', 'node, c, ready, no pods to move']);
    expect(tree.drawn).toContain(group);
  });

  it('are gathered before they are drawn when changes come by the hundred', async () => {
    const { aws, tree, group } = await opened(watched());
    await tree.below(group);
    tree.drawn.splice(0);
    for (let count = 0; count < 100; count += 1) {
      aws.watched
        .get(CLUSTER)
        ?.changed(watched({ nodes: [member('a', { unschedulable: count % 2 === 0 })] }));
      await aws.clock.advance(20);
    }
    await aws.clock.advance(1_000);
    expect(tree.drawn.length).toBeLessThanOrEqual(4);
  });

  it('are there a thousand at a time', async () => {
    const nodes = Array.from({ length: 1_001 }, (_, index) => member(nameOf('n', index)));
    const { tree, group } = await opened(watched({ nodes, pods: [] }));
    const rows = await tree.below(group);
    expect(rows).toHaveLength(1_001);
    expect(rows.at(-1)?.kind).toBe('more');
    tree.resources.loadMore(group as never);
    await tree.rest();
    expect((await tree.below(group)).map(({ kind }) => kind)).toEqual(nodes.map(() => 'node'));
  });

  it('that are gone take their pods with them', async () => {
    const { aws, tree, group, tell } = await opened(watched());
    const [row] = await tree.below(group);
    await tree.below(row!);
    await tell(watched({ nodes: [] }));
    expect((await tree.below(group)).map(({ kind }) => kind)).toEqual(['empty']);
    expect(aws.watched.size).toBe(1);
  });
});

describe('pods', () => {
  it('are those that have to move, what is held first, with owner and cause', async () => {
    const { tree, group, said } = await opened(
      watched({
        pods: [
          pod({ name: 'free', labels: {} }),
          pod({ name: 'rdb-0' }),
          barePod({ name: 'bare', labels: {} }),
          pod({
            name: 'gone',
            labels: {},
            deletedAt: Date.now(),
            disruptionTarget: true,
            graceSeconds: 3600,
          }),
          pod({
            name: 'gw-7c9d8b6f5-x2x9z',
            labels: {},
            ready: false,
            waiting: [{ container: 'q', reason: 'CrashLoopBackOff' }],
            controller: { kind: 'ReplicaSet', name: 'gw-7c9d8b6f5', uid: 'r' },
          }),
          pod({ name: 'agent', controller: { kind: 'DaemonSet', name: 'agent', uid: 'd' } }),
          unscheduledPod({ name: 'rdb-1' }),
        ],
        budgets: [budget({ disruptionsAllowed: 0, currentHealthy: 2 })],
      }),
    );
    const [row] = await tree.below(group);
    expect(await said(row!)).toEqual([
      'pod, shop/rdb-0, held, until rdb-1 finds a node, StatefulSet rdb',
      'pod, shop/bare, nothing makes it anew',
      'pod, shop/gone, leaving, takes 60 min to stop, StatefulSet rdb',
      'pod, shop/free, StatefulSet rdb',
      'pod, shop/gw-7c9d8b6f5-x2x9z, unready, CrashLoopBackOff, ReplicaSet gw-7c9d8b6f5',
    ]);
    const labels = (await tree.below(row!)).map((one) => labelOf(one));
    expect(labels.at(-1)).toBe('shop/gw…x2x9z');
  });
});

describe('what may not be read', () => {
  it('of a caller whom the cluster does not know is one row, and nothing else of the tree is another', async () => {
    const failure: KubernetesFailure = {
      ...refused('nodes', 'unauthorized'),
      access: {
        clusterArn: 'arn:aws:eks:us-east-1:111122223333:cluster/fleet-0001',
        authenticationMode: 'API',
        caller: 'arn:aws:iam::111122223333:user/ada',
        principal: { arn: 'arn:aws:iam::111122223333:user/ada', pathKnown: true },
      },
    };
    const denied = { nodes: failure, pods: failure, budgets: failure };
    const { tree, cluster, group, interrupt, tell, said } = await opened(undefined);
    const before = await said(cluster);
    const asked = tree.resources.children(group);
    await interrupt(failure);
    await tell(watched({ nodes: [], pods: [] }, denied));
    expect((await asked).map(({ kind }) => kind)).toEqual(['failure']);
    const [row, ...others] = await tree.below(group);
    expect(others).toEqual([]);
    expect(row).toMatchObject({ kind: 'failure', failure });
    expect(failureRemedy(failure, 'sandbox')).toBe('copyAccess');
    expect(labelOf(row)).toBe('No access to the cluster');
    expect(await said(cluster)).toEqual(before);
  });

  it('of nodes leaves the pods, on nodes of which nothing else is known', async () => {
    const nodes = refused('nodes', 'forbidden');
    const { tree, group, said } = await opened(
      watched({ nodes: [], pods: [pod(), pod({ name: 'rdb-1', nodeName: 'b' })] }, { nodes }),
    );
    const [why, first, second] = await tree.below(group);
    expect(why).toMatchObject({ kind: 'failure', failure: nodes });
    expect(labelOf(why)).toBe('No right to list nodes');
    expect(failureRemedy(nodes, 'profile')).toBe('copyRole');
    expect([first, second].map((row) => spoken(row!))).toEqual([
      'node, a, unknown, group not known, 1 pod to move',
      'node, b, unknown, group not known, 1 pod to move',
    ]);
    expect(await said(first!)).toEqual(['pod, shop/rdb-0, StatefulSet rdb']);
  });

  it('of nodes leaves those that pods tell the group of in that group alone, and the others in none', async () => {
    const bound = (nodeName: string, nodegroup: string, parts: Partial<Pod> = {}): Pod =>
      pod({ name: `of-${nodegroup}-on-${nodeName}`, nodeName, nodegroup, ...parts });
    const agent = { kind: 'DaemonSet', name: 'agent', uid: 'd' };
    const { tree, cluster, said } = await opened(
      watched(
        {
          nodes: [],
          pods: [
            bound('z', GROUP, { controller: agent }),
            pod({ nodeName: 'z' }),
            bound('b', nameOf('nodes', 1)),
            pod({ name: 'free', nodeName: 'c' }),
            // A kubelet has not taken it yet, and may refuse it.
            bound('c', GROUP, { phase: 'Pending' }),
            // The label was changed in between.
            bound('d', GROUP),
            bound('d', nameOf('nodes', 1)),
          ],
        },
        { nodes: refused('nodes', 'forbidden') },
      ),
    );
    const unknown = [
      'node, c, unknown, group not known, 2 pods to move',
      'node, d, unknown, group not known, 2 pods to move',
    ];
    const groups = (await tree.below(cluster)).filter(({ kind }) => kind === 'nodegroup');
    const rows: unknown[] = [];
    for (const one of groups) rows.push((await said(one)).slice(1));
    expect(rows).toEqual([
      ['node, z, unknown, 1 pod to move', ...unknown],
      ['node, b, unknown, 1 pod to move', ...unknown],
    ]);
  });

  it('of pods leaves the nodes, without a number that would not be true', async () => {
    const pods = refused('pods', 'forbidden');
    const { tree, group } = await opened(watched({ pods: [] }, { pods }));
    const [why, row] = await tree.below(group);
    expect(why).toMatchObject({ kind: 'failure', failure: pods });
    expect(spoken(row!)).toBe('node, a, ready, pods not known');
    const [below, ...others] = await tree.below(row!);
    expect(below).toMatchObject({ kind: 'failure', failure: pods });
    expect(others).toEqual([]);
  });

  it('of budgets leaves nodes and pods, and says that what holds them is not all known', async () => {
    const budgets = refused('poddisruptionbudgets.policy', 'forbidden');
    const { tree, group } = await opened(watched({}, { budgets }));
    const [row] = await tree.below(group);
    expect(spoken(row!)).toBe('node, a, ready, 1 pod to move');
    const [why, one] = await tree.below(row!);
    expect(labelOf(why)).toBe('No right to list poddisruptionbudgets');
    expect(spoken(one!)).toBe('pod, shop/rdb-0, StatefulSet rdb');
  });

  it('for a while leaves the rows as they were, below the reason, until it can be read again', async () => {
    const broken: KubernetesFailure = { ...refused('nodes', 'forbidden'), reason: 'no-route', passing: true };
    const { aws, tree, group, interrupt } = await opened({ ...watched(), asOf: 0 });
    await tree.below(group);
    await interrupt(broken);
    expect((await tree.below(group)).map(({ kind }) => kind)).toEqual(['failure', 'node']);
    aws.watched.get(CLUSTER)?.changed(watched());
    await aws.clock.advance(2_000);
    expect((await tree.below(group)).map(({ kind }) => kind)).toEqual(['node']);
  });

  it('is tried again when the user asks for it', async () => {
    const failure = refused('nodes', 'unauthorized');
    const denied = { nodes: failure, pods: failure, budgets: failure };
    const { aws, tree, group } = await opened(watched({ nodes: [], pods: [] }, denied));
    const [why] = await tree.below(group);
    expect(why?.kind).toBe('failure');
    aws.inside = { [CLUSTER]: watched() };
    void tree.resources.refresh(group);
    await tree.rest();
    expect((await tree.below(group)).map(({ kind }) => kind)).toEqual(['node']);
  });
});

it('a cluster in Auto Mode says why it has no node groups', async () => {
  const aws = new FleetAws(new VirtualClock(), { clusters: 2 });
  aws.aws.clusters = aws.aws.clusters.map((one, index) => ({ ...one, autoMode: index === 0 }));
  const tree = givenTree(aws);
  const clusters = await tree.below(await tree.eks());
  await tree.rest();
  const areEmpty = (): unknown => clusters.map((one) => tree.resources.isEmpty(one));
  // What is in the other one is not known yet.
  expect(areEmpty()).toEqual([true, false]);
  const said: unknown[] = [];
  for (const one of clusters) {
    const rows = await tree.below(one);
    said.push(labelOf(rows[0]));
  }
  expect(said).toEqual(['Auto Mode: no node groups', 'No managed node groups']);
  expect(areEmpty()).toEqual([true, true]);
});

describe('a node without a record of the update', () => {
  const template = (name: string, version: string, createdAt: number): KubernetesNode =>
    member(name, { launchTemplateVersion: version, createdAt });

  it('is old where later ones were made of another version of the template, though of a lower one', () => {
    const ages = nodeAges([template('a', '4', 1), template('b', '4', 2), template('c', '3', 3)], undefined);
    expect([...ages.values()]).toEqual(['old', 'old', 'new']);
  });

  it('is neither where all are of one version, or that is not known', () => {
    expect(nodeAges([template('a', '4', 1), template('b', '4', 2)], undefined).size).toBe(0);
    expect(nodeAges([member('a')], []).size).toBe(0);
  });

  it('that has joined again under another uid has not been replaced', () => {
    const records = [{ uid: 'before', name: 'a', instanceId: 'i-a', isOld: true, seenAt: 0 }];
    expect([...nodeAges([member('a')], records).values()]).toEqual(['old']);
  });

  it('drains when its pods leave, and not for a pod that no drain moves', () => {
    const cordoned = { ready: true, unschedulable: true };
    const daemon = { kind: 'DaemonSet', name: 'd', uid: 'd' };
    expect(nodeState(cordoned, [pod({ deletedAt: 1, controller: daemon })])).toBe('cordoned');
    expect(nodeState(cordoned, [pod({ deletedAt: 1 })])).toBe('draining');
    expect(nodeState({ ...cordoned, unschedulable: false }, [pod({ deletedAt: 1 })])).toBe('ready');
  });
});
