/** What was deployed, and how it comes back: from the ledger, from the bucket's records, from a zip alone. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { clearAbandoned, clearLeftBehind, LEFT } from '../../src/deploy/apply/abandoned';
import { CLEAR, choicesOf } from '../../src/deploy/configuration';
import { DeployedZips } from '../../src/deploy/deployed-zips';
import { finspaceKind } from '../../src/deploy/finspace/kind';
import { mergeDeployments } from '../../src/deploy/history/deployment';
import { recordedDeployments, storedCode } from '../../src/deploy/history/from-bucket';
import { deploymentsInLedger, lastDeployment } from '../../src/deploy/history/from-ledger';
import { isAt, type Place } from '../../src/deploy/port/target-kind';
import { rollbackTo, rollbackToZip } from '../../src/deploy/rollback';
import { failed } from '../../src/model/failure';
import type { Operation } from '../../src/operations/operation';
import type { CodeConfiguration } from '../../src/sandbox/finspace/shapes';
import { BUCKET, hasty, openShop, PROD, Q_CODE, type Shop } from './shop';

let shop: Shop;
const before: CodeConfiguration[] = [];
const PLACE: Place = {
  kind: finspaceKind,
  accountId: '111122223333',
  region: 'us-east-1',
  path: [PROD, 'eq-rdb'],
};
const RECORDS = { bucket: BUCKET, prefix: 'slipway' };
const signal = new AbortController().signal;
const value = <T>(one: T) => ({ kind: 'value', value: one }) as const;

/** Three deployments that differ in all they can. */
beforeAll(async () => {
  shop = await openShop();
  const changes = [
    { initializationScript: value('rdb/init.q'), commandLineArguments: value([{ key: 's', value: '1' }]) },
    {
      initializationScript: value('gp/init.q'),
      commandLineArguments: value([
        { key: 's', value: '2' },
        { key: 'db', value: 'x y' },
      ]),
    },
    { initializationScript: CLEAR, commandLineArguments: CLEAR },
  ];
  for (const [index, change] of changes.entries()) {
    await shop.write({ ...Q_CODE, 'version.q': `v:${index}\n` });
    const { id, failure } = await shop.deploy(shop.input('eq-rdb', change));
    if (failure) throw new Error(JSON.stringify(failure));
    expect((await shop.follow(id)).state).toBe('succeeded');
    before.push((await shop.cluster('eq-rdb')).configuration);
  }
});
afterAll(() => shop.close());
beforeEach(() => shop.sandbox.control.clearRequests());

const inLedger = () => deploymentsInLedger(shop.ledger.operations(), PLACE);
const inBucket = async () =>
  (await recordedDeployments(shop.ports.objects, RECORDS, PLACE, 50, signal)).deployments;
const options = () => ({ destination: shop.input('eq-rdb').destination, strategy: 'ROLLING' as const });

