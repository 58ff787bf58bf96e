/** How often the workloads of a cluster are looked at for the tree, and what it is told where that fails. */
import { describe, expect, it } from 'vitest';
import { treeWorkloads } from '../../src/commands/tree-workloads';
import type { Kubernetes } from '../../src/kubernetes/contract';
import { connectionOf } from '../../src/model/connection';
import { failed } from '../../src/model/failure';
import type { SeenWorkload } from '../../src/model/seen-workload';
import { Listeners } from '../../src/operations/listeners';
import type { Operation } from '../../src/operations/operation';
import type { WorkloadsSeen } from '../../src/view/resources/source';
import { workload } from '../model/workloads';
import { VirtualClock } from '../virtual-clock';

const CONNECTION = connectionOf({ kind: 'sandbox' }, 'us-east-1');
const calm: SeenWorkload = { workload: workload() };
const rolling: SeenWorkload = { workload: workload({}, { updated: 1, updateRevision: 'hdb-2' }) };

function given(takesMs = 0) {
  const clock = new VirtualClock();
  const state: { now: readonly SeenWorkload[] | Error } = { now: [calm] };
  const looks: number[] = [];
  const kubernetes = {
    cluster: () => ({
      workloads: () => ({
        list: async (known: readonly string[], signal: AbortSignal) => {
          expect(known).toEqual(['tick']);
          looks.push(clock.now());
          if (takesMs > 0) await clock.sleep(takesMs, signal);
          if (state.now instanceof Error) throw state.now;
          return { workloads: state.now };
        },
      }),
    }),
  } as unknown as Kubernetes;
  const told: WorkloadsSeen[] = [];
  const stop = new AbortController();
  const changes = new Listeners<readonly string[]>();
  const operations = new Map<string, Operation>();
  const ledger = {
    operations: () => [],
    operation: (id: string) => operations.get(id),
    onDidChange: (listener: (ids: readonly string[]) => void) => changes.add(listener),
  };
  const source = treeWorkloads(
    async () => kubernetes,
    async () => ['tick'],
    ledger,
    clock,
  );
  /** The ledger tells that an operation on a place of this path has changed. */
  const change = (path: readonly string[], endedAt?: number): void => {
    const subject = { connectionId: CONNECTION.id, path };
    operations.set('one', { kind: 'code-kubernetes', subject, endedAt } as unknown as Operation);
    changes.tell(['one']);
  };
  source.watchWorkloads(CONNECTION, 'trading', (seen) => void told.push(seen), stop.signal);
  return { clock, state, looks, told, stop, change };
}

describe('workloads for the tree', () => {
  it('are looked at seldom while all is well, and often while one rolls out', async () => {
    const { clock, state, looks } = given();
    await clock.advance(121_000);
    expect(looks.splice(0)).toHaveLength(5);
    state.now = [calm, rolling];
    await clock.advance(30_000);
    looks.splice(0);
    await clock.advance(40_000);
    expect(looks.length).toBeGreaterThanOrEqual(9);
  });

  it('are looked at the less often the longer that takes', async () => {
    const { clock, state, looks } = given(3_000);
    state.now = [rolling];
    await clock.advance(63_500);
    expect(looks).toHaveLength(2);
  });

  it('are looked at again minutes after a night that the computer slept through in the middle of a look', async () => {
    const { clock, looks } = given(3_000);
    await clock.advance(1_000);
    clock.jump(8 * 60 * 60_000);
    await clock.advance(5 * 60_000 + 1_000);
    expect(looks).toHaveLength(2);
  });

  it('stay as they were seen where they cannot be looked at again, with the reason, until they can', async () => {
    const { clock, state, told } = given();
    await clock.advance(1_000);
    state.now = failed({ kind: 'unexpected', message: 'broken' });
    await clock.advance(30_000);
    expect(told.at(-1)).toMatchObject({ workloads: [calm], unread: { message: 'broken' } });
    state.now = [rolling];
    await clock.advance(30_000);
    expect(told.at(-1)?.unread).toBeUndefined();
    expect(told.at(-1)?.workloads).toEqual([rolling]);
  });

  it('are looked at without a wait once a deployment to one of them has ended', async () => {
    const { clock, looks, stop, change } = given();
    await clock.advance(1_000);
    change(['trading', 'tick', 'statefulset/hdb']);
    change(['another', 'tick', 'statefulset/hdb'], 5);
    await clock.advance(1_000);
    expect(looks).toHaveLength(1);
    change(['trading', 'tick', 'statefulset/hdb'], 5);
    await clock.advance(1_000);
    expect(looks).toHaveLength(2);
    stop.abort();
    change(['trading', 'tick', 'statefulset/hdb'], 6);
    await clock.advance(600_000);
    expect(looks).toHaveLength(2);
  });

  it('are looked at again where a deployment ended while they were being read', async () => {
    const { clock, looks, change } = given(3_000);
    await clock.advance(1_000);
    change(['trading', 'tick', 'statefulset/hdb'], 5);
    await clock.advance(3_000);
    expect(looks).toHaveLength(2);
  });

  it('are not looked at any more once nobody wants to see them', async () => {
    const { clock, looks, stop } = given();
    await clock.advance(1_000);
    stop.abort();
    await clock.advance(600_000);
    expect(looks).toHaveLength(1);
  });
});
