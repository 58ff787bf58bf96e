/** What a save asks of a cluster does not wait for what it does beside that: each of these would wait for ever if it did. */
import { expect, test } from 'vitest';
import { planDeployment } from '../../../src/deploy/plan/plan-deployment';
import type { ObjectStore } from '../../../src/deploy/ports';
import { hasty, type Shop } from '../shop';
import { useShop } from '../use-shop';
import { inputFor, RDB } from './workloads';

const NEVER = new AbortController().signal;

const shop = useShop();

/** Until the cluster was asked so since the log was cleared. */
async function asked(method: string, isDryRun: boolean): Promise<void> {
  const isIt = async (): Promise<boolean> =>
    (await shop.sandbox.control.requests({ service: 'kubernetes' })).some(
      (one) =>
        one.method === method && /statefulsets\/rdb/.test(one.path) && /dryRun/.test(one.query) === isDryRun,
    );
  await expect.poll(isIt, { timeout: 30_000 }).toBe(true);
}

test('the dry run of a save goes out while its folder is being packed', async () => {
  const input = inputFor(shop, RDB, { unread: true });
  const packer = {
    scan: async (...order: Parameters<Shop['packer']['scan']>) => {
      await asked('PATCH', true);
      return shop.packer.scan(...order);
    },
  };
  const plan = await planDeployment(input, { ...shop.reach(input), packer, clock: hasty }, NEVER);
  expect(plan.checks.find(({ id }) => id === 'rehearsal')).toMatchObject({ code: 'rehearsal.taken' });
  expect(plan.next.code.key).toContain(plan.source.kind === 'folder' ? plan.source.digest : 'a digest');
});

test('the last look goes out while the zip is being stored', async () => {
  const plan = await shop.plan(inputFor(shop, RDB));
  await shop.sandbox.control.clearRequests();
  const put: ObjectStore['put'] = async (...order) => {
    if (order[0].key.endsWith('.zip')) await asked('GET', false);
    return shop.ports.objects.put(...order);
  };
  const objects = new Proxy(shop.ports.objects, {
    get: (store, name) => (name === 'put' ? put : Reflect.get(store, name)),
  });
  const { failure } = await shop.apply(plan, { context: { ports: { ...shop.ports, objects } } });
  expect(failure).toBeUndefined();
});
