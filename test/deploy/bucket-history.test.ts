/** What a bucket tells of deployments, with what others put there and what may not be read. */
import { describe, expect, test } from 'vitest';
import { finspaceKind } from '../../src/deploy/finspace/kind';
import { recordedDeployments, storedCode } from '../../src/deploy/history/from-bucket';
import { codeKey, recordKey } from '../../src/deploy/naming';
import type { ObjectStore, ObjectVersion } from '../../src/deploy/ports';
import { type DeploymentRecord, formatRecord } from '../../src/deploy/record';
import { type AwsFailure, type Failure, failed } from '../../src/model/failure';
import { awsFailure } from '../operations/data';

const ALWAYS = new AbortController().signal;
const OWNER = { region: 'us-east-1', accountId: '111122223333' };
const PLACE = { ...OWNER, kind: finspaceKind, path: ['e1', 'rdb'] };
const WHERE = { bucket: 'b', prefix: 'slipway' };
const denied: AwsFailure = awsFailure({ service: 's3', reason: 'access-denied', passing: false });

const recordAt = (at: number, change: Partial<DeploymentRecord> = {}): DeploymentRecord => ({
  ...OWNER,
  path: PLACE.path,
  operationId: `op${at}`,
  at,
  configuration: { code: { bucket: 'b', key: 'k.zip' }, commandLineArguments: [] },
  strategy: 'ROLLING',
  author: 'arn:aws:iam::111122223333:user/ann',
  ...change,
});
const keyOf = ({ at, operationId }: DeploymentRecord): string =>
  recordKey('slipway', ['e1', 'rdb'], { at, operationId });

/** A bucket with these objects, of which reading some fails. */
function bucketOf(contents: Readonly<Record<string, string | Failure>>): ObjectStore {
  const store: Partial<ObjectStore> = {
    list: async (_, prefix) => ({
      items: Object.keys(contents)
        .filter((key) => key.startsWith(prefix))
        .map((key) => ({ key, size: 1, isLatest: true })),
    }),
    read: async ({ key }) => {
      const content = contents[key];
      if (typeof content !== 'string') throw failed(content!);
      return { bytes: Buffer.from(content), size: content.length, etag: 'e' };
    },
  };
  return store as ObjectStore;
}

describe('the records of a cluster', () => {
  const records = [recordAt(1_000), recordAt(2_000, { digest: 'd', origin: 'o' }), recordAt(3_000)];
  const written = Object.fromEntries(
    records.map((record) => [keyOf(record), formatRecord(record, finspaceKind)]),
  );
  const read = (contents: Parameters<typeof bucketOf>[0], limit = 10) =>
    recordedDeployments(bucketOf(contents), WHERE, PLACE, limit, ALWAYS);

  test('are told newest first, up to the limit, and whether there are older ones', async () => {
    const all = await read(written, 3);
    expect(all.deployments.map(({ operationId }) => operationId)).toEqual(['op3000', 'op2000', 'op1000']);
    expect([all.more, all.unreadable]).toEqual([false, []]);
    expect(all.deployments[0]).not.toHaveProperty('digest');
    expect(all.deployments[1]).toMatchObject({ digest: 'd', origin: 'o', outcome: 'unrecorded' });
    const some = await read(written, 2);
    expect(some.deployments.map(({ at }) => at)).toEqual([3_000, 2_000]);
    expect(some.more).toBe(true);
  });

  test.each<[string, Partial<DeploymentRecord>]>([
    ['account', { accountId: '999922223333' }],
    ['region', { region: 'eu-west-1' }],
    ['environment', { path: ['e2', 'rdb'] }],
    ['cluster', { path: ['e1', 'hdb'] }],
  ])('do not count where another %s wrote them there', async (_, change) => {
    const key = keyOf(records[1]!);
    const { deployments, unreadable } = await read({
      ...written,
      [key]: formatRecord({ ...records[1]!, ...change }, finspaceKind),
    });
    expect(deployments.map(({ at }) => at)).toEqual([3_000, 1_000]);
    expect(unreadable).toEqual([key]);
  });

  test('are told without what is none, or may not be read', async () => {
    const [first, second] = records.map(keyOf);
    const found = await read({
      ...written,
      [first!]: 'no record',
      [second!]: denied,
      'slipway/deployments/e1/rdb/notes.txt': 'x',
    });
    expect(found.deployments.map(({ at }) => at)).toEqual([3_000]);
    expect(found.unreadable).toEqual([second, first]);
  });

  test('are not told where somebody left, or there are no keys', async () => {
    const key = keyOf(records[1]!);
    await expect(read({ ...written, [key]: { kind: 'cancelled' } })).rejects.toMatchObject({
      failure: { kind: 'cancelled' },
    });
    const expired = { kind: 'credentials', problem: 'expired', profile: 'p', message: 'm' } as const;
    await expect(read({ ...written, [key]: expired })).rejects.toMatchObject({ failure: expired });
  });
});

describe('the zips of a bucket', () => {
  const [one, two] = ['a', 'b'].map((letter) => letter.repeat(64));
  const version = (digest: string, parts: Partial<ObjectVersion> = {}): ObjectVersion => ({
    key: codeKey('slipway', digest),
    size: 5,
    isLatest: true,
    ...parts,
  });

  function storing(versions: readonly ObjectVersion[], failure?: AwsFailure): ObjectStore {
    const store: Partial<ObjectStore> = {
      listVersions: async () => {
        if (failure) throw failed(failure);
        return { items: versions };
      },
      list: async () => ({ items: versions.filter(({ isLatest }) => isLatest) }),
    };
    return store as ObjectStore;
  }

  const versions = [
    version(one!, { versionId: 'v1', modifiedAt: 1, isLatest: false }),
    version(two!, { versionId: 'null', modifiedAt: 3 }),
    version(one!, { versionId: 'v2', modifiedAt: 2 }),
    { key: 'slipway/code/readme.txt', size: 1, isLatest: true },
    version('c'.repeat(64)),
  ];

  test('are told in every version, newest first, and without what Slipway did not name', async () => {
    const found = await storedCode(storing(versions), WHERE, ALWAYS);
    expect(found.map(({ digest, at }) => [digest[0], at.versionId])).toEqual([
      ['b', undefined],
      ['a', 'v2'],
      ['a', 'v1'],
      ['c', undefined],
    ]);
    expect(found[0]?.at).toStrictEqual({ bucket: 'b', key: codeKey('slipway', two!) });
    expect(found.at(-1)).not.toHaveProperty('modifiedAt');
  });

  test('are told in their latest version where versions may not be listed', async () => {
    const found = await storedCode(storing(versions, denied), WHERE, ALWAYS);
    expect(found.map(({ digest }) => digest[0])).toEqual(['b', 'a', 'c']);
    const throttled = awsFailure({ service: 's3', reason: 'throttled' });
    await expect(storedCode(storing(versions, throttled), WHERE, ALWAYS)).rejects.toMatchObject({
      failure: { reason: 'throttled' },
    });
  });
});
