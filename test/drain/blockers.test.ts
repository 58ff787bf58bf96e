/** What blocks a drain: a row for each finding, what force would do, and silence where there is nothing. */
import { describe, expect, it } from 'vitest';
import type { BlockerCode } from '../../src/drain/blocker';
import { drainBlockers } from '../../src/drain/blockers';
import {
  barePod,
  budget,
  drainFacts,
  MINUTE,
  NOW,
  node,
  pod,
  unscheduledPod,
  type WholeFacts,
} from './cluster';

const tight = { disruptionsAllowed: 0 };
const named = { namespace: 'shop', name: 'rdb', needs: 2, has: 2 };
const ref = { namespace: 'shop', name: 'rdb-0', uid: 'pod-shop-rdb-0' };
const found = (parts: Partial<WholeFacts>, atOnce = 1) =>
  drainBlockers(drainFacts(parts), { atOnce, now: NOW });

type Row = readonly [string, BlockerCode, Partial<WholeFacts>, facts: object, gravity: string];

const code = { uri: 's3://code/rdb.zip', version: 'v7' };

const ROWS: readonly Row[] = [
  [
    'a budget that never lets one go',
    'budget-never',
    { budgets: [budget({ ...tight, maxUnavailable: 0, desiredHealthy: 3 })] },
    {
      budget: { ...named, needs: 3, has: 3 },
      relief: { relaxTo: { field: 'maxUnavailable', value: 1 } },
    },
    'holds',
  ],
  [
    'a budget that is tight while another pod is not ready',
    'budget-not-now',
    {
      budgets: [budget({ ...tight, currentHealthy: 2 })],
      covered: [
        pod(),
        pod({ name: 'rdb-1', nodeName: 'x', ready: false }),
        pod({ name: 'gw-1', labels: { app: 'gw' }, ready: false }),
        pod({ name: 'rdb-9', namespace: 'other', ready: false }),
      ],
    },
    { budget: named, missing: 1, waitsFor: [{ namespace: 'shop', name: 'rdb-1', uid: 'pod-shop-rdb-1' }] },
    'holds',
  ],
  [
    'a budget whose pod is on its way',
    'budget-not-now',
    {
      budgets: [budget({ ...tight, currentHealthy: 2 })],
      covered: [pod({ name: 'rdb-1', deletedAt: NOW - 1 })],
    },
    { budget: named, missing: 1, waitsFor: [{ namespace: 'shop', name: 'rdb-1', uid: 'pod-shop-rdb-1' }] },
    'holds',
  ],
  [
    'a replacement that finds no node',
    'replacement-pending',
    {
      budgets: [budget({ ...tight, currentHealthy: 2 })],
      covered: [pod({ name: 'rdb-2', ready: false }), unscheduledPod({ name: 'rdb-1' })],
    },
    {
      budget: named,
      pending: { namespace: 'shop', name: 'rdb-1', uid: 'pod-shop-rdb-1' },
      reason: 'Unschedulable',
      message: '0/6 nodes are available: 6 Insufficient memory.',
    },
    'holds',
  ],
  [
    'a pod that is not ready itself',
    'unready-held',
    { pods: [pod({ ready: false })], budgets: [budget({ ...tight, currentHealthy: 1 })] },
    { budget: { ...named, has: 1 } },
    'holds',
  ],
  [
    'a budget that was just changed',
    'budget-behind',
    { budgets: [budget({ generation: 2 })] },
    { budget: { ...named, has: 3 } },
    'slows',
  ],
  [
    'a budget that cannot be computed',
    'budget-not-computed',
    { budgets: [budget({ ...tight, syncFailed: 'no scale' })] },
    { budget: { ...named, has: 3 }, message: 'no scale' },
    'holds',
  ],
  [
    'two budgets',
    'several-budgets',
    { budgets: [budget(), budget({ name: 'all', selector: { matchLabels: {}, matchExpressions: [] } })] },
    {
      budgets: [
        { ...named, has: 3 },
        { ...named, name: 'all', has: 3 },
      ],
    },
    'holds',
  ],
  [
    'three pods on one node under a budget of one',
    'budget-shared',
    { pods: [pod(), pod({ name: 'rdb-1' }), pod({ name: 'rdb-2' })] },
    { budget: { ...named, has: 3 }, evictions: 1, pods: 3 },
    'slows',
  ],
  [
    'a pod that comes back',
    'comes-back',
    { pods: [pod({ tolerations: [{ operator: 'Exists' }] })] },
    {},
    'holds',
  ],
  [
    'a pod that should be gone, however long its grace period was',
    'stuck',
    { pods: [pod({ graceSeconds: 599, deletedAt: NOW - 6 * MINUTE, finalizers: ['shop/backup'] })] },
    { goneBy: NOW - 6 * MINUTE, finalizers: ['shop/backup'] },
    'holds',
  ],
  [
    'a long grace period',
    'long-grace',
    { pods: [pod({ graceSeconds: 600 })] },
    { seconds: 600 },
    'threatens',
  ],
  ['a pod without a controller', 'no-controller', { pods: [barePod()] }, {}, 'threatens'],
  [
    'code that is gone',
    'code-gone',
    { pods: [pod({ code })], codeGone: new Set(['s3://code/rdb.zip?versionId=v7']) },
    code,
    'threatens',
  ],
];

