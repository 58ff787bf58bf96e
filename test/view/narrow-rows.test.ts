/** In a side bar of 300 px the state of every row stands beside its name, in other languages too. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { AwsPorts } from '../../src/aws/contract';
import { clustersIn } from '../../src/commands/nodegroup/cluster-inside';
import { treeWorkloads } from '../../src/commands/tree-workloads';
import type { NodeState } from '../../src/drain/node-state';
import { createKubernetes } from '../../src/kubernetes';
import { systemClock } from '../../src/model/clock';
import { connectionOf } from '../../src/model/connection';
import { clusterPhase, eksPhase, environmentPhase, type Phase } from '../../src/model/phase';
import type { AttentionCode } from '../../src/nodegroup/attention/attention';
import { needsAttention } from '../../src/nodegroup/attention/attention';
import { AttentionSource } from '../../src/nodegroup/attention/attention-source';
import type { OperationState } from '../../src/operations/operation';
import { attentionState } from '../../src/view/messages/nodegroup';
import { nodeStateWords } from '../../src/view/messages/nodes';
import { shortState, verbOf, waitsForYouWords } from '../../src/view/messages/operation';
import { stateOfStatus } from '../../src/view/messages/phase';
import { THINGS } from '../../src/view/resources/kinds/table';
import { SnapshotFiles } from '../../src/view/resources/memory/snapshot-files';
import { isDetailed, isThing, kindOf, type ResourceNode } from '../../src/view/resources/node';
import { Resources } from '../../src/view/resources/resources';
import { parentOf } from '../../src/view/resources/row';
import { type OpenedAws, openInSandbox } from '../aws/open-aws';
import { startTestSandbox, type TestSandbox } from '../sandbox/start';

/** Pixels of the side bar, and of what every row of VS Code has: padding, twistie, icon, scroll bar. */
const SIDE_BAR = 300;
const BESIDES = 8 + 22 + 22 + 10;
const INDENT = 8;
/** Pixels of a letter, on average, in the widest of the usual fonts: of a name, and of the smaller words beside it. */
const NAME_LETTER = 7;
const WORD_LETTER = 6.3;
const GAP = 6;
/** Other languages take a third more. */
const LONGER = 4 / 3;

const ended = new AbortController();
let sandbox: TestSandbox;
let aws: OpenedAws;
let rows: readonly ResourceNode[];

beforeAll(async () => {
  sandbox = await startTestSandbox();
  await sandbox.control.foreign({ kind: 'fleet', clusters: 1, nodegroupsEach: 1, kdbClusters: 1 });
  const opened = await openInSandbox(sandbox);
  aws = opened;
  rows = await everyRow(opened.session.interactive, join(opened.folder, 'tree'));
});
afterAll(async () => {
  ended.abort();
  await aws.close();
  await sandbox.stop();
});

/** Every row of the sample shop, read to the end. */
async function everyRow(ports: AwsPorts, folder: string): Promise<readonly ResourceNode[]> {
  const looks = new AttentionSource(ports, systemClock);
  const kubernetes = createKubernetes({
    clock: systemClock,
    onRequest: () => undefined,
    aws: async () => ports,
    roleOf: async () => undefined,
    overrides: () => ({}),
  });
  const resources = new Resources(
    {
      connections: () => [connectionOf({ kind: 'sandbox' }, sandbox.region)],
      source: {
        services: async () => ports,
        identity: (_connection, signal) => ports.identities.whoAmI(signal),
        isReady: async () => true,
        ...clustersIn(
          async () => kubernetes,
          () => [],
          systemClock,
        ),
        ...treeWorkloads(
          async () => kubernetes,
          async () => [],
          { operations: () => [], operation: () => undefined, onDidChange: () => () => undefined },
          systemClock,
        ),
      },
      attention: {
        cluster: (_connection, one, signal) => looks.atCluster(one, signal),
        nodegroup: (_connection, one, controlPlane, signal) => looks.atNodegroup(one, controlPlane, signal),
        needs: needsAttention,
        forget: () => looks.forget(),
      },
      files: new SnapshotFiles(folder, systemClock, () => undefined),
      clock: systemClock,
      log: () => undefined,
    },
    { draw: () => undefined, count: () => undefined },
  );
  resources.visible(true);
  ended.signal.addEventListener('abort', () => {
    void resources.dispose();
    kubernetes.dispose();
  });
  const found: ResourceNode[] = [];
  const visit = async (node?: ResourceNode): Promise<void> => {
    for (const row of await resources.children(node)) {
      found.push(row);
      await visit(row);
    }
  };
  await visit();
  const isRead = (row: ResourceNode): boolean => !isDetailed(row) || row.assessment !== undefined;
  await vi.waitFor(() => expect(found.every(isRead)).toBe(true), { timeout: 50_000 });
  return found;
}

function depthOf(node: ResourceNode): number {
  let depth = 0;
  for (let at = parentOf(node); at; at = parentOf(at)) depth += 1;
  return depth;
}

/** How many letters stand beside a name before the side bar ends. */
function roomBeside(name: string, depth: number): number {
  return (SIDE_BAR - BESIDES - depth * INDENT - name.length * NAME_LETTER - GAP) / WORD_LETTER;
}

