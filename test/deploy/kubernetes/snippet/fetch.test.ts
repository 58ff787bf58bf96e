/** The script that fetches the code, run by real shells against the S3 of the sandbox. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import {
  CreateBucketCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { zipOf } from '../../../../src/sandbox/seed/zip';
import { oneInTen } from '../../../cases';
import { startTestSandbox, type TestSandbox } from '../../../sandbox/start';
import { type Ended, runScript, type Volumes, volumes } from './container';
import { type AwsProgram, awsPrograms, type Shell, shells } from './shells';
import { smallDisk } from './small-disk';

const BUCKET = 'code';
const KEY = 'hdb/a b+c;$(id).zip';
const ZIPS = [zipOf({ 'init.q': 'x:1\n' }), zipOf({ 'init.q': 'x:2\n' })] as const;
const digestOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/**
 * Each shell once: dash with the AWS CLI where there is one, and the others with the stand-in, which is quicker. Where these
 * can be run, the slower one tries a tenth.
 */
async function settings(): Promise<readonly (readonly [string, Shell, AwsProgram, boolean])[]> {
  const { cli, standIn } = await awsPrograms();
  const all = await shells();
  const isAnother = all.slice(1).some(({ missing }) => missing === undefined);
  return all.map((shell, index) => {
    const aws = index === 0 && cli !== undefined ? cli : standIn;
    const skipped = shell.missing === undefined ? '' : ` (skipped: ${shell.missing})`;
    return [`${shell.name} and ${aws.name}${skipped}`, shell, aws, aws === cli && isAnother];
  });
}

let sandbox: TestSandbox;
const versions: string[] = [];
beforeAll(async () => {
  sandbox = await startTestSandbox({ empty: true });
  const s3 = new S3Client({ ...sandbox.client, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  await s3.send(
    new PutBucketVersioningCommand({ Bucket: BUCKET, VersioningConfiguration: { Status: 'Enabled' } }),
  );
  for (const Body of ZIPS) {
    const { VersionId } = await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: KEY, Body }));
    versions.push(VersionId!);
  }
});
afterAll(() => sandbox.stop());

