/**
 * With the rights of AmazonEKSViewPolicy alone, each command that reaches into a cluster, and each row below it, does what
 * they allow, and says of the rest which right is missing and how to come to it.
 */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deletePod } from '../../src/commands/code/delete-pod';
import { type LogDeps, showLogs } from '../../src/commands/code/logs';
import { AttentionSources } from '../../src/commands/nodegroup/attention-sources';
import { clustersIn } from '../../src/commands/nodegroup/cluster-inside';
import type { NodegroupDeps } from '../../src/commands/nodegroup/deps';
import { askDrain, showDrain } from '../../src/commands/nodegroup/drain';
import type { ClusterPlace } from '../../src/commands/nodegroup/place';
import { showHeldPods, showPod } from '../../src/commands/nodegroup/read-pods';
import { showReadiness } from '../../src/commands/nodegroup/readiness-page';
import type { Drains } from '../../src/commands/ports';
import { type SnippetDeps, showSnippet } from '../../src/commands/snippet/show-snippet';
import { treeWorkloads } from '../../src/commands/tree-workloads';
import { kubernetesKind } from '../../src/deploy/kubernetes/kind';
import type { ClusterSeen } from '../../src/drain/cluster-seen';
import type { Kubernetes } from '../../src/kubernetes/contract';
import { systemClock } from '../../src/model/clock';
import { failureOf } from '../../src/model/failure';
import { AttentionSource } from '../../src/nodegroup/attention/attention-source';
import { planUpdate } from '../../src/nodegroup/plan/plan';
import { readCluster, readSituation } from '../../src/nodegroup/reading/situation';
import type { Operation } from '../../src/operations/operation';
import { checkWords } from '../../src/view/messages/deploy-checks';
import { failureWords } from '../../src/view/messages/failure';
import { checkWords as nodegroupCheckWords } from '../../src/view/messages/nodegroup/checks';
import type { ShownPage } from '../../src/view/pages/panels';
import type { WorkloadsSeen } from '../../src/view/resources/source';
import { openInSandbox } from '../aws/open-aws';
import { BUCKET, openShop, Q_CODE, type Shop } from '../deploy/shop';
import { openKubernetes } from '../kubernetes/open-kubernetes';
import { kubernetesApi } from '../sandbox/kubernetes/api';
import { startTestSandbox, type TestSandbox } from '../sandbox/start';
import { type Reply, ScriptedPrompts } from '../view/scripted-prompts';

const CLUSTER = 'trading-prod';
const GROUP = 'oms-guarded';
const HDB = [CLUSTER, 'tick', 'statefulset/hdb'] as const;
const never = new AbortController().signal;

let sandbox: TestSandbox;
let shop: Shop;
let opened: Awaited<ReturnType<typeof openInSandbox>>;
let kubernetes: Kubernetes;
let place: ClusterPlace;
/** Node groups by the names of their nodes, as the labels say. */
let groupOf: ReadonlyMap<string, string>;

beforeAll(async () => {
  sandbox = await startTestSandbox();
  const { json } = await (await kubernetesApi(sandbox, CLUSTER)).get('/api/v1/nodes');
  groupOf = new Map(
    json.items.map(({ metadata: { name, labels = {} } }) => [
      name,
      labels['eks.amazonaws.com/nodegroup'] ?? '',
    ]),
  );
  await sandbox.control.settings({ kubernetes: { access: { [CLUSTER]: 'view' } } });
  shop = await openShop(sandbox);
  await shop.write(Q_CODE);
  opened = await openInSandbox(sandbox);
  kubernetes = openKubernetes(() => opened.session);
  place = { connection: opened.session.connection, cluster: CLUSTER };
});
afterAll(async () => {
  kubernetes.dispose();
  await opened.close();
  await shop.close();
  await sandbox.stop();
});

const drains: Drains = async (connection, name) => {
  const client = kubernetes.cluster(connection, name).interactive;
  return { api: client, logs: client };
};

type Deps = NodegroupDeps & LogDeps & SnippetDeps;

function depsOf(shown: ShownPage[], prompts: ScriptedPrompts): Deps {
  const deps: Partial<Deps> = {
    store: { all: () => [place.connection] } as unknown as Deps['store'],
    picking: {
      selected: () => undefined,
      last: { get: () => undefined, remember: async () => undefined },
      help: async () => true,
    },
    prompts,
    clock: systemClock,
    ports: async () => shop.ports,
    drains,
    attentionSources: new AttentionSources(async () => shop.ports, systemClock, drains),
    notify: { words: failureWords } as unknown as Deps['notify'],
    pages: {
      show: async (page: ShownPage) => {
        shown.push(page);
        page.visible?.(true);
      },
      reveal: () => false,
      refresh: () => undefined,
      post: () => undefined,
    } as unknown as Deps['pages'],
  };
  return deps as Deps;
}

