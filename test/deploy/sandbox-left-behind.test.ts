/** Parts of uploads that cannot be removed, or nobody knows whether they are there: told, and cleared when that passes. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { clearLeftBehind, LEFT } from '../../src/deploy/apply/abandoned';
import type { Fault } from '../../src/sandbox/fault-syntax';
import { noise } from '../package/fixture';
import { BUCKET, hasty, openShop, Q_CODE, type Shop } from './shop';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
  await shop.write({ ...Q_CODE, 'data/big.bin': noise(17 * 1024 * 1024) });
});
afterAll(() => shop.close());
beforeEach(() => shop.sandbox.control.reset());

const denied = (operation: string): Fault => ({
  kind: 'error',
  operation,
  status: 403,
  code: 'AccessDenied',
  message: 'Not allowed.',
});
/** What a proxy may answer in S3's place. */
const gone: Fault = { kind: 'empty', operation: 'AbortMultipartUpload', status: 204 };
const startsLost: Fault = { kind: 'reset-after', operation: 'CreateMultipartUpload' };

const clear = () => clearLeftBehind(shop.ledger, async () => shop.ports.objects, hasty);

/** What is told as left behind by a deployment that fails of these faults, which have passed then. */
async function leftAfter(...faults: readonly Fault[]) {
  await shop.sandbox.control.fault(...faults);
  const { id, failure } = await shop.deploy(shop.input('eq-rdb'));
  expect([failure?.kind, shop.ledger.operation(id)?.state]).toEqual(['aws', 'failed']);
  await shop.sandbox.control.clearFaults();
  const steps = shop.ledger.operation(id)?.steps ?? [];
  return steps.filter(({ name }) => name === LEFT).map(({ facts }) => facts);
}

async function expectNothingAsked(): Promise<void> {
  await shop.sandbox.control.clearRequests();
  expect([await clear(), await shop.sandbox.control.requests()]).toEqual([[], []]);
}

test('uploads whose start and list are never answered are told as unseen, and found later', async () => {
  const left = await leftAfter(startsLost, { kind: 'reset', operation: 'ListMultipartUploads' });
  expect(left).toMatchObject([{ bucket: BUCKET, uploads: [], unseen: true }]);
  expect(await shop.unfinishedUploads()).toBe(15);
  expect([await clear(), await shop.unfinishedUploads()]).toEqual([[], 0]);
  await expectNothingAsked();
});

test('uploads that nobody may list are told, and given up when they may not be listed later either', async () => {
  expect(await leftAfter(startsLost, denied('ListMultipartUploads'))).toMatchObject([{ unseen: true }]);
  await shop.sandbox.control.fault(denied('ListMultipartUploads'));
  expect(await clear()).toEqual([]);
  await expectNothingAsked();
});

test('a deployment that is stored whole tells of nothing where nobody may list', async () => {
  await shop.sandbox.control.fault(denied('ListMultipartUploads'));
  const { id, failure } = await shop.deploy(shop.input('eq-rdb'));
  expect(failure).toBeUndefined();
  expect(shop.ledger.operation(id)?.steps.map(({ name }) => name)).not.toContain(LEFT);
});

test('uploads that somebody else says are removed are told as left, and removed later', async () => {
  const left = await leftAfter(denied('CompleteMultipartUpload'), gone);
  expect(left).toMatchObject([{ uploads: [expect.any(String)], unseen: false }]);
  await shop.sandbox.control.fault({ ...gone, times: 3 });
  expect(await clear()).toMatchObject([{ failure: { code: 'parts-left' } }]);
  expect([await clear(), await shop.unfinishedUploads()]).toEqual([[], 0]);
  await expectNothingAsked();
});

test('uploads that are removed while the list does not come are told, and looked for later', async () => {
  const outage: Fault = { kind: 'empty', operation: 'ListMultipartUploads', status: 503, after: 1 };
  const left = await leftAfter(denied('CompleteMultipartUpload'), outage, gone);
  expect(left).toMatchObject([{ uploads: [expect.any(String)] }]);
  expect([await clear(), await shop.unfinishedUploads()]).toEqual([[], 0]);
  await expectNothingAsked();
});

test('an upload that begins after its start was given up is told of before, and found later', async () => {
  await shop.sandbox.control.fault({ ...startsLost, times: 1 });
  const { id, failure } = await shop.deploy(shop.input('eq-rdb'));
  const left = shop.ledger.operation(id)?.steps.find(({ name }) => name === LEFT)?.facts;
  expect([failure, left]).toMatchObject([undefined, { uploads: [], unseen: true }]);
  const at = { bucket: BUCKET, key: String(left?.['key']), contentType: 'x' };
  await shop.ports.objects.startMultipart(at, new AbortController().signal);
  expect((await shop.follow(id)).state).toBe('succeeded');
  expect([await clear(), await shop.unfinishedUploads()]).toEqual([[], 0]);
  await expectNothingAsked();
});

test('a start that is merely throttled at first leaves nothing to tell', async () => {
  const code = 'SlowDown';
  await shop.sandbox.control.fault({
    kind: 'error',
    operation: 'CreateMultipartUpload',
    ...{ status: 503, code, message: 'Later.', times: 4 },
  });
  const { id, failure } = await shop.deploy(shop.input('eq-rdb'));
  expect(failure).toBeUndefined();
  expect(shop.ledger.operation(id)?.steps.map(({ name }) => name)).not.toContain(LEFT);
});

test('uploads that were begun before or after the operation are left alone', async () => {
  const left = await leftAfter(startsLost, { kind: 'reset', operation: 'ListMultipartUploads' });
  const [{ key }] = left as [{ key: string }];
  const objects = shop.ports.objects;
  const list: typeof objects.listMultiparts = async (...parts) => {
    const page = await objects.listMultiparts(...parts);
    const items = page.items.map((one, index) => ({
      ...one,
      ...(index < 2 && { startedAt: Date.now() + (index === 0 ? -600_000 : 600_000) }),
    }));
    return { ...page, items };
  };
  const shifted = new Proxy(objects, {
    get: (target, name) => (name === 'listMultiparts' ? list : Reflect.get(target, name)),
  });
  expect(await clearLeftBehind(shop.ledger, async () => shifted, hasty)).toEqual([]);
  expect(
    (await objects.listMultiparts(BUCKET, key, undefined, new AbortController().signal)).items,
  ).toHaveLength(2);
});
