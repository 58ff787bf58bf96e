/** A zip that was put before its bucket kept versions: S3 calls it `null`, and that is a version like any other. */
import { PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { KEEP } from '../../src/deploy/configuration';
import { DeployedZips } from '../../src/deploy/deployed-zips';
import { finspaceKind } from '../../src/deploy/finspace/kind';
import { storedCode } from '../../src/deploy/history/from-bucket';
import { deploymentsInLedger } from '../../src/deploy/history/from-ledger';
import { rollbackTo, rollbackToZip } from '../../src/deploy/rollback';
import type { CodeLocation } from '../../src/model/code';
import { allItems } from '../../src/model/page';
import { openShop, PROD, Q_CODE, SCRATCH, type Shop } from './shop';

const signal = new AbortController().signal;
const KEPT = { initializationScript: KEEP, commandLineArguments: KEEP };
let shop: Shop;
let key: string;
let earlier: CodeLocation;

beforeAll(async () => {
  shop = await openShop();
  const { objects } = shop.ports;
  const deploy = async (version: string) => {
    await shop.write({ ...Q_CODE, 'version.q': `v:${version}\n` });
    const { id, failure, plan } = await shop.deploy(shop.input('eq-rdb', {}, { bucket: SCRATCH }));
    if (failure) throw new Error(JSON.stringify(failure));
    expect((await shop.follow(id)).state).toBe('succeeded');
    return plan.next.code;
  };
  const first = await deploy('1');
  expect(first.versionId).toBeUndefined();
  key = first.key;
  earlier = { ...first, versionId: 'null' };
  const { credentials, region, url: endpoint } = shop.sandbox;
  const s3 = new S3Client({ region, endpoint, credentials, forcePathStyle: true });
  await s3.send(
    new PutBucketVersioningCommand({ Bucket: SCRATCH, VersioningConfiguration: { Status: 'Enabled' } }),
  );
  s3.destroy();
  // Another zip under the same name.
  const second = await deploy('2');
  const { bytes } = await objects.read(second, { start: 0, length: 1 << 20 }, signal);
  await objects.put({ ...first, body: bytes, contentType: 'application/zip', onlyIfAbsent: false }, signal);
});
afterAll(() => shop.close());

const options = () => ({
  destination: shop.input('eq-rdb', {}, { bucket: SCRATCH }).destination,
  strategy: 'ROLLING' as const,
});
const place = { kind: finspaceKind, accountId: '111122223333', region: 'us-east-1', path: [PROD, 'eq-rdb'] };

test('is listed by its id where it is not the latest', async () => {
  const { objects } = shop.ports;
  const versions = await allItems((next) => objects.listVersions(SCRATCH, key, next, signal));
  expect(versions).toMatchObject([
    { isLatest: true, versionId: expect.stringMatching(/^.{8,}$/) },
    { isLatest: false, versionId: 'null' },
  ]);
  const zips = await storedCode(objects, { bucket: SCRATCH, prefix: 'slipway' }, signal);
  expect(zips.map(({ at }) => at)).toContainEqual(earlier);
});

test('is read by its id, and answered with it', async () => {
  const { objects } = shop.ports;
  const [old, latest] = await Promise.all([
    objects.head(earlier, signal),
    objects.head({ bucket: SCRATCH, key }, signal),
  ]);
  expect(old).toMatchObject({ versionId: 'null' });
  expect(latest?.etag).not.toBe(old?.etag);
  expect(await objects.read(earlier, { start: 0, length: 9 }, signal)).toMatchObject({
    versionId: 'null',
    etag: old?.etag,
  });
});

test('is compared, deployed and told by its id', async () => {
  const zips = new DeployedZips(shop.ports.objects);
  const changes = await zips.compare(earlier, { bucket: SCRATCH, key }, signal);
  expect(JSON.stringify(changes)).toContain('version.q');
  expect(Buffer.from(await zips.read(earlier, 'version.q', signal)).toString()).toBe('v:1\n');

  const { id, plan } = await shop.deploy(rollbackToZip(earlier, KEPT, options()));
  expect(plan.next.code).toEqual(earlier);
  expect((await shop.follow(id)).state).toBe('succeeded');
  expect((await shop.cluster('eq-rdb')).configuration.code).toEqual({
    s3Bucket: SCRATCH,
    s3Key: key,
    s3ObjectVersion: 'null',
  });

  // A second deployment of it changes nothing, and a rollback to it brings it back.
  const again = await shop.plan(rollbackToZip(earlier, KEPT, options()));
  expect(again.parts).toEqual([]);
  const [deployment] = deploymentsInLedger(shop.ledger.operations(), place);
  if (deployment === undefined) throw new Error('the ledger has no deployment');
  expect(deployment.configuration.code).toEqual(earlier);
  const back = await shop.plan(rollbackTo(deployment, options()));
  expect(back.next.code).toEqual(earlier);
});
