/** Which pods a drain has to move, and which come back. */
import { describe, expect, it } from 'vitest';
import { comesBack, isLeaving, mustMove } from '../../src/drain/moving';
import type { Toleration } from '../../src/model/kubernetes';
import { barePod, NOW, pod } from './cluster';

describe('a drain', () => {
  it.each([
    ['moves an ordinary pod', pod(), true],
    ['moves a bare pod', barePod(), true],
    ['moves a pending pod that has a node', pod({ phase: 'Pending', ready: false }), true],
    ['leaves a DaemonSet', pod({ controller: { kind: 'DaemonSet', name: 'cni', uid: 'd' } }), false],
    ['leaves a mirror pod', pod({ mirror: true }), false],
    ['leaves a pod that has succeeded', pod({ phase: 'Succeeded' }), false],
    ['leaves a pod that has failed', pod({ phase: 'Failed' }), false],
  ])('%s', (_name, of, expected) => {
    expect(mustMove(of)).toBe(expected);
  });

  it('sees a pod leave that was asked to go, or that is evicted', () => {
    expect([pod(), pod({ deletedAt: NOW }), pod({ disruptionTarget: true })].map(isLeaving)).toEqual([
      false,
      true,
      true,
    ]);
  });
});

describe('a pod comes back that tolerates', () => {
  const CORDON = 'node.kubernetes.io/unschedulable';
  const rows: readonly (readonly [string, Toleration, boolean])[] = [
    ['everything', { operator: 'Exists' }, true],
    ['every taint without effect NoExecute', { operator: 'Exists', effect: 'NoSchedule' }, true],
    ['NoExecute alone', { operator: 'Exists', effect: 'NoExecute' }, false],
    ['the taint', { key: CORDON, operator: 'Exists', effect: 'NoSchedule' }, true],
    ['the taint by any effect', { key: CORDON, operator: 'Exists' }, true],
    ['the taint by its value', { key: CORDON, operator: 'Equal', value: '', effect: 'NoSchedule' }, true],
    ['the taint by its value, the operator left out', { key: CORDON }, true],
    ['the taint with another value', { key: CORDON, value: 'x' }, false],
    ['another taint', { key: 'spot', operator: 'Exists' }, false],
    ['by an operator that is none', { key: CORDON, operator: 'Lt', value: '1' }, false],
  ];

  it.each(rows)('%s', (_name, toleration, expected) => {
    expect(comesBack(pod({ tolerations: [{ key: 'other', operator: 'Exists' }, toleration] }))).toBe(
      expected,
    );
  });

  it('and not one that nobody makes anew', () => {
    expect(comesBack(barePod({ tolerations: [{ operator: 'Exists' }] }))).toBe(false);
  });
});
