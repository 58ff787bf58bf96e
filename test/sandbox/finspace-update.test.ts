/** Code updates on the sandbox's FinSpace: what is taken, what is refused, and what becomes of it. */
import {
  FinspaceClient,
  GetKxClusterCommand,
  UpdateKxClusterCodeConfigurationCommand,
  type UpdateKxClusterCodeConfigurationCommandInput,
} from '@aws-sdk/client-finspace';
import { PutBucketPolicyCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { zipOf } from '../../src/sandbox/seed/zip';
import { expectFailure, judgedSandbox } from './judged-sandbox';

const aws = judgedSandbox();
const PROD = 'eq7prod3k9m2q4x8t6z5w1ab';
const DEV = 'eq7dev51r8c4n6y3v2h9s0kd';
const CODE = { s3Bucket: 'acme-kdb-code-111122223333', s3Key: 'equities/releases/equities.zip' };
const client = () => new FinspaceClient({ ...aws().sandbox.client, maxAttempts: 1 });

type Input = UpdateKxClusterCodeConfigurationCommandInput;

/** What a test sends may be wrong, or be what a read gave back with some of it absent. */
type Loose = { readonly [K in keyof Input]?: Input[K] | undefined };

const update = (input: Loose = {}) =>
  client().send(
    new UpdateKxClusterCodeConfigurationCommand({
      environmentId: PROD,
      clusterName: 'eq-rdb',
      code: CODE,
      ...input,
    } as Input),
  );
const read = (clusterName = 'eq-rdb', environmentId = PROD) =>
  client().send(new GetKxClusterCommand({ environmentId, clusterName }));

async function accepted(clusterName = 'eq-rdb') {
  const { kdbClusters } = await aws().state();
  return kdbClusters.find((one) => one.clusterName === clusterName)?.updates ?? [];
}

async function put(body: Buffer, bucket = CODE.s3Bucket, key = 'test/code.zip') {
  const s3 = new S3Client({ ...aws().sandbox.client, forcePathStyle: true });
  const { VersionId } = await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
  return { s3Bucket: bucket, s3Key: key, ...(VersionId !== undefined && { s3ObjectVersion: VersionId }) };
}

describe('an accepted update', () => {
  test('runs for twelve minutes and replaces the whole configuration', async () => {
    const before = await read();
    const code = await put(zipOf({ 'init.q': 'a:1\n', 'lib/util.q': 'b:2\n' }));
    expect(await update({ code, initializationScript: 'init.q' })).toMatchObject({
      $metadata: { httpStatusCode: 200 },
    });

    const during = await read();
    expect(during.status).toBe('UPDATING');
    await aws().minutes(11);
    expect((await read()).status).toBe('UPDATING');
    await aws().minutes(1);

    const after = await read();
    expect(after).toMatchObject({ status: 'RUNNING', code, initializationScript: 'init.q' });
    expect([after.commandLineArguments, after.statusReason]).toEqual([undefined, undefined]);
    expect(after.lastModifiedTimestamp?.getTime()).toBeGreaterThan(
      before.lastModifiedTimestamp?.getTime() ?? 0,
    );
    expect((await read()).lastModifiedTimestamp).toEqual(after.lastModifiedTimestamp);
    expect(await accepted()).toMatchObject([
      { by: 'caller', body: { code, initializationScript: 'init.q' }, ended: { outcome: 'live' } },
    ]);
  });

  test('with the same code is a legal restart', async () => {
    const { code, initializationScript, commandLineArguments } = await read();
    await update({ code, initializationScript, commandLineArguments });
    await aws().minutes(12);
    expect(await read()).toMatchObject({
      status: 'RUNNING',
      code,
      initializationScript,
      commandLineArguments,
    });
  });

  test('goes to a cluster that had no code', async () => {
    await update({ environmentId: DEV, clusterName: 'dev-scratch', initializationScript: 'gp/init.q' });
    await aws().minutes(12);
    expect(await read('dev-scratch', DEV)).toMatchObject({ code: CODE, initializationScript: 'gp/init.q' });
  });

  test('without restart keeps script and arguments, and is quicker', async () => {
    const { initializationScript, commandLineArguments } = await read('eq-analytics');
    const code = await put(zipOf({ 'gp/init.q': 'a:1\n' }));
    await update({
      clusterName: 'eq-analytics',
      code,
      deploymentConfiguration: { deploymentStrategy: 'NO_RESTART' },
    });
    await aws().minutes(2);
    expect(await read('eq-analytics')).toMatchObject({
      status: 'RUNNING',
      code,
      initializationScript,
      commandLineArguments,
    });
  });
});

describe('a token', () => {
  const sent = { clientToken: 'token-1', initializationScript: 'rdb/init.q' };

  test('that comes again with the same parameters changes nothing a second time', async () => {
    await update(sent);
    await update(sent);
    await aws().minutes(12);
    await update(sent);
    expect((await read()).status).toBe('RUNNING');
    expect(await accepted()).toHaveLength(1);
  });

  test('that comes again with other parameters is refused', async () => {
    await update(sent);
    const { reason } = await expectFailure(
      update({ ...sent, initializationScript: 'hdb/init.q' }),
      409,
      'ConflictException',
    );
    expect(reason).toBe('IDEMPOTENT_PARAMETER_MISMATCH');
  });

  test('is forgotten after its minutes', async () => {
    await aws().sandbox.control.settings({ finspace: { tokenMinutes: 0 } });
    await update(sent);
    await aws().minutes(12);
    await update(sent);
    expect(await accepted()).toHaveLength(2);
  });

  test('of two requests at once starts one update', async () => {
    await Promise.all([update(sent), update(sent)]);
    expect(await accepted()).toHaveLength(1);
  });
});

describe('refused for the state of things', () => {
  test('while another update runs', async () => {
    await update();
    const { reason } = await expectFailure(
      update({ initializationScript: 'rdb/init.q' }),
      409,
      'ConflictException',
    );
    expect(reason).toBe('CLUSTER_NOT_RUNNING');
  });

  test('two at once: one is taken, one refused', async () => {
    const both = await Promise.allSettled([update(), update()]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await accepted()).toHaveLength(1);
  });

  test.each(['dev-hdb-resize', 'dev-gateway-old', 'dev-tickerplant'])('%s', async (clusterName) => {
    await expectFailure(update({ environmentId: DEV, clusterName }), 409, 'ConflictException');
  });

  test('in an environment that is not CREATED', async () => {
    const suspended = { environmentId: 'rates2uat6j4p8b1f7g3d5mq', clusterName: 'rates-hdb' };
    const { reason } = await expectFailure(update(suspended), 409, 'ConflictException');
    expect(reason).toBe('ENVIRONMENT_NOT_CREATED');
  });

  test.each([
    ['a cluster', { clusterName: 'nobody' }],
    ['an environment', { environmentId: 'nobody' }],
  ])('%s that does not exist', async (_, where) => {
    await expectFailure(update(where), 404, 'ResourceNotFoundException');
  });
});

describe('refused for its input', () => {
  const quick = { deploymentStrategy: 'NO_RESTART' } as const;
  test.each<[string, Loose]>([
    ['no code', { code: undefined }],
    ['no bucket', { code: { s3Key: 'a.zip' } }],
    ['a bucket with capitals', { code: { ...CODE, s3Bucket: 'Bucket' } }],
    ['a key with a space', { code: { ...CODE, s3Key: 'a b.zip' } }],
    ['an empty version', { code: { ...CODE, s3ObjectVersion: '' } }],
    ['a script with a space', { initializationScript: 'a b.q' }],
    ['a script of 256 characters', { initializationScript: 'a'.repeat(256) }],
    [
      'an argument key that goes on after the pattern',
      { commandLineArguments: [{ key: 'secret;rm', value: '1' }] },
    ],
    ['an argument key of one letter', { commandLineArguments: [{ key: 'p', value: '1' }] }],
    ['an argument key of AWS', { commandLineArguments: [{ key: 'awsRegion', value: '1' }] }],
    ['an argument value with a quote', { commandLineArguments: [{ key: 's', value: '"1"' }] }],
    ['an empty argument value', { commandLineArguments: [{ key: 's', value: '' }] }],
    ['a token with an underscore', { clientToken: 'a_b' }],
    ['a token of 65 characters', { clientToken: 'a'.repeat(65) }],
    [
      'a strategy that does not exist',
      { deploymentConfiguration: { deploymentStrategy: 'SLOW' as 'FORCE' } },
    ],
    ['NO_RESTART on another type than GP', { deploymentConfiguration: quick }],
    [
      'NO_RESTART with a script',
      { clusterName: 'eq-analytics', deploymentConfiguration: quick, initializationScript: 'gp/init.q' },
    ],
    [
      'NO_RESTART with arguments',
      { clusterName: 'eq-analytics', deploymentConfiguration: quick, commandLineArguments: [] },
    ],
  ])('%s', async (_, input) => {
    await expectFailure(update(input), 400, 'ValidationException');
    expect(await accepted(input.clusterName)).toEqual([]);
  });

  test.each(['s', 'AWS_ZIP_DEFAULT', 'tp_port'])('the argument key %s is taken', async (key) => {
    await update({ commandLineArguments: [{ key, value: '10,2:a;b /x' }] });
    expect(await accepted()).toHaveLength(1);
  });
});

describe('the object in S3', () => {
  test.each([
    ['bucket does not exist', { s3Bucket: 'nobody-has-this', s3Key: 'a.zip' }],
    ['object does not exist', { ...CODE, s3Key: 'a.zip' }],
    ['version does not exist', { ...CODE, s3ObjectVersion: 'none' }],
    [
      'bucket is in another region',
      { s3Bucket: 'acme-kdb-code-emea-111122223333', s3Key: 'emea/releases/equities.zip' },
    ],
  ])('%s', async (words, code) => {
    const { message } = await expectFailure(update({ code }), 400, 'ValidationException');
    expect(message).toMatch(words.includes('region') ? /not in us-east-1/ : /does not exist/);
  });

  test('must be readable for FinSpace', async () => {
    const code = await put(zipOf({ 'init.q': '' }), 'acme-market-data-111122223333');
    const { message } = await expectFailure(update({ code }), 400, 'ValidationException');
    expect(message).toContain('not allowed s3:ListBucket');
  });

  test('a policy for another environment does not help', async () => {
    const s3 = new S3Client({ ...aws().sandbox.client, forcePathStyle: true });
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: { Service: 'finspace.amazonaws.com' },
        Action: 's3:*',
        Resource: ['arn:aws:s3:::acme-kdb-code-111122223333', 'arn:aws:s3:::acme-kdb-code-111122223333/*'],
        Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:finspace:*:*:kxEnvironment/other/*' } },
      },
    });
    await s3.send(new PutBucketPolicyCommand({ Bucket: CODE.s3Bucket, Policy }));
    await expectFailure(update(), 400, 'ValidationException');
  });

  test('is the version that was asked for, though a newer one is there', async () => {
    const code = await put(zipOf({ 'first.q': '' }));
    await put(zipOf({ 'second.q': '' }));
    await update({ code, initializationScript: 'first.q' });
    await aws().minutes(12);
    expect(await read()).toMatchObject({ code, initializationScript: 'first.q' });
  });
});

describe('an update that fails', () => {
  const bad = { initializationScript: 'no/such.q' };

  test('for its script: back to RUNNING with a reason and the configuration as it was', async () => {
    const { code, initializationScript, commandLineArguments } = await read();
    await update(bad);
    expect((await read()).status).toBe('UPDATING');
    await aws().minutes(12);
    const after = await read();
    expect(after).toMatchObject({ status: 'RUNNING', code, initializationScript, commandLineArguments });
    expect(after.statusReason).toBe('Initialization script no_such.q was not found in the code zip.');
    expect(await accepted()).toMatchObject([{ ended: { outcome: 'failed' } }]);
  });

  test('for its script: stuck for months', async () => {
    await aws().sandbox.control.settings({ finspace: { badScript: 'stuck' } });
    await update(bad);
    await aws().minutes(60 * 24 * 90);
    expect((await read()).status).toBe('UPDATING');
  });

  test('for a zip that is none', async () => {
    await update({ code: await put(Buffer.from('no zip')), initializationScript: 'init.q' });
    await aws().minutes(12);
    expect((await read()).statusReason).toContain('could not be extracted');
  });

  test('for a zip with one flipped byte in a file', async () => {
    const zip = zipOf({ 'init.q': 'a:1 2 3\n'.repeat(40) });
    const at = 30 + 'init.q'.length + 12;
    zip[at] = (zip[at] ?? 0) ^ 0x10;
    await update({ code: await put(zip), initializationScript: 'init.q' });
    await aws().minutes(12);
    expect((await read()).statusReason).toContain('could not be extracted');
  });

  test('and the next one that succeeds clears the reason', async () => {
    await update(bad);
    await aws().minutes(12);
    await update({ initializationScript: 'rdb/init.q' });
    await aws().minutes(12);
    expect(await read()).toMatchObject({ status: 'RUNNING', initializationScript: 'rdb/init.q' });
    expect((await read()).statusReason).toBeUndefined();
  });
});

describe('what a caller sees while it runs', () => {
  const code = { ...CODE };
  const settings = (finspace: object) => aws().sandbox.control.settings({ finspace });

  test('UPDATING may come late', async () => {
    await settings({ updatingAfterMinutes: 2 });
    const before = await read();
    await update({ code, initializationScript: 'rdb/init.q' });
    const early = await read();
    expect([early.status, early.lastModifiedTimestamp]).toEqual(['RUNNING', before.lastModifiedTimestamp]);
    await expectFailure(update({ clientToken: 'other' }), 409, 'ConflictException');
    await aws().minutes(2);
    expect((await read()).status).toBe('UPDATING');
  });

  test('UPDATING may never be seen', async () => {
    await settings({ updatingSeen: false });
    await update({ code, initializationScript: 'hdb/init.q' });
    expect((await read()).status).toBe('RUNNING');
    await aws().minutes(12);
    expect(await read()).toMatchObject({ status: 'RUNNING', initializationScript: 'hdb/init.q' });
  });

  test('the configuration may be shown from the start, and is taken back when the update fails', async () => {
    await settings({ configurationShown: 'start' });
    const before = await read();
    await update({ code, initializationScript: 'no-such.q' });
    expect(await read()).toMatchObject({ status: 'UPDATING', initializationScript: 'no-such.q' });
    await aws().minutes(12);
    expect((await read()).initializationScript).toBe(before.initializationScript);
  });
});

describe('somebody else', () => {
  const where = { environmentId: PROD, clusterName: 'eq-rdb' };
  const foreign = (action: object) => aws().sandbox.control.foreign(action);

  test('changes the configuration from one moment to the next', async () => {
    const before = await read();
    await foreign({
      kind: 'kdb-configuration',
      ...where,
      configuration: { code: CODE, initializationScript: 'x.q' },
    });
    const after = await read();
    expect(after).toMatchObject({ status: 'RUNNING', initializationScript: 'x.q' });
    expect(after.lastModifiedTimestamp).not.toEqual(before.lastModifiedTimestamp);
  });

  test('starts an update', async () => {
    await foreign({ kind: 'kdb-update', ...where, code: CODE, initializationScript: 'rdb/init.q' });
    expect((await read()).status).toBe('UPDATING');
    expect(await accepted()).toMatchObject([{ by: 'foreign' }]);
  });

  test('makes a cluster with no code', async () => {
    await foreign({ kind: 'kdb-cluster', environmentId: PROD, clusterName: 'fresh', clusterType: 'RDB' });
    expect(await read('fresh')).toMatchObject({ status: 'RUNNING', clusterType: 'RDB' });
    expect((await read('fresh')).code).toBeUndefined();
  });

  test.each([
    ['an unknown kind', { kind: 'sabotage' }],
    [
      'a cluster that does not exist',
      { kind: 'kdb-update', environmentId: PROD, clusterName: 'nobody', code: CODE },
    ],
    ['a missing member', { kind: 'kdb-configuration', ...where }],
  ])('is told of %s', async (_, action) => {
    await expect(foreign(action)).rejects.toThrow(/400/);
  });
});

test.each([
  ['an unknown setting', { finspace: { speed: 1 } }],
  ['a wrong value', { finspace: { ended: 'maybe' } }],
])('%s is refused and changes nothing', async (_, change) => {
  await expect(aws().sandbox.control.settings(change)).rejects.toThrow(/400/);
});