describe.each(await settings())('fetch.sh with %s', (setting, shell, aws, isSlower) => {
  let pod: Volumes;
  beforeEach(async () => {
    pod = await volumes();
  });
  afterEach(async () => {
    await sandbox.control.clearFaults();
    await pod.remove();
  });
  const whole = it.skipIf(shell.missing !== undefined);
  const runs = isSlower ? oneInTen(whole, setting) : whole;

  function fetchCode(
    env: Readonly<Record<string, string>> = {},
    at: Pick<Volumes, 'work' | 'code'> = pod,
  ): Promise<Ended> {
    return runScript({ ...shell, path: `${aws.folder}:${shell.path}` }, 'fetch', at, {
      AWS_ENDPOINT_URL: sandbox.url,
      AWS_REGION: sandbox.region,
      AWS_ACCESS_KEY_ID: sandbox.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: sandbox.credentials.secretAccessKey,
      AWS_MAX_ATTEMPTS: '1',
      SLIPWAY_BUCKET: BUCKET,
      SLIPWAY_PREFIX: 'hdb/',
      SLIPWAY_PATIENCE: '0',
      SLIPWAY_PAUSE: '1',
      SLIPWAY_CODE_URI: `s3://${BUCKET}/${KEY}`,
      SLIPWAY_CODE_VERSION: versions[0]!,
      SLIPWAY_CODE_DIGEST: digestOf(ZIPS[0]),
      ...env,
    });
  }

  runs('proves the very version that is named, again and again', async () => {
    for (const time of [1, 2]) {
      const { exitCode, message, log } = await fetchCode();
      expect([time, exitCode, message]).toEqual([time, 0, digestOf(ZIPS[0])]);
      expect(log).toContain(`Fetching s3://${BUCKET}/${KEY} version ${versions[0]}`);
    }
    expect(await readdir(pod.work)).toEqual(['code.zip']);
    expect((await readFile(join(pod.work, 'code.zip'))).equals(ZIPS[0])).toBe(true);
    const newest = await fetchCode({ SLIPWAY_CODE_VERSION: '', SLIPWAY_CODE_DIGEST: digestOf(ZIPS[1]) });
    expect([newest.exitCode, newest.message]).toEqual([0, digestOf(ZIPS[1])]);
  });

  runs('says none where there is no annotation, and leaves no zip of before', async () => {
    await writeFile(join(pod.work, 'code.zip'), 'old');
    const { exitCode, message } = await fetchCode({
      SLIPWAY_CODE_URI: '',
      SLIPWAY_CODE_VERSION: '',
      SLIPWAY_CODE_DIGEST: '',
    });
    expect([exitCode, message, await readdir(pod.work)]).toEqual([0, 'none', []]);
  });

  runs('refuses another digest', async () => {
    const { exitCode, message } = await fetchCode({ SLIPWAY_CODE_DIGEST: digestOf(ZIPS[1]) });
    expect(exitCode).toBe(14);
    expect(message).toBe(
      `error: the digest of s3://${BUCKET}/${KEY} version ${versions[0]} is ${digestOf(ZIPS[0])}, and slipway.dev/code-digest says ${digestOf(ZIPS[1])}`,
    );
    expect(await readdir(pod.work)).toEqual([]);
  });

  runs.each<readonly [string, Readonly<Record<string, string>>]>([
    ['version', { SLIPWAY_CODE_VERSION: 'gone' }],
    ['key', { SLIPWAY_CODE_URI: `s3://${BUCKET}/hdb/gone.zip`, SLIPWAY_CODE_VERSION: '' }],
    ['bucket', { SLIPWAY_BUCKET: 'gone', SLIPWAY_CODE_URI: 's3://gone/hdb/a.zip', SLIPWAY_CODE_VERSION: '' }],
  ])('says which %s is missing', async (_missing, env) => {
    const { exitCode, message } = await fetchCode(env);
    expect(exitCode).toBe(13);
    expect(message).toContain(
      `error: there is no such version: ${env['SLIPWAY_CODE_URI'] ?? `s3://${BUCKET}/${KEY} version gone`} (`,
    );
  });

  runs('names who is denied, and both rights', async () => {
    await sandbox.control.fault({
      kind: 'error',
      service: 's3',
      operation: 'GetObject',
      status: 403,
      code: 'AccessDenied',
      message: 'Access Denied',
    });
    const { exitCode, message } = await fetchCode();
    expect(exitCode).toBe(12);
    expect(message).toMatch(
      /^error: denied: arn:aws:\S+:111122223333:\S+ needs s3:GetObject and, for a version, s3:GetObjectVersion on code\/hdb\//,
    );
  });

  runs('waits for S3 that does not answer yet', async () => {
    await sandbox.control.fault({
      kind: 'error',
      service: 's3',
      operation: 'GetObject',
      status: 503,
      code: 'SlowDown',
      message: 'Please reduce your request rate.',
      times: 1,
    });
    const { exitCode, message, log } = await fetchCode({ SLIPWAY_PATIENCE: '300' });
    expect([exitCode, message]).toEqual([0, digestOf(ZIPS[0])]);
    expect(log).toMatch(/Trying again in 1 seconds: .*SlowDown/);
  });

  runs('gives up on S3 that cannot be reached, and knows Istio', async () => {
    const address = await closedAddress();
    const { exitCode, message } = await fetchCode({ AWS_ENDPOINT_URL: address });
    expect(exitCode).toBe(17);
    expect(message).toMatch(/^error: S3 could not be asked within 0 seconds \(.*onnect/);
    expect(message).not.toContain('Istio');
    const istio = await fetchCode({ AWS_ENDPOINT_URL: address, SLIPWAY_ISTIO: '{}' });
    expect(istio.message).toContain(
      "with Istio's CNI an init container has no network unless it runs as user 1337",
    );
  });

  runs('keeps the agents that give credentials out of any proxy', async () => {
    const asked = join(pod.root, 'asked');
    await mkdir(asked);
    await writeFile(join(asked, 'aws'), '#!/bin/sh\necho "$NO_PROXY and $no_proxy" >&2\nexit 1\n', {
      mode: 0o755,
    });
    const agents = '169.254.170.23,[fd00:ec2::23],169.254.169.254';
    const path = `${asked}:${shell.path}`;
    const alone = await fetchCode({ PATH: path, HTTP_PROXY: 'http://proxy' });
    expect(alone.message).toContain(`${agents} and ${agents}`);
    const beside = await fetchCode({ PATH: path, NO_PROXY: '.corp' });
    expect(beside.message).toContain(`.corp,${agents} and .corp,${agents}`);
  });

  runs('gives up on credentials that do not come, and says why there may be none', async () => {
    const { exitCode, message, log } = await fetchCode({
      AWS_ACCESS_KEY_ID: '',
      AWS_SECRET_ACCESS_KEY: '',
      AWS_EC2_METADATA_DISABLED: 'true',
    });
    expect(exitCode).toBe(16);
    expect(message).toMatch(
      /^error: no credentials within 0 seconds; the caller is unknown.*locate credentials/,
    );
    expect(message).toContain(
      'no role of its own, and a hop limit of 1 keeps pods from the metadata service',
    );
    expect(log).toContain('Neither IRSA nor Pod Identity has given this pod a role');
  });

  runs('waits for the agent of Pod Identity on a node that is new, and blames no hop limit', async () => {
    const [late, words] = [join(pod.root, 'late'), 'Error when retrieving credentials from container-role'];
    await mkdir(late);
    // The first time that somebody asks.
    const missing = `if mkdir ${late}/asked 2>/dev/null; then echo "${words}" >&2; exit 255; fi`;
    const program = ['#!/bin/sh', missing, `PATH=${aws.folder}:$PATH exec aws "$@"`].join('\n');
    await writeFile(join(late, 'aws'), program, { mode: 0o755 });
    const env = {
      PATH: `${late}:${shell.path}`,
      AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://169.254.170.23/',
    };
    const { exitCode, message } = await fetchCode(env);
    expect([exitCode, message]).toEqual([16, expect.stringContaining(words)]);
    expect(message).not.toContain('hop limit');
    await rm(join(late, 'asked'), { recursive: true });
    const { exitCode: then, log } = await fetchCode({ ...env, SLIPWAY_PATIENCE: '300' });
    expect([then, log]).toEqual([0, expect.stringContaining(`Trying again in 1 seconds: ${words}`)]);
  });

  runs.each([
    [
      'another bucket',
      { SLIPWAY_CODE_URI: 's3://other/hdb/a.zip' },
      `below s3://${BUCKET}/hdb/: s3://other/hdb/a.zip`,
    ],
    ['another prefix', { SLIPWAY_CODE_URI: `s3://${BUCKET}/hdb2/a.zip` }, `below s3://${BUCKET}/hdb/: `],
    ['the prefix alone', { SLIPWAY_CODE_URI: `s3://${BUCKET}/hdb/` }, `below s3://${BUCKET}/hdb/: `],
    ['another scheme', { SLIPWAY_CODE_URI: `https://${BUCKET}/hdb/a.zip` }, 'is not below'],
    [
      'a file of the container',
      { SLIPWAY_PREFIX: '', SLIPWAY_CODE_URI: `s3://${BUCKET}/file:///etc/passwd` },
      '://',
    ],
    ['an odd version', { SLIPWAY_CODE_VERSION: 'a b' }, 'code-version is no version of S3: a b'],
    ['a short digest', { SLIPWAY_CODE_DIGEST: 'abc' }, 'code-digest is no SHA-256 in hex: abc'],
    ['an odd digest', { SLIPWAY_CODE_DIGEST: `${'f'.repeat(63)}\n` }, 'code-digest is no SHA-256 in hex'],
    ['no digest', { SLIPWAY_CODE_DIGEST: '' }, 'code-digest is no SHA-256 in hex'],
  ])('refuses %s before it asks anything', async (_what, env, words) => {
    await sandbox.control.clearRequests();
    const { exitCode, message } = await fetchCode(env);
    expect(exitCode).toBe(11);
    expect(message).toContain(words);
    expect(await sandbox.control.requests()).toEqual([]);
  });

  runs.each([
    ['SLIPWAY_BUCKET', ''],
    ['SLIPWAY_PREFIX', 'hdb'],
    ['SLIPWAY_PATIENCE', 'long'],
  ])('refuses %s of its own settings', async (name, value) => {
    const { exitCode, message } = await fetchCode({ [name]: value });
    expect(exitCode).toBe(10);
    expect(message).toContain(name);
  });

  const disk = smallDisk();
  const fullDisk = 'missing' in disk ? `(skipped: ${disk.missing})` : '';
  it.skipIf(shell.missing !== undefined || 'missing' in disk)(
    `says that the disk is full ${fullDisk}`.trim(),
    async () => {
      const big = zipOf({
        big: Array.from({ length: 80_000 }, (_each, n) =>
          createHash('md5').update(String(n)).digest('hex'),
        ).join(''),
      });
      const s3 = new S3Client({ ...sandbox.client, forcePathStyle: true });
      await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'hdb/big.zip', Body: big }));
      if ('missing' in disk) throw new Error(disk.missing);
      await disk.with(async (work) => {
        await mkdir(join(work, 'code'), { recursive: true });
        const { exitCode, message } = await fetchCode(
          {
            SLIPWAY_CODE_URI: `s3://${BUCKET}/hdb/big.zip`,
            SLIPWAY_CODE_VERSION: '',
            SLIPWAY_CODE_DIGEST: digestOf(big),
          },
          { work, code: pod.code },
        );
        expect(exitCode).toBe(15);
        expect(message).toContain('error: no space left for the zip in ');
        expect(await readdir(work)).toEqual(['code']);
      });
    },
  );
});

/** An address of this machine at which nobody listens. */
async function closedAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as { readonly port: number };
  await new Promise((done) => server.close(done));
  return `http://127.0.0.1:${port}`;
}
