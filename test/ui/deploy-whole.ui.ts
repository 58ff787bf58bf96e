/** The main job, from the window to the sandbox: a whole code base on a cluster, by keyboard and by mouse, and what can go wrong. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { oneInTen } from '../cases';
import { unzip } from '../package/fixture';
import { type CodeBase, generateCodeBase } from '../qcode';
import { click } from './harness/click';
import { answerFirst, answerFolder, changeAnswer } from './harness/deploy-answers';
import { killHost } from './harness/restart';
import { useSandboxWindow } from './harness/sandbox-window';

const variation = oneInTen(test, 'deploy-whole');

let codeBase: CodeBase;

const { window, place } = useSandboxWindow({
  suite: 'deploy-whole',
  fill: (folder) => {
    codeBase = generateCodeBase(folder, { files: 300 });
  },
});

const A_CODE_UPDATE = 20 * 60_000;

async function clusterState(name: string) {
  const cluster = (await place.sandbox.control.state()).kdbClusters.find(
    ({ clusterName }) => clusterName === name,
  );
  if (!cluster) throw new Error(`the sandbox has no cluster ${name}`);
  return cluster;
}

/** Hashes of what the cluster's code holds, by path, read from the sandbox's S3. */
async function servedFiles(name: string): Promise<ReadonlyMap<string, string>> {
  const { code } = (await clusterState(name)).configuration;
  const s3 = new S3Client({ ...place.sandbox.client, forcePathStyle: true });
  const object = await s3.send(
    new GetObjectCommand({ Bucket: code?.s3Bucket, Key: code?.s3Key, VersionId: code?.s3ObjectVersion }),
  );
  const files = await unzip(Buffer.from((await object.Body?.transformToByteArray()) ?? []));
  return new Map(files.map(({ path, content }) => [path, sha256(content)]));
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function localFiles(): ReadonlyMap<string, string> {
  return new Map(codeBase.deployed.map((path) => [path, sha256(readFileSync(join(place.folder, path)))]));
}

test('300 files reach a cluster by keyboard alone, with every field that was asked for', async () => {
  const { quick, page } = window();
  await window().openSandbox('equities-prod');

  await window().palette('Slipway: Deploy Code…');
  await quick.asks('Choose where to');
  await quick.row('Sandbox / equities-prod / eq-rdb').waitFor();
  await window().shot('one-flat-list');
  await quick.choose('equities-prod / eq-rdb');
  await quick.asks('Choose what to deploy');
  await page.keyboard.press('Enter');
  await quick.asks('Choose a bucket');
  await quick.row('holds the present code').waitFor();
  await page.keyboard.press('Enter');
  await quick.asks('Choose how the q processes take the code');
  await quick.choose('ROLLING');
  await quick.asks('Choose the initialization script');
  await quick.choose('init/start.q');
  await changeAnswer(quick, 'Folder in the bucket');
  await quick.asks('Folder in the bucket under which');
  await quick.type('team+x');
  await quick.accept();
  await quick.complains('It may hold only these characters');
  await window().shot('refused-while-typing');
  await quick.type('team');
  await quick.accept();
  await changeAnswer(quick, 'Arguments');
  await quick.asks('Command-line arguments');
  await quick.choose('Add an argument');
  await quick.asks('Key of the argument');
  await quick.type('role');
  await quick.accept();
  await quick.asks('Value of the argument');
  await quick.type('rdb');
  await quick.accept();
  await quick.asks('Command-line arguments');
  await window().shot('arguments');
  await quick.choose('Done');
  await quick.asks('Deploy to equities-prod / eq-rdb?');
  await window().shot('review');
  await page.keyboard.press('Enter');

  await window().toast('Deploying to equities-prod / eq-rdb').waitFor();
  await expect.poll(async () => (await clusterState('eq-rdb')).status).toBe('UPDATING');
  await window().tree.expand('equities-prod');
  await window().tree.row('eq-rdb').filter({ hasText: 'deploying' }).waitFor();
  await window().shot('following');
  await place.sandbox.control.advance(A_CODE_UPDATE);
  await window().toast('equities-prod / eq-rdb: the new code is live').waitFor();
  await window().shot('live');

  expect(await servedFiles('eq-rdb')).toEqual(localFiles());
  const { updates, configuration } = await clusterState('eq-rdb');
  const request = updates.at(-1)?.body as Record<string, unknown>;
  expect(request).toMatchObject({
    initializationScript: 'init/start.q',
    deploymentConfiguration: { deploymentStrategy: 'ROLLING' },
    code: { s3Bucket: configuration.code?.s3Bucket, s3ObjectVersion: expect.stringMatching(/./) },
  });
  expect(request['clientToken']).toMatch(/^[a-zA-Z0-9-]{1,64}$/);
  expect(request['commandLineArguments']).toContainEqual({ key: 'role', value: 'rdb' });
});

test('a cluster that had no code gets its first by mouse, from the page of the plan', async () => {
  const { quick, tree, document } = window();
  await connect();
  await tree.act('dev-scratch', 'Deploy Code…');
  await answerFolder(quick, place.folder);
  await quick.pick(await bucketInUse());
  await quick.asks('Choose how the q processes take the code');
  await quick.row('ROLLING').waitFor();
  expect(await quick.focused()).toContain('ROLLING');
  await window().shot('no-skipping-strategy');
  await quick.back();
  await quick.asks('Choose a bucket');
  await quick.pick(await bucketInUse());
  await quick.asks('Choose how the q processes take the code');
  await quick.pick('NO_RESTART');
  await quick.asks('Deploy to equities-dev / dev-scratch?');
  await quick.row('There is no code so far').waitFor();
  await quick.pick('Show the whole plan');
  await document.getByText(`There is no code so far. Added: ${codeBase.deployed.length} files.`).waitFor();
  await window().shot('plan');
  await window().press('Deploy');
  await document.getByText('This plan was carried out.').waitFor();
  await expect.poll(async () => (await clusterState('dev-scratch')).updates.length).toBe(1);
  await place.sandbox.control.advance(A_CODE_UPDATE);
  await window().toast('dev-scratch: the new code is live').waitFor();
  await window().shot('first-code');
  expect(await servedFiles('dev-scratch')).toEqual(localFiles());
});

test('cancelling before AWS accepted changes nothing, and says so', async () => {
  const { quick, tree } = window();
  await connect();
  await answerAll('dev-scratch');
  await place.sandbox.control.fault({
    service: 'finspace',
    operation: 'GetKxCluster',
    kind: 'delay',
    ms: 20_000,
  });
  await quick.pick('Deploy');
  const toast = window().toast('Deploying to equities-dev / dev-scratch');
  await toast.getByText('looking at the cluster once more').waitFor();
  await window().shot('cancelling');
  await click(toast.getByRole('button', { name: 'Cancel' }));
  await window().toast('cancelled. Nothing was sent, nothing has changed').waitFor();
  await window().shot('cancelled');
  expect((await clusterState('dev-scratch')).updates).toEqual([]);
  await tree.row('dev-scratch').waitFor();
});

variation('cancelling after AWS accepted stops watching, and says that AWS goes on', async () => {
  const { quick } = window();
  await connect();
  await answerAll('dev-scratch');
  await quick.pick('Deploy');
  await expect.poll(async () => (await clusterState('dev-scratch')).updates.length).toBe(1);
  const toast = window().toast('Deploying to equities-dev / dev-scratch');
  await toast.getByText('AWS is updating').waitFor();
  expect(await toast.getByRole('button', { name: 'Cancel' }).count()).toBe(0);
  await click(toast.getByRole('button', { name: 'Stop Watching' }));
  await window().toast('no longer watched. AWS has accepted the update and goes on with it').waitFor();
  await window().shot('no-longer-watched');
});

variation('a refusal of AWS is told with its reason', async () => {
  const { quick } = window();
  await connect();
  await place.sandbox.control.fault({
    service: 'finspace',
    operation: 'UpdateKxClusterCodeConfiguration',
    kind: 'error',
    status: 409,
    code: 'ConflictException',
    message: 'The cluster is being resized.',
  });
  await answerAll('dev-scratch');
  await quick.pick('Deploy');
  await window().toast('The cluster is being resized.').waitFor();
  await window().shot('refused');
});

test('a killed extension host leaves one update that goes on, and it is found again', async () => {
  const { quick } = window();
  await connect();
  await answerAll('dev-scratch');
  await quick.pick('Deploy');
  await expect.poll(async () => (await clusterState('dev-scratch')).updates.length).toBe(1);
  await killHost(window(), async () => {
    await place.sandbox.control.advance(A_CODE_UPDATE);
    await expect.poll(async () => (await clusterState('dev-scratch')).status).toBe('RUNNING');
  });
  await window().toast('dev-scratch: the new code is live').waitFor();
  await window().shot('found-again');
  expect((await clusterState('dev-scratch')).updates).toHaveLength(1);
});

test('a second deployment is one question, and a wizard that was left goes on', async () => {
  const { quick, tree } = window();
  await connect();
  await answerAll('dev-scratch');
  await quick.pick('Deploy');
  await expect.poll(async () => (await clusterState('dev-scratch')).updates.length).toBe(1);
  await place.sandbox.control.advance(A_CODE_UPDATE);
  await window().toast('dev-scratch: the new code is live').waitFor();

  await tree.act('dev-scratch', 'Deploy Code…');
  await quick.asks('Choose what to deploy');
  await quick.row('As last time').filter({ hasText: 'NO_RESTART' }).waitFor();
  await window().shot('as-last-time');
  await quick.pick('As last time');
  await quick.asks('Deploy to equities-dev / dev-scratch?');
  await window().shot('answers-in-the-review');
  await quick.cancel();

  await window().palette('Slipway: Deploy Code…');
  await quick.asks('Choose where to');
  await quick.row('Continue where you left?').filter({ hasText: 'dev-scratch' }).waitFor();
  await quick.row('equities-prod / eq-rdb').waitFor();
  await window().shot('continue-where-you-left');
  await quick.pick('Continue where you left?');
  await quick.asks('Deploy to equities-dev / dev-scratch?');
  await quick.cancel();
});

async function connect(): Promise<void> {
  await window().openSandbox('equities-dev');
  await window().tree.expand('equities-dev');
}

async function bucketInUse(): Promise<string> {
  return (await clusterState('eq-rdb')).configuration.code?.s3Bucket as string;
}

/** Answers all questions about a cluster of equities-dev from its row on; ends at the review. */
async function answerAll(cluster: string): Promise<void> {
  const { quick, tree } = window();
  await tree.act(cluster, 'Deploy Code…');
  const bucket = await bucketInUse();
  await answerFirst(quick, { folder: place.folder, bucket, strategy: 'NO_RESTART' });
  await quick.asks(`Deploy to equities-dev / ${cluster}?`);
}
