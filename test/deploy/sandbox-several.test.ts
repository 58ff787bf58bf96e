/** The same code for several clusters, one after the other. */
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { targetAt, targetKinds } from '../../src/commands/target-kinds';
import { applyDeployment } from '../../src/deploy/apply/apply-deployment';
import type { DeploymentPlan } from '../../src/deploy/plan/plan';
import { batchOf, plannedRow } from '../../src/deploy/several';
import { createBatches } from '../../src/operations/batch';
import { batchRows } from '../../src/operations/batch-plan';
import { BUCKET, hasty, openShop, Q_CODE, SCRATCH, type Shop } from './shop';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
  await shop.write(Q_CODE);
});
afterAll(() => shop.close());
beforeEach(() => shop.sandbox.control.reset());

const signal = new AbortController().signal;

async function run(plans: readonly DeploymentPlan[]) {
  const { ledger, ports, packer } = shop;
  const batches = createBatches({
    ledger,
    clock: hasty,
    start: async (row, journal, stop) => {
      // As after a reload: all there is comes out of the ledger.
      const { plan, kind, pack } = plannedRow(JSON.parse(JSON.stringify(row)) as typeof row, targetKinds);
      const target = targetAt({ kind, path: plan.subject.path }, ports);
      const context = { ports, target, packer, clock: hasty, journal, ...(pack && { pack }) };
      await applyDeployment(plan, context, stop);
    },
  });
  const { subject, author } = plans[0]!;
  const id = await batches.begin(
    { subject, author },
    batchOf(plans.map((plan) => ({ plan, kind: targetKinds.usual, pack: shop.request() }))),
  );
  let done = false;
  const running = batches.run(id, signal).finally(() => {
    done = true;
  });
  while (!done) {
    const sent = ledger.operations().filter(({ state, kind }) => state === 'watching' && kind === 'code');
    expect(sent.length).toBeLessThanOrEqual(1);
    for (const operation of sent) await shop.follow(operation.id);
    await pause(5);
  }
  await running;
  const batch = ledger.operation(id)!;
  return { batch, rows: batchRows(batch, ledger.operations()) };
}

test('runs in order, one at a time, and stores the code once in each bucket', async () => {
  const plans = [
    await shop.plan(shop.input('eq-hdb')),
    await shop.plan(shop.input('eq-rdb')),
    await shop.plan(shop.input('eq-gateway', {}, { bucket: SCRATCH })),
    await shop.plan(shop.input('eq-tickerplant', {}, { bucket: SCRATCH })),
  ];
  const { batch, rows } = await run(plans);
  expect(batch.state).toBe('succeeded');
  expect(rows.map(({ state }) => state)).toEqual(['succeeded', 'succeeded', 'succeeded', 'succeeded']);
  const sent = rows.map(({ operation }) => operation?.sentAt ?? 0);
  expect(sent).toEqual([...sent].sort());
  for (const bucket of [BUCKET, SCRATCH]) {
    const puts = (await shop.sandbox.control.requests({ operation: 'PutObject' })).filter(
      ({ path }) => path.includes(bucket) && path.endsWith('.zip'),
    );
    expect(puts.map(({ status }) => status)).toEqual([200]);
  }
  for (const name of ['eq-hdb', 'eq-rdb', 'eq-gateway', 'eq-tickerplant']) {
    expect((await shop.cluster(name)).updates.map(({ ended }) => ended?.outcome)).toEqual(['live']);
  }
});

test('stops at the first row that does not end well', async () => {
  const plans = [
    await shop.plan(shop.input('eq-hdb')),
    await shop.plan(shop.input('eq-rdb', { initializationScript: { kind: 'value', value: 'no.q' } })),
    await shop.plan(shop.input('eq-gateway')),
  ].map((plan) => ({ ...plan, checks: [] }));
  const { batch, rows } = await run(plans);
  expect(batch.state).toBe('failed');
  expect(rows.map(({ state }) => state)).toEqual(['succeeded', 'failed', 'waiting']);
  expect((await shop.cluster('eq-gateway')).updates).toEqual([]);
});

const row = (plan: DeploymentPlan) => ({ plan, kind: targetKinds.usual });

test('refuses the same cluster twice, and a plan that is blocked', async () => {
  const plan = await shop.plan(shop.input('eq-hdb'));
  expect(() => batchOf([row(plan), row(plan)])).toThrow(
    expect.objectContaining({ failure: expect.objectContaining({ code: 'same-target-twice' }) }),
  );
  const blocked = await shop.plan(shop.input('eq-rdb', { strategy: 'NO_RESTART' }));
  expect(() => batchOf([row(plan), row(blocked)])).toThrow(
    expect.objectContaining({ failure: expect.objectContaining({ code: 'plan-blocked' }) }),
  );
});
