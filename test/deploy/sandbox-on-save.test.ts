/** A save's way to an accepted update: what goes over the wire, and what stops it. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { decide } from '../../src/deploy/on-save/decide';
import { rememberReadings } from '../../src/deploy/on-save/remembered-readings';
import type { PlanInput } from '../../src/deploy/plan/input';
import { planDeployment } from '../../src/deploy/plan/plan-deployment';
import { hasty, openShop, Q_CODE, type Shop } from './shop';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());
beforeEach(async () => {
  await shop.sandbox.control.reset();
  await shop.write(Q_CODE);
});

const signal = new AbortController().signal;
const input = (change: Partial<PlanInput> = {}) =>
  shop.input('eq-analytics', { strategy: 'automatic', unread: true, ...change });

describe('a save', () => {
  test('puts zip and record, reads back the zip, looks at the cluster, and updates: nothing else', async () => {
    const readings = rememberReadings(hasty, 60_000);
    const context = { ports: shop.ports, packer: shop.packer, clock: hasty, read: readings.read };
    await planDeployment(input(), context, signal);
    await shop.write({ 'lib/util.q': '.util.log:{-1 x;}\n' });
    await shop.sandbox.control.clearRequests();

    const plan = await planDeployment(input(), context, signal);
    expect([decide(plan), plan.strategy]).toEqual([{ kind: 'deploy' }, 'NO_RESTART']);
    const { id, failure } = await shop.apply(plan);
    expect(failure).toBeUndefined();
    const requests = await shop.sandbox.control.requests();
    expect(requests.map(({ operation }) => operation).sort()).toEqual([
      'GetKxCluster',
      'GetObject',
      'PutObject',
      'PutObject',
      'UpdateKxClusterCodeConfiguration',
    ]);

    expect((await shop.follow(id)).state).toBe('succeeded');
    const stale = await planDeployment(input(), context, signal);
    expect(decide(stale)).toEqual({ kind: 'deploy' });
    expect((await shop.apply(stale)).failure).toMatchObject({ code: 'drift' });
    const { environmentId, clusterName, connection } = input().destination;
    readings.learn(connection.id, await shop.ports.finspace.getCluster(environmentId, clusterName, signal));
    expect(decide(await planDeployment(input(), context, signal))).toEqual({ kind: 'unchanged' });
    readings.clear();
    expect(decide(await planDeployment(input(), context, signal))).toEqual({ kind: 'unchanged' });
  });

  test('of code that is in the bucket already, and not on the cluster, uses it', async () => {
    const first = await shop.deploy(input());
    await shop.follow(first.id);
    const other = await shop.plan(shop.input('eq-rdb', { unread: true }));
    const { id, failure } = await shop.apply(other);
    expect(failure).toBeUndefined();
    expect((await shop.follow(id)).state).toBe('succeeded');
    const puts = await shop.sandbox.control.requests({ operation: 'PutObject' });
    expect(puts.filter(({ path }) => path.endsWith('.zip')).map(({ status }) => status)).toEqual([200, 412]);
    expect((await shop.cluster('eq-rdb')).configuration.code).toEqual(
      (await shop.cluster('eq-analytics')).configuration.code,
    );
  });

  test('never asks: what would ask, or is blocked, does not begin', async () => {
    const plan = (change: Partial<PlanInput>) => shop.plan(input(change));
    const blocked = (code: string) => ({ kind: 'blocked', code });
    expect(decide(await plan({ strategy: 'FORCE' }))).toEqual(blocked('confirmation'));
    expect(decide(await plan({ target: { name: 'prod', protected: true } }))).toEqual(
      blocked('confirmation'),
    );
    const script = { kind: 'value', value: 'no.q' } as const;
    expect(decide(await plan({ initializationScript: script }))).toEqual(blocked('script.not-in-zip'));
    const last = { operationId: 'x', at: 1, configuration: { commandLineArguments: [] } };
    expect(decide(await plan({ last }))).toEqual(blocked('drift.changed'));
    await shop.deploy(input());
    await shop.write({ 'lib/util.q': 'a:1\n' });
    expect(decide(await plan({}))).toEqual({ kind: 'busy' });
  });
});
