/** Deployments followed by watch: live is told as soon as it is so, and by polls alone where nothing can be watched. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { targetAt } from '../../../src/commands/target-kinds';
import { createCodeFollower } from '../../../src/deploy/follow/code-follower';
import { kubernetesKind } from '../../../src/deploy/kubernetes/kind';
import { createLease } from '../../../src/operations/lease';
import { createTracker } from '../../../src/operations/tracker';
import { temporaryFolder } from '../../operations/given';
import { VirtualClock } from '../../virtual-clock';
import { openShop, Q_CODE, type Shop } from '../shop';
import { GW, inputFor, RDB } from './workloads';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());
beforeEach(async () => {
  await shop.sandbox.control.reset();
  await shop.write({ ...Q_CODE, 'version.q': `${Math.random()}\n` });
});

/** Follows what is in the ledger, by a clock that stands still unless it is moved. */
function follow() {
  const clock = new VirtualClock(Date.now());
  const target = (path: readonly string[]) => targetAt({ kind: kubernetesKind, path }, shop.ports);
  const tracker = createTracker({
    ledger: shop.ledger,
    lease: createLease(temporaryFolder(), 'w', clock),
    followers: [createCodeFollower(kubernetesKind, async ({ path }) => target(path), clock)],
    clock,
    rate: Number.POSITIVE_INFINITY,
    onCredentials: () => undefined,
  });
  tracker.start();
  return { clock, tracker };
}

const watchesAsked = async (): Promise<readonly string[]> =>
  (await shop.sandbox.control.requests({ service: 'kubernetes' }))
    .map(({ operation = '' }) => operation)
    .filter((operation) => operation.startsWith('watch'))
    .sort();

async function deploy(path: readonly string[]): Promise<string> {
  const { id, failure } = await shop.deploy(inputFor(shop, path));
  expect(failure).toBeUndefined();
  return id;
}

test('two of one namespace are told live by the watches that they share, with no wait between two polls', async () => {
  const ids = [await deploy(RDB), await deploy(GW)];
  const { clock, tracker } = follow();
  const before = clock.now();
  const all = ['watch deployments', 'watch pods', 'watch statefulsets'];
  await expect.poll(watchesAsked, { timeout: 10_000 }).toEqual(all);
  const states = (): readonly unknown[] => ids.map((id) => shop.ledger.operation(id)?.state);
  await expect
    .poll(
      async () => {
        await shop.sandbox.control.advance(10_000);
        return states();
      },
      { timeout: 30_000, interval: 100 },
    )
    .toEqual(['succeeded', 'succeeded']);
  expect(clock.now()).toBe(before);
  expect(await watchesAsked()).toEqual(all);
  await tracker.stop();
}, 60_000);

test('where a watch stays mute, polls tell it as ever', async () => {
  const id = await deploy(RDB);
  await shop.sandbox.control.fault({
    service: 'kubernetes',
    operation: 'watch statefulsets',
    kind: 'watch-mute',
  });
  const { clock, tracker } = follow();
  const state = (): unknown => shop.ledger.operation(id)?.state;
  await expect
    .poll(
      async () => {
        await shop.sandbox.control.advance(10_000);
        await clock.advance(5_000);
        return state();
      },
      { timeout: 30_000, interval: 100 },
    )
    .toBe('succeeded');
  await tracker.stop();
}, 60_000);
