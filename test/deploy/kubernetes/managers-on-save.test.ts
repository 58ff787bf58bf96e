/** Deploy on save beside each kind of manager: what it undoes is told at the next look, and never sent again by itself. */
import { afterAll, beforeEach, expect, test } from 'vitest';
import { createCodeFollower } from '../../../src/deploy/follow/code-follower';
import { kubernetesKind } from '../../../src/deploy/kubernetes/kind';
import { ON_SAVE_DEFAULTS } from '../../../src/deploy/targets/defaults';
import type { Operation } from '../../../src/operations/operation';
import { type KubernetesApi, kubernetesApi } from '../../sandbox/kubernetes/api';
import { saving } from '../saving';
import { hasty, openShop, Q_CODE, type Shop } from '../shop';
import { apiPath, inputFor, RDB, TRADING, takenIn } from './workloads';

const NEVER = new AbortController().signal;
const MINUTE = 60_000;

let shop: Shop | undefined;
let api: KubernetesApi;
beforeEach(async () => {
  await shop?.close();
  shop = await openShop();
  await shop.write(Q_CODE);
  api = await kubernetesApi(shop.sandbox, TRADING);
  // Its pods take longer than any of the managers does.
  const slow = { clusterName: TRADING, namespace: 'tick', pod: 'rdb-', readySeconds: 2_000 };
  await shop.sandbox.control.foreign({ kind: 'kubernetes-program', ...slow });
});
afterAll(() => shop?.close());

async function isUndone(): Promise<boolean> {
  const { json } = await api.get(apiPath(RDB));
  return !JSON.stringify((json.spec as { readonly template: object }).template).includes(
    'slipway.dev/code-digest"',
  );
}

/** A minute between two looks. @throws where a look that comes after it was undone does not end it. */
async function follow(of: Shop, id: string): Promise<Operation> {
  const { poll } = createCodeFollower(kubernetesKind, async () => of.reach(inputFor(of, RDB)).target, hasty);
  for (let looks = 0; looks < 20; looks += 1) {
    const undone = await isUndone();
    const seen = await poll(of.ledger.operation(id)!, NEVER);
    expect([undone, seen.state]).toEqual([undone, undone ? 'ended' : 'going-on']);
    if (seen.state === 'ended') {
      await of.ledger.record(id, { type: 'ended', outcome: seen.outcome });
      return of.ledger.operation(id)!;
    }
    if (seen.facts) await of.ledger.record(id, { type: 'observed', facts: seen.facts });
    await of.sandbox.control.advance(MINUTE);
  }
  throw new Error('nobody undid it');
}

test.each(['operator', 'replace', 'terraform'])('%s', async (manager) => {
  const of = shop!;
  const manage = () =>
    of.sandbox.control.foreign({
      kind: 'kubernetes-manager',
      clusterName: TRADING,
      namespace: 'tick',
      workload: 'statefulset/rdb',
      manager,
    });
  if (manager !== 'terraform') await manage();
  const { queue, news, ends } = saving(of, {
    input: inputFor(of, RDB),
    onSave: { ...ON_SAVE_DEFAULTS, debounceMs: 0 },
    follow: async (id) => {
      // It is applied once, after the save.
      if (manager === 'terraform') await manage();
      return await follow(of, id);
    },
  });
  await of.write({ 'version.q': 'saved\n' });
  queue.changed('save', 'version.q');
  await expect.poll(() => queue.state.paused, { timeout: 30_000 }).toBe('changed-by-others');
  expect(ends).toEqual([{ kind: 'failed', code: 'changed-back' }]);
  expect(news).toMatchObject([{ kind: 'paused', reason: 'changed-by-others' }]);

  await of.write({ 'version.q': 'saved again\n' });
  queue.changed('save', 'version.q');
  await of.sandbox.control.advance(30 * MINUTE);
  await queue.dispose();
  expect([await takenIn(of), ends.length]).toEqual([1, 1]);
});