/** Letters of a state in another language; a number of further things stays as it is. */
function widened(state: string): number {
  const [, words = '', more = ''] = /^(.*?)( \+\d+)?$/.exec(state) ?? [];
  return words.length * LONGER + more.length;
}

test('the state of every row of the sample shop', () => {
  const things = rows.filter(isThing);
  expect(new Set(things.map(({ kind }) => kind))).toEqual(new Set(Object.keys(THINGS)));
  const cut = things.flatMap((node) => {
    const { label, state } = kindOf(node).appearance(node);
    return state !== undefined && widened(state) > roomBeside(label, depthOf(node))
      ? [`${label}: ${state}`]
      : [];
  });
  expect(cut).toEqual([]);
  expect(things.some((node) => kindOf(node).appearance(node).state?.includes('+'))).toBe(true);
});

/** Beside any name that the sample shop has, as deep as such rows lie. */
function shortestRoom(kind: ResourceNode['kind']): number {
  const rooms = rows
    .filter(isThing)
    .filter((node) => node.kind === kind)
    .map((node) => roomBeside(kindOf(node).appearance(node).label, depthOf(node)));
  return Math.min(...rooms);
}

const ATTENTION: Readonly<Record<AttentionCode, 'eks-cluster' | 'nodegroup'>> = {
  'health-issues': 'nodegroup',
  'version-behind': 'nodegroup',
  'skew-exceeded': 'nodegroup',
  'version-ahead': 'nodegroup',
  'release-behind': 'nodegroup',
  'template-behind': 'nodegroup',
  'ami-type-ended': 'nodegroup',
  'cannot-follow': 'nodegroup',
  'support-ending': 'eks-cluster',
  'support-extended': 'eks-cluster',
  'support-ended': 'eks-cluster',
  'custom-ami': 'nodegroup',
};

test.each(Object.entries(ATTENTION))('that it needs attention: %s', (code, kind) => {
  const state = `${attentionState({ code: code as AttentionCode })} +1`;
  expect(widened(state)).toBeLessThan(shortestRoom(kind));
});

/** As AWS's own lists have them. */
const STATUSES: readonly (readonly [ResourceNode['kind'], (status: string) => Phase, readonly string[]])[] = [
  [
    'environment',
    environmentPhase,
    [
      'CREATE_REQUESTED',
      'CREATING',
      'DELETE_REQUESTED',
      'DELETING',
      'DELETED',
      'FAILED_CREATION',
      'RETRY_DELETION',
      'FAILED_DELETION',
      'UPDATE_NETWORK_REQUESTED',
      'UPDATING_NETWORK',
      'FAILED_UPDATING_NETWORK',
      'SUSPENDED',
      'NOT_YET_KNOWN_TO_ANYBODY',
    ],
  ],
  [
    'kdb-cluster',
    clusterPhase,
    ['PENDING', 'CREATING', 'CREATE_FAILED', 'RUNNING', 'UPDATING', 'DELETING', 'DELETED', 'DELETE_FAILED'],
  ],
  ['eks-cluster', eksPhase, ['CREATING', 'DELETING', 'FAILED', 'UPDATING', 'PENDING']],
  ['nodegroup', eksPhase, ['CREATING', 'UPDATING', 'DELETING', 'CREATE_FAILED', 'DELETE_FAILED', 'DEGRADED']],
];

test.each(STATUSES)('every status of a row of kind %s', (kind, phaseOf, statuses) => {
  for (const status of statuses) {
    const state = stateOfStatus(status, phaseOf(status));
    expect(widened(state), status).toBeLessThan(shortestRoom(kind));
  }
});

const NODE_STATES: Readonly<Record<NodeState | 'unread', true>> = {
  ready: true,
  'not-ready': true,
  unknown: true,
  cordoned: true,
  draining: true,
  unread: true,
};

test.each(Object.keys(NODE_STATES))('that a node is %s', (state) => {
  expect(widened(nodeStateWords(state as NodeState | 'unread'))).toBeLessThan(shortestRoom('node'));
});

test('what Slipway does to a thing', () => {
  const kinds = ['code', 'nodegroup-version', 'nodegroup-config', 'nodegroup-other', 'batch'];
  for (const kind of kinds) {
    const room = shortestRoom(kind === 'code' ? 'kdb-cluster' : 'nodegroup');
    expect(widened(verbOf({ kind, plan: {} })), kind).toBeLessThan(room);
  }
  expect(widened(verbOf({ kind: 'code', plan: { rollsBack: true } }))).toBeLessThan(
    shortestRoom('kdb-cluster'),
  );
  // "waiting" says enough where "for you" is cut.
  expect(widened(waitsForYouWords().split(' ')[0] ?? '')).toBeLessThan(shortestRoom('workload'));
});

const STATES: Readonly<Record<OperationState, true>> = {
  planned: true,
  running: true,
  watching: true,
  succeeded: true,
  failed: true,
  cancelled: true,
  drifted: true,
  'cancelled-by-aws': true,
  unwatched: true,
  unknown: true,
};

test('every state of an operation, beside the name of a cluster with its environment', () => {
  const room = roomBeside('rates-uat / rates-hdb', 1);
  for (const state of Object.keys(STATES) as readonly OperationState[]) {
    expect(widened(shortState({ state })), state).toBeLessThan(room);
  }
});