describe('what blocks a drain', () => {
  it.each(ROWS)('%s', (_name, blockerCode, parts, facts, gravity) => {
    const own = found(parts).filter(({ pod: of }) => of.name === 'rdb-0');
    expect(own).toHaveLength(1);
    expect(own[0]).toMatchObject({ code: blockerCode, facts, gravity, pod: ref, node: 'a' });
  });

  it('queues only pods that the shared budget counts', () => {
    const names = ['rdb-0', 'rdb-1', 'rdb-2'];
    const pending = pod({ name: 'pending', phase: 'Pending', ready: false });
    const leaving = pod({ name: 'leaving', deletedAt: NOW });
    const pods = [...names.map((name) => pod({ name })), pending, leaving];
    const queued = found({ pods }).filter(({ code: of }) => of === 'budget-shared');
    expect(queued.map(({ pod: of }) => of.name).sort()).toEqual(names);
  });

  it('has a row for each finding', () => {
    const codes = {
      'budget-never': true,
      'budget-not-now': true,
      'replacement-pending': true,
      'unready-held': true,
      'budget-behind': true,
      'budget-not-computed': true,
      'several-budgets': true,
      'budget-shared': true,
      'comes-back': true,
      stuck: true,
      'long-grace': true,
      'no-controller': true,
      'code-gone': true,
    } satisfies Record<BlockerCode, true>;
    expect([...new Set(ROWS.map(([, row]) => row))].sort()).toEqual(Object.keys(codes).sort());
  });

  it.each([
    ['an ordinary pod with room', {}],
    [
      'pods of a DaemonSet under a budget that lets none go',
      {
        pods: [pod({ controller: { kind: 'DaemonSet', name: 'cni', uid: 'd' } })],
        budgets: [budget(tight)],
      },
    ],
    [
      'a mirror pod, bare and tolerating everything',
      { pods: [barePod({ mirror: true, tolerations: [{ operator: 'Exists' }] })] },
    ],
    ['a finished pod', { pods: [barePod({ phase: 'Succeeded', ready: false })], budgets: [budget(tight)] }],
    ['a pod on another node', { pods: [pod({ nodeName: 'c' })], budgets: [budget(tight)] }],
    ['a budget of another namespace', { budgets: [budget({ ...tight, namespace: 'other' })] }],
    [
      'a pod that was just asked to go',
      { pods: [pod({ deletedAt: NOW - 5 * MINUTE })], budgets: [budget(tight)] },
    ],
    [
      'an unready pod with enough others',
      {
        pods: [pod({ ready: false })],
        budgets: [budget({ ...tight, currentHealthy: 2, desiredHealthy: 2 })],
      },
    ],
    [
      'one pod on each of two nodes, drained one by one, under a budget of one',
      {
        pods: [pod(), pod({ name: 'rdb-1', nodeName: 'b' })],
      },
    ],
    ['a node that is not drained', { nodes: [node('b')], budgets: [budget(tight)] }],
    ['code that is there', { pods: [pod({ code })], codeGone: new Set(['s3://code/rdb.zip?versionId=v6']) }],
  ] as const)('says nothing of %s', (_name, parts) => {
    expect(found(parts)).toEqual([]);
  });

  it('counts the pods of nodes that are drained at once', () => {
    const pods = [pod(), pod({ name: 'rdb-1', nodeName: 'b' })];
    expect(found({ pods }, 2).map(({ facts }) => facts)).toEqual([
      { budget: { ...named, has: 3 }, evictions: 1, pods: 2 },
      { budget: { ...named, has: 3 }, evictions: 1, pods: 2 },
    ]);
  });

  it('puts what holds the drain before what it may lose', () => {
    const blockers = found({
      pods: [barePod({ name: 'a-bare', labels: {} }), pod({ name: 'z-held' })],
      budgets: [budget({ ...tight, maxUnavailable: 0 })],
    });
    expect(blockers.map(({ pod: of, code: why }) => [of.name, why])).toEqual([
      ['z-held', 'budget-never'],
      ['a-bare', 'no-controller'],
    ]);
  });
});

describe('force', () => {
  it.each([
    ['ends a bare pod for good', { pods: [barePod()], budgets: [] }, { remade: false }],
    [
      'breaks a budget that needs all',
      { budgets: [budget({ ...tight, maxUnavailable: 0, desiredHealthy: 3 })] },
      { remade: true, breaks: { ...named, needs: 3, has: 3, left: 2 } },
    ],
    [
      'ends all ready pods of the node together',
      {
        pods: [pod(), pod({ name: 'rdb-1' }), pod({ name: 'rdb-2', nodeName: 'b' })],
        budgets: [budget({ ...tight, maxUnavailable: 0, desiredHealthy: 3 })],
      },
      { remade: true, breaks: { ...named, needs: 3, has: 3, left: 1 } },
    ],
    [
      'breaks nothing where the budget has one to spare',
      {
        pods: [
          pod({ tolerations: [{ operator: 'Exists' }] }),
          pod({ name: 'rdb-1', ready: false }),
          pod({ name: 'rdb-2', deletedAt: NOW }),
        ],
      },
      { remade: true },
    ],
  ] as const)('%s', (_name, parts, forced) => {
    expect(found(parts).find(({ pod: of }) => of.name === 'rdb-0')?.forced).toEqual(forced);
  });
});