/** All that stands on the page that a command opens, once it says what is waited for. */
async function pageOf(
  show: (deps: Deps) => Promise<void>,
  until: RegExp,
  ...replies: Reply[]
): Promise<string> {
  const shown: ShownPage[] = [];
  const prompts = new ScriptedPrompts(replies);
  try {
    await show(depsOf(shown, prompts));
    prompts.expectDone();
    const [page] = shown;
    const said = async (): Promise<string> =>
      JSON.stringify([await page?.content(), page?.greeting?.()]).replaceAll('\\"', "'");
    await expect.poll(said, { timeout: 30_000, interval: 200 }).toMatch(until);
    return await said();
  } finally {
    for (const page of shown) page.closed?.();
  }
}

/** As users are told: the right, and how to come to it. */
const NO_NODES =
  /denied ['"]list['"] on nodes\. ['"]Slipway: Copy Kubernetes Role…['"] yields a role that allows it/;
const ANY_LACK = /denied|forbidden|cannot be read/i;

/** What the tree is told of the nodes, as soon as there are any. */
async function seenNodes(): Promise<ClusterSeen> {
  const source = clustersIn(
    async () => kubernetes,
    () => [],
    systemClock,
  );
  const leaving = new AbortController();
  try {
    return await new Promise((resolve) => {
      const take = (seen: ClusterSeen): void => {
        if (seen.nodesIn(GROUP).items.length > 0) resolve(seen);
      };
      source.watchCluster(place.connection, CLUSTER, take, leaving.signal);
    });
  } finally {
    leaving.abort();
  }
}

describe('of rows', () => {
  test('those of nodes are in the group that pods tell, and no other, where the label says so, too', async () => {
    const seen = await seenNodes();
    const told = [...new Set(groupOf.values())].flatMap((group) => {
      const own = seen.nodesIn(group).items.filter(({ anyGroup }) => anyGroup === undefined);
      return own.map(({ name }) => [name, group]);
    });
    expect(told.map(([, group]) => group)).toContain(GROUP);
    expect([...groupOf]).toEqual(expect.arrayContaining(told));
  });

  test('those of nodes are what pods name, and say that nodes could not be listed; pods are whole', async () => {
    const seen = await seenNodes();
    const { items, unread } = seen.nodesIn(GROUP);
    expect(new Set(items.map(({ state }) => state))).toEqual(new Set(['unread']));
    expect(failureWords(unread!)).toMatch(NO_NODES);
    const pods = items.map(({ name }) => seen.podsOn(name));
    expect(pods.map((one) => one.unread)).toEqual(items.map(() => undefined));
    expect(pods.map((one) => one.items.length)).toEqual(items.map(({ toMove }) => toMove));
    expect(pods.flatMap((one) => one.items.flatMap(({ blockers }) => blockers))).not.toEqual([]);
  });

  test('those of workloads are whole', async () => {
    const source = treeWorkloads(
      async () => kubernetes,
      async () => [],
      shop.ledger,
      systemClock,
    );
    const leaving = new AbortController();
    const seen = await new Promise<WorkloadsSeen>((resolve) => {
      source.watchWorkloads(place.connection, CLUSTER, resolve, leaving.signal);
    });
    leaving.abort();
    expect(seen.unread).toBeUndefined();
    expect(seen.workloads.map(({ workload }) => `${workload.namespace}/${workload.name}`)).toContain(
      'tick/hdb',
    );
  });
});

describe('of commands', () => {
  test('the drain of a node is told in full, and only what the API server is asked says what it takes', async () => {
    const [node] = (await seenNodes()).nodesIn(GROUP).items;
    const at = { ...place, nodegroup: GROUP, node: node!.name };
    expect(await pageOf((deps) => showDrain(at, deps), /What holds the drain/)).not.toMatch(ANY_LACK);
    await pageOf(
      (deps) => askDrain(at, deps),
      /You lack the right to create pods\/eviction\. .*not known: pods .* cannot create resource 'pods\/eviction' in API group '' in the namespace 'oms'/,
      { to: 'Nothing is changed', say: 'Ask' },
    );
  });

  test('which nodes are in a group is asked of nodes: drain and readiness of groups say so', async () => {
    await pageOf((deps) => showDrain({ ...place, nodegroup: GROUP }, deps), NO_NODES);
    await pageOf((deps) => showReadiness(place, deps), NO_NODES);
  });

  test('the update of a node group is planned, and what would hold its drain is not known, which says so', async () => {
    const looks = new AttentionSource(opened.session.interactive, systemClock);
    const drain = (name: string) => drains(place.connection, name);
    const { ports, releases } = looks;
    const shared = await readCluster(ports, CLUSTER, never);
    const situation = await readSituation({ ports, releases, drain }, shared, GROUP, never);
    const [option] = situation.offered;
    const planned = planUpdate(situation, { version: option!.version, force: false }, systemClock.now());
    const { checks } = planned.valid ? planned.plan : { checks: [] };
    const lacking = checks.filter(({ verdict }) => verdict === 'unknown');
    expect(lacking.map(({ code }) => code)).toEqual(['drain-unknown']);
    expect(nodegroupCheckWords(lacking[0]!)).toMatch(NO_NODES);
  });

  test('pods that held an update are shown, with their events and the ends of their logs', async () => {
    const seen = await seenNodes();
    const held = seen.nodesIn(GROUP).items.flatMap(({ name }) => seen.podsOn(name).items);
    const blockers = held.flatMap((pod) => pod.blockers).filter(({ gravity }) => gravity === 'holds');
    const facts = {
      inside: { old: 2, gone: 0, replaced: 0, draining: [] },
      held: { since: 0, pods: blockers.length, blockers },
    };
    const operation = { id: 'failed', facts } as unknown as Operation;
    const at = { ...place, nodegroup: GROUP };
    const page = await pageOf((deps) => showHeldPods(operation, at, deps), /The end of its log/);
    expect(page).toContain(blockers[0]!.pod.name);
    expect(page).not.toMatch(ANY_LACK);
  });

  test('a pod, the logs of a workload and its snippet are shown', async () => {
    const seen = await seenNodes();
    const [pod] = seen.nodesIn(GROUP).items.flatMap(({ name }) => seen.podsOn(name).items);
    expect(await pageOf((deps) => showPod(place, pod!, deps), /The end of its log/)).not.toMatch(ANY_LACK);
    const logs = await pageOf(
      (deps) => showLogs(undefined, deps),
      /hdb-0\/hdb/,
      { to: 'Choose where', say: 'Sandbox / trading-prod / …' },
      { to: 'Choose where', say: 'Sandbox / trading-prod / tick / hdb' },
    );
    expect(logs).not.toMatch(ANY_LACK);
    const prompts = new ScriptedPrompts([
      { to: 'Choose the workload', say: 'tick/statefulset/hdb' },
      { to: 'The container', exit: 'leave' },
    ]);
    const eksCluster = await shop.ports.eks.describeCluster(CLUSTER, never);
    await showSnippet({ connection: place.connection, eksCluster }, depsOf([], prompts));
    prompts.expectDone();
  });

  test('a deployment is planned in full, and stops at its rehearsal, which names the right', async () => {
    const { connection } = place;
    const to = { connection, kind: kubernetesKind, path: HDB, bucket: BUCKET };
    const plan = await shop.plan(shop.input('', { strategy: 'automatic' }, to));
    const stopping = plan.checks.filter(({ verdict }) => verdict !== 'pass');
    expect(stopping.map(({ code }) => code)).toEqual(['rehearsal.refused']);
    expect(checkWords(stopping[0]!)).toMatch(
      /denied "patch" on statefulsets\.apps hdb in the namespace tick/,
    );
  });

  test('deleting a pod says which right it takes', async () => {
    const workloads = shop.ports.workloads(CLUSTER);
    const hdb = await workloads.read({ kind: 'StatefulSet', namespace: 'tick', name: 'hdb' }, never);
    const [{ name, uid } = { name: '', uid: '' }] = await workloads.pods(hdb, never);
    const operation = {
      subject: { connectionId: place.connection.id, path: HDB, label: HDB.join(' / ') },
    } as unknown as Operation;
    const prompts = new ScriptedPrompts([{ to: 'Nothing is wrong with pod', say: 'Delete the pod' }]);
    const failure = await deletePod(operation, { name, uid }, depsOf([], prompts)).catch(failureOf);
    expect(failureWords(failure!)).toMatch(/denied "delete" on pods .*in the namespace tick/);
  });
});
