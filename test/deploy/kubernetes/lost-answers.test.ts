/** An apply whose answer is lost: whether it was carried out is found in the workload, and it happens once at most. */
import { describe, expect, test } from 'vitest';
import { kubernetesTarget } from '../../../src/deploy/kubernetes/target';
import type { Operation } from '../../../src/operations/operation';
import type { Fault } from '../../../src/sandbox/fault-syntax';
import { kubernetesApi } from '../../sandbox/kubernetes/api';
import { hasty } from '../shop';
import { useShop } from '../use-shop';
import { annotate, inputFor, RDB, TRADING } from './workloads';

const apply = { service: 'kubernetes', operation: 'patch statefulsets' };
const NOT_DONE: readonly Fault[] = [
  { ...apply, kind: 'reset' },
  { ...apply, kind: 'html', status: 503 },
  { ...apply, kind: 'error', status: 500, code: 'InternalError', message: 'Something went wrong inside.' },
];
const DONE: readonly Fault[] = [
  { ...apply, kind: 'reset-after' },
  { ...apply, kind: 'truncate' },
  { ...apply, kind: 'reply', status: 200, body: '[1]', carriedOut: true },
];

const shop = useShop();

/** Applies that the API server took, by its audit log. */
async function applies(): Promise<number> {
  const { eksClusters } = await shop.sandbox.control.state();
  const { workloads = [] } = eksClusters.find(({ name }) => name === TRADING) ?? {};
  return workloads.find(({ workload }) => workload === RDB[2])?.applies.length ?? 0;
}

async function deploy(...faults: readonly Fault[]): Promise<Operation> {
  const planned = await shop.plan(inputFor(shop, RDB));
  // The rehearsal is over by now.
  await shop.sandbox.control.fault(...faults);
  const { id } = await shop.apply(planned);
  return shop.ledger.operation(id)!;
}

describe.each([...NOT_DONE, ...DONE])('$kind', (fault) => {
  test('once is as if nothing had happened', async () => {
    const { state, acceptedAt, id } = await deploy({ ...fault, times: 1 });
    expect([state, acceptedAt === undefined, await applies()]).toEqual(['watching', false, 1]);
    expect((await shop.follow(id)).state).toBe('succeeded');
    expect(await applies()).toBe(1);
  });
});

test('what nobody can tell is left to who follows', async () => {
  const { state, acceptedAt } = await deploy({ ...apply, kind: 'reset' });
  expect([state, acceptedAt, await applies()]).toEqual(['watching', undefined, 0]);
});

test('what somebody else has written since says nothing of what was lost', async () => {
  const api = await kubernetesApi(shop.sandbox, TRADING);
  const planned = await shop.plan(inputFor(shop, RDB));
  await shop.sandbox.control.fault({ ...apply, kind: 'reset-after', times: 1 });
  const workloads = shop.ports.workloads(TRADING);
  let reads = 0;
  const read: typeof workloads.read = async (...asked) => {
    reads += 1;
    // The first one is the last look before the request.
    if (reads === 2) await annotate(api, RDB, { 'slipway.dev/init-script': 'other.q' });
    return workloads.read(...asked);
  };
  const target = kubernetesTarget(() => ({ ...workloads, read }), RDB, hasty);
  const { id, failure } = await shop.apply(planned, { context: { target } });
  // Not `drift`, which says that nothing was changed.
  expect([shop.ledger.operation(id)?.state, failure]).toMatchObject(['watching', { reason: 'broken' }]);
});