describe('history', () => {
  test('is the same in ledger and bucket, except that the bucket does not know how it ended', async () => {
    const [ledger, bucket] = [inLedger(), await inBucket()];
    expect(ledger.map(({ outcome }) => outcome)).toEqual(['succeeded', 'succeeded', 'succeeded']);
    expect(bucket.map(({ outcome }) => outcome)).toEqual(['unrecorded', 'unrecorded', 'unrecorded']);
    for (const [index, one] of ledger.entries()) {
      const { at: _a, outcome: _o, ...same } = one;
      expect(bucket[index]).toMatchObject(same);
    }
  });

  test('has each deployment once, with what the ledger knows', async () => {
    const merged = mergeDeployments(inLedger().slice(1), await inBucket());
    expect(merged.map(({ operationId }) => operationId)).toEqual(
      inLedger().map(({ operationId }) => operationId),
    );
    expect(merged.map(({ outcome }) => outcome)).toEqual(['unrecorded', 'succeeded', 'succeeded']);
  });

  test('leaves out records of what was never sent', async () => {
    const ids = inLedger().map(({ operationId }) => operationId);
    const merged = mergeDeployments(inLedger().slice(1), await inBucket(), ids.slice(0, 1));
    expect(merged.map(({ operationId }) => operationId)).toEqual(ids.slice(1));
  });

  test('does not take in what others put there', async () => {
    const folder = `slipway/deployments/${PROD}/eq-rdb/`;
    const put = (key: string, body: string) =>
      shop.ports.objects.put(
        {
          bucket: BUCKET,
          key: `${folder}${key}`,
          body: Buffer.from(body),
          contentType: 'x',
          onlyIfAbsent: false,
        },
        signal,
      );
    const [newest] = (await shop.ports.objects.list(BUCKET, folder, undefined, signal)).items;
    const { bytes } = await shop.ports.objects.read(
      { bucket: BUCKET, key: newest!.key },
      { start: 0, length: 1e6 },
      signal,
    );
    const record = JSON.parse(Buffer.from(bytes).toString()) as object;
    await put('2030-01-01T00-00-00.000Z-aaa.json', 'no record');
    await put('2030-01-01T00-00-01.000Z-bbb.json', JSON.stringify({ ...record, accountId: '999922223333' }));
    await put('2030-01-01T00-00-02.000Z-ccc.json', JSON.stringify({ ...record, clusterName: 'eq-hdb' }));
    await put('notes.txt', 'notes');
    const found = await recordedDeployments(shop.ports.objects, RECORDS, PLACE, 50, signal);
    expect([found.deployments.length, found.unreadable.length, found.more]).toEqual([3, 3, false]);
    const few = await recordedDeployments(shop.ports.objects, RECORDS, PLACE, 4, signal);
    expect([few.deployments.length, few.more]).toEqual([1, true]);
  });

  test('compares any two by their directories alone', async () => {
    const zips = new DeployedZips(shop.ports.objects);
    const [third, , first] = inLedger();
    const changes = await zips.compare(first!.configuration.code, third!.configuration.code, signal);
    expect(changes).toMatchObject({ added: [], removed: [], changed: [{ path: 'version.q', size: 4 }] });
    const content = await zips.read(first!.configuration.code, 'version.q', signal);
    expect(Buffer.from(content).toString()).toBe('v:0\n');
    await expect(zips.read(first!.configuration.code, 'no.q', signal)).rejects.toMatchObject({
      failure: { code: 'no-such-entry' },
    });
  });

  test('knows what Slipway left on the cluster, also after a failure', async () => {
    expect(lastDeployment(shop.ledger.operations(), PLACE)).toMatchObject({
      operationId: inLedger()[0]?.operationId,
      configuration: inLedger()[0]?.configuration,
    });
    expect(lastDeployment(shop.ledger.operations(), { ...PLACE, path: [PROD, 'eq-hdb'] })).toBeUndefined();
    const plan = await shop.plan(shop.input('eq-rdb', { initializationScript: value('no.q') }));
    const failed = await shop.apply({ ...plan, checks: [] });
    expect((await shop.follow(failed.id)).state).toBe('failed');
    expect(lastDeployment(shop.ledger.operations(), PLACE)).toMatchObject({
      operationId: failed.id,
      configuration: plan.current.configuration,
    });
    const next = await shop.plan(
      shop.input('eq-rdb', { last: lastDeployment(shop.ledger.operations(), PLACE)! }),
    );
    expect(next.checks.find(({ id }) => id === 'drift')?.code).toBe('drift.as-left');
  });

  test('does not take an older deployment for what a newer one that cannot be read has left', () => {
    const [newest, ...older] = shop.ledger.operations().filter((one) => isAt(one, PLACE));
    const unreadable: Operation = { ...newest!, plan: { format: 'of a later version' } };
    expect(lastDeployment(older, PLACE)).toBeDefined();
    expect(lastDeployment([unreadable, ...older], PLACE)).toBeUndefined();
  });
});

