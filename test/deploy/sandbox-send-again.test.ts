/** A request to which no answer came, sent again by a click. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { maySendAgain, sendAgain } from '../../src/deploy/finspace/send-again';
import type { Clock } from '../../src/model/clock';
import { BUCKET, hasty, openShop, PROD, Q_CODE, type Shop } from './shop';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
  await shop.write(Q_CODE);
});
afterAll(() => shop.close());
beforeEach(() => shop.sandbox.control.reset());

const signal = new AbortController().signal;
const update = 'UpdateKxClusterCodeConfiguration';
const later = (ms: number): Clock => ({ ...hasty, now: () => Date.now() + ms });
const again = (id: string, clock = hasty) => sendAgain(shop.ledger.operation(id)!, shop.ports, clock, signal);

/** Sent, and nobody knows whether it arrived. */
async function unanswered(kind: 'reset' | 'reset-after'): Promise<string> {
  await shop.sandbox.control.fault({ kind, operation: update });
  const { id, failure } = await shop.deploy(shop.input('eq-rdb'));
  expect(failure).toMatchObject({ reason: 'network', answered: false });
  await shop.sandbox.control.clearFaults();
  return id;
}

test('arrives when it had not', async () => {
  const id = await unanswered('reset');
  expect(maySendAgain(shop.ledger.operation(id)!, Date.now())).toBe(true);
  const { requestId } = await again(id);
  await shop.ledger.record(id, { type: 'accepted', ...(requestId && { requestId }) });
  expect((await shop.follow(id)).state).toBe('succeeded');
  expect((await shop.cluster('eq-rdb')).updates).toHaveLength(1);
  expect(maySendAgain(shop.ledger.operation(id)!, Date.now())).toBe(false);
});

test('is taken for the same when it had arrived', async () => {
  const id = await unanswered('reset-after');
  await again(id);
  expect((await shop.follow(id)).state).toBe('succeeded');
  expect((await shop.cluster('eq-rdb')).updates).toHaveLength(1);
});

test('is refused once the token has died, and over a change by somebody else', async () => {
  const id = await unanswered('reset');
  const minutes = 60_000;
  expect(maySendAgain(shop.ledger.operation(id)!, Date.now() + 10 * minutes)).toBe(false);
  await expect(again(id, later(10 * minutes))).rejects.toMatchObject({ failure: { code: 'token-expired' } });
  const other = { ...shop.ports, identities: { whoAmI: async () => ({ accountId: '9', arn: 'a' }) } };
  await expect(sendAgain(shop.ledger.operation(id)!, other, hasty, signal)).rejects.toMatchObject({
    failure: { code: 'account-changed' },
  });
  await shop.sandbox.control.foreign({
    kind: 'kdb-configuration',
    environmentId: PROD,
    clusterName: 'eq-rdb',
    configuration: { code: { s3Bucket: BUCKET, s3Key: 'other.zip' } },
  });
  await expect(again(id)).rejects.toMatchObject({ failure: { code: 'drift' } });
  expect((await shop.cluster('eq-rdb')).updates).toEqual([]);
});
