/**
 * The sandbox as an AWS for tools that nobody here wrote: the AWS CLI and boto3, given nothing but the lines that the
 * program prints. Each is skipped where it is not installed. No child sees a variable or a home of the user.
 */
import { execFile, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectLawful } from '../contract/lawful';
import { SANDBOX_PROGRAM, startTestSandbox, type TestSandbox } from './start';

const LONG = 240_000;

function works(program: string, ...args: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}
const hasCli = works('aws', '--version');
const hasBoto3 = works('python3', '-c', 'import boto3');
const named = (tool: string, isThere: boolean): string =>
  isThere ? tool : `${tool} (skipped: it is not installed)`;

let sandbox: TestSandbox;
let folder: string;
let lines: string;

beforeAll(async () => {
  sandbox = await startTestSandbox();
  folder = await mkdtemp(join(tmpdir(), 'slipway-tools-'));
  const printed = await promisify(execFile)(process.execPath, [SANDBOX_PROGRAM, '--file', sandbox.file]);
  lines = printed.stdout;
  await mkdir(join(folder, '.aws'));
  const hostile = ['[default]', 'region = eu-west-3', 'endpoint_url = http://127.0.0.1:9', 'output = table'];
  const switches = ['use_fips_endpoint = true', 'ignore_configured_endpoint_urls = true'];
  await writeFile(join(folder, '.aws/config'), [...hostile, ...switches, ''].join('\n'));
});
afterAll(async () => {
  await sandbox.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => sandbox.control.reset());

/** What a shell prints that was first given foreign variables and then the sandbox's lines. */
async function shell(script: string): Promise<string> {
  const foreign = {
    AWS_PROFILE: 'prod',
    AWS_SESSION_TOKEN: 'token',
    AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9',
    AWS_ENDPOINT_URL_EKS: 'http://127.0.0.1:9',
    AWS_DEFAULT_REGION: 'eu-west-3',
    HTTP_PROXY: 'http://127.0.0.1:9',
    http_proxy: 'http://127.0.0.1:9',
  };
  const { stdout } = await promisify(execFile)('sh', ['-c', `set -eu; eval "$LINES_OF_SANDBOX"; ${script}`], {
    cwd: folder,
    env: {
      ...foreign,
      PATH: process.env['PATH'],
      HOME: folder,
      LINES_OF_SANDBOX: lines,
      SANDBOX_TOKEN: sandbox.controlToken,
    },
    maxBuffer: 8 * 1024 ** 2,
  });
  return stdout;
}

describe.skipIf(!hasCli)(named('the AWS CLI', hasCli), () => {
  it(
    'copies 40 MB there and back, lists it, and reads it by a presigned URL',
    async () => {
      await writeFile(join(folder, 'big'), randomBytes(40 * 1024 ** 2));
      await writeFile(join(folder, 'small'), 'by URL');
      const printed = await shell(
        [
          'aws s3 mb s3://tools >&2',
          'aws s3 cp --only-show-errors big s3://tools/in/big',
          'aws s3 cp --only-show-errors s3://tools/in/big back',
          'cmp big back',
          'aws s3 cp --only-show-errors small "s3://tools/a b+c"',
          'aws s3 ls --recursive s3://tools',
          'aws s3 presign "s3://tools/a b+c"',
        ].join(' && '),
      );
      const [small = '', big = '', url = ''] = printed.trim().split('\n');
      expect([small, big]).toEqual([
        expect.stringMatching(/ 6 a b\+c$/),
        expect.stringMatching(/ 41943040 in\/big$/),
      ]);
      expect(new URL(url).origin).toBe(sandbox.url);
      expect(await (await fetch(url)).text()).toBe('by URL');
      expect((await fetch(url.replace('Signature=', 'Signature=x'))).status).toBe(403);
    },
    LONG,
  );

  it(
    'syncs a folder and what is deleted in it, and removes a bucket with all it holds',
    async () => {
      await sandbox.control.recordBodies(true);
      const local = join(folder, 'local');
      await mkdir(join(local, 'deep'), { recursive: true });
      for (const name of ['a', 'b', 'deep/c']) await writeFile(join(local, name), name);
      const sync = 'aws s3 sync --delete --only-show-errors';
      const printed = await shell(
        [
          'aws s3 mb s3://synced >&2',
          `${sync} local s3://synced/x`,
          'rm local/b',
          `${sync} local s3://synced/x`,
          `${sync} s3://synced/x fetched`,
          'aws s3api list-objects --bucket synced --query "Contents[].Key" --output text',
          'aws s3 rb --force s3://synced >&2',
          'aws s3 ls',
        ].join(' && '),
      );
      const [keys, ...buckets] = printed.trim().split('\n');
      expect(keys?.split('\t')).toEqual(['x/a', 'x/deep/c']);
      expect(buckets.join()).not.toContain('synced');
      expect(await readFile(join(folder, 'fetched/deep/c'), 'utf8')).toBe('deep/c');
      expect(expectLawful(await sandbox.control.requests())).toBeGreaterThan(8);
    },
    LONG,
  );

  it(
    'waits for a cluster and a node group that are active',
    async () => {
      const printed = await shell(
        [
          'aws eks wait cluster-active --name trading-prod',
          'aws eks wait nodegroup-active --cluster-name trading-prod --nodegroup-name feed-handlers',
          'aws sts get-caller-identity --query Account --output text',
        ].join(' && '),
      );
      expect(printed.trim()).toBe('111122223333');
    },
    LONG,
  );
});

const FOLLOWED = `
import json, os, urllib.request
import boto3

def advance(minutes):
    body = json.dumps({"advance": minutes * 60000}).encode()
    headers = {"x-sandbox-token": os.environ["SANDBOX_TOKEN"]}
    request = urllib.request.Request(os.environ["AWS_ENDPOINT_URL"] + "/_sandbox/clock", body, headers)
    urllib.request.urlopen(request).read()

eks = boto3.client("eks")
at = {"clusterName": "trading-prod", "nodegroupName": "feed-handlers"}
eks.get_waiter("cluster_active").wait(name="trading-prod")
eks.get_waiter("nodegroup_active").wait(**at)
update = eks.update_nodegroup_version(**at)["update"]
def status():
    return eks.describe_update(name="trading-prod", nodegroupName="feed-handlers", updateId=update["id"])["update"]["status"]
first = [status(), eks.describe_nodegroup(**at)["nodegroup"]["status"]]
advance(120)
eks.get_waiter("nodegroup_active").wait(WaiterConfig={"Delay": 1, "MaxAttempts": 5}, **at)
print(json.dumps([*first, status()]))
`;

const BUCKET = `
import json
import boto3

s3 = boto3.resource("s3")
bucket = s3.create_bucket(Bucket="resource")
bucket.Versioning().enable()
names = ["a", " spaced ", "d/e", "\\u00fc+&<>"]
for name in names:
    bucket.put_object(Key=name, Body=name.encode(), Tagging="of=tools")
listed = [one.key for one in bucket.objects.all()]
paged = [one.key for one in bucket.objects.page_size(1)]
under = [one.key for one in bucket.objects.filter(Prefix="d/")]
read = s3.Object("resource", "a").get()["Body"].read().decode()
client = boto3.client("s3")
tags = client.get_object_tagging(Bucket="resource", Key="a")["TagSet"]
size = client.get_object_attributes(Bucket="resource", Key="a", ObjectAttributes=["ObjectSize"])["ObjectSize"]
bucket.objects.all().delete()
left = [one.key for one in bucket.objects.all()]
bucket.object_versions.all().delete()
bucket.delete()
print(json.dumps([sorted(listed) == sorted(names), paged == listed, under, read, tags, size, left]))
`;

describe.skipIf(!hasBoto3)(named('boto3', hasBoto3), () => {
  async function python(source: string): Promise<unknown> {
    await writeFile(join(folder, 'script.py'), source);
    return JSON.parse(await shell('python3 script.py'));
  }

  it(
    'lists, reads, tags and empties a bucket by its resources',
    async () => {
      await sandbox.control.recordBodies(true);
      expect(await python(BUCKET)).toEqual([
        true,
        true,
        ['d/e'],
        'a',
        [{ Key: 'of', Value: 'tools' }],
        1,
        [],
      ]);
      expect(expectLawful(await sandbox.control.requests())).toBeGreaterThan(10);
    },
    LONG,
  );

  it(
    'waits with both waiters, and follows an update to its end',
    async () => {
      await sandbox.control.recordBodies(true);
      expect(await python(FOLLOWED)).toEqual(['InProgress', 'UPDATING', 'Successful']);
      expect(expectLawful(await sandbox.control.requests())).toBeGreaterThan(5);
    },
    LONG,
  );
});