describe('rollback', () => {
  const deploymentOf = (all: ReturnType<typeof inLedger>, index: number) =>
    all.findLast(
      ({ configuration }) => configuration.code.versionId === before[index]?.code?.s3ObjectVersion,
    )!;

  test('by the ledger restores code, script and arguments exactly, twice in a row', async () => {
    for (const index of [1, 0]) {
      const target = deploymentOf(inLedger(), index);
      const { id, plan, failure } = await shop.deploy(rollbackTo(target, options()));
      expect([failure, plan.origin]).toEqual([undefined, target.operationId]);
      expect((await shop.follow(id)).state).toBe('succeeded');
      expect((await shop.cluster('eq-rdb')).configuration).toEqual(before[index]);
      expect(inLedger()[0]).toMatchObject({ operationId: id, origin: target.operationId });
    }
  });

  test('by the records alone restores the same, twice in a row', async () => {
    for (const index of [2, 1]) {
      const target = deploymentOf(await inBucket(), index);
      const { id } = await shop.deploy(rollbackTo(target, options()));
      expect((await shop.follow(id)).state).toBe('succeeded');
      expect((await shop.cluster('eq-rdb')).configuration).toEqual(before[index]);
    }
  });

  test('to a zip without a record brings back code, with script and arguments as chosen', async () => {
    const zips = await storedCode(shop.ports.objects, RECORDS, signal);
    expect(zips).toHaveLength(3);
    const zip = zips.find(({ at }) => at.versionId === before[0]?.code?.s3ObjectVersion)!;
    const choices = choicesOf({ commandLineArguments: [{ key: 's', value: '7' }] });
    const { id, plan } = await shop.deploy(rollbackToZip(zip.at, choices, options()));
    expect(plan.origin).toBeUndefined();
    expect((await shop.follow(id)).state).toBe('succeeded');
    expect((await shop.cluster('eq-rdb')).configuration).toEqual({
      code: before[0]?.code,
      commandLineArguments: [{ key: 's', value: '7' }],
    });
  });

  test('on a general-purpose cluster is NO_RESTART only where it brings back everything', async () => {
    const target = deploymentOf(inLedger(), 1);
    const destination = shop.input('eq-analytics').destination;
    const plan = await shop.plan(rollbackTo(target, { destination, strategy: 'automatic' }));
    expect(plan.strategy).toBe('ROLLING');
    const blocked = await shop.plan(rollbackTo(target, { destination, strategy: 'NO_RESTART' }));
    expect(blocked.checks.find(({ id }) => id === 'no-restart')?.verdict).toBe('block');
  });
});

test('what an outage left in S3 is cleared later, once, and no other upload of the same zip', async () => {
  const at = { bucket: BUCKET, key: 'slipway/code/y.zip' };
  const start = () => shop.ports.objects.startMultipart({ ...at, contentType: 'x' }, signal);
  const journal = await shop.ledger.begin({
    kind: finspaceKind.operationKind,
    subject: (await shop.plan(shop.input('eq-rdb'))).subject,
    plan: {},
  });
  const { uploadId } = await start();
  await journal.step(LEFT, { ...at, uploads: [uploadId] });
  await shop.ledger.record(journal.id, { type: 'ended', outcome: { state: 'failed' } });
  const again = await start();
  const clear = (objects = async () => shop.ports.objects) => clearLeftBehind(shop.ledger, objects, hasty);

  const unavailable = failed({ kind: 'refused', code: 'sandbox-not-started', facts: {} });
  expect(await clear(() => Promise.reject(unavailable))).toEqual([
    { id: journal.id, failure: unavailable.failure },
  ]);
  const away = { service: 's3', kind: 'error', status: 503, code: 'SlowDown', message: 'later' } as const;
  await shop.sandbox.control.fault(away);
  expect(await clear()).toEqual([]);
  await shop.sandbox.control.clearFaults();
  expect(await shop.unfinishedUploads()).toBe(2);
  await clear();
  expect(await shop.unfinishedUploads()).toBe(1);
  await shop.ports.objects.abortMultipart(again, signal);
  await shop.sandbox.control.clearRequests();
  await clear();
  expect(await shop.sandbox.control.requests()).toEqual([]);
});

test('a process that died in the middle of an upload leaves nothing behind once it is cleared', async () => {
  const at = { bucket: BUCKET, key: 'slipway/code/x.zip' };
  const clock = { now: () => Date.now(), sleep: async () => undefined };
  for (const known of [true, false]) {
    const upload = await shop.ports.objects.startMultipart({ ...at, contentType: 'x' }, signal);
    await shop.ports.objects.putPart(upload, 1, Buffer.alloc(6 << 20), signal);
    const steps = [
      { name: 'uploading', at: 1, facts: at },
      ...(known ? [{ name: 'multipart', at: 2, facts: { ...upload } }] : []),
    ];
    expect(await shop.unfinishedUploads()).toBe(1);
    // Somebody between says that they are gone.
    await shop.sandbox.control.fault({
      kind: 'empty',
      operation: 'AbortMultipartUpload',
      status: 204,
      times: 3,
    });
    await expect(clearAbandoned({ steps } as never, shop.ports.objects, clock)).rejects.toMatchObject({
      failure: { code: 'parts-left' },
    });
    expect(await shop.unfinishedUploads()).toBe(1);
    await clearAbandoned({ steps } as never, shop.ports.objects, clock);
    expect(await shop.unfinishedUploads()).toBe(0);
  }
});
