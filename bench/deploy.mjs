#!/usr/bin/env node
// What a large deployed folder costs afterwards: a look at it from afar, and a one-line change: `node bench/deploy.mjs [--quick] [--json]`.
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundled } from './bundle.mjs';
import { SHAPES, writeFolder } from './pack/folders.mjs';
import { median } from './pack/measure.mjs';
import { runAlone } from './report.mjs';

const CLUSTER = 'eq-hdb';
const never = new AbortController().signal;

/**
 * The 297 MB folder (29 MB where it has to be quick) against the sandbox: medians of interleaved reads, and bytes as
 * the sandbox counts them.
 * @param {{ quick: boolean, say?: (text: string) => void }} options
 * @returns {Promise<readonly import('./report.mjs').Row[]>}
 */
export async function benchDeploy({ quick, say = () => undefined }) {
  const shape = SHAPES.find(({ name }) => name === (quick ? 'medium' : 'large'));
  if (shape === undefined) throw new Error('there is no such folder');
  const section = `deployed folder of ${Math.round(shape.bytes / 1e6)} MB, ${shape.files + shape.large} files`;
  const { openShop } = /** @type {typeof import('../test/deploy/shop')} */ (
    await bundled('test/deploy/shop.ts')
  );
  const { startTestSandbox } = /** @type {typeof import('../test/sandbox/start')} */ (
    await bundled('test/sandbox/start.ts')
  );
  const sandbox = await startTestSandbox({ alone: true });
  const shop = await openShop(sandbox);
  try {
    writeFolder(shop.folder, shape);
    const input = shop.input(CLUSTER, { initializationScript: { kind: 'clear' } });
    say(`${section}: first deployment`);
    await deployed(shop, input);
    const sentAtFirst = await sentToS3(shop);
    const rows = await farRows(shop, quick ? 5 : 9);

    appendFileSync(join(shop.folder, 'area00/module000/lib0.q'), '.changed.line:1;\n');
    await shop.sandbox.control.clearRequests();
    say(`${section}: one line changed`);
    await deployed(shop, input);
    const sent = await sentToS3(shop);
    return [
      ...rows,
      { what: 'sent to S3 for the first deployment', value: sentAtFirst / 1e6, unit: 'MB' },
      {
        what: 'sent to S3 after a one-line change',
        value: sent / 1e6,
        unit: 'MB',
        ...(quick ? {} : { limit: 10 }),
      },
    ].map((row) => ({ section, ...row }));
  } finally {
    await shop.close();
    await sandbox.stop();
  }
}

/** @typedef {import('../test/deploy/shop').Shop} Shop */

/**
 * @param {Shop} shop
 * @param {Parameters<Shop['plan']>[0]} input
 */
async function deployed(shop, input) {
  const { id, failure } = await shop.deploy(input);
  if (failure !== undefined) throw new Error(`the deployment failed: ${JSON.stringify(failure)}`);
  const { state } = await shop.follow(id);
  if (state !== 'succeeded') throw new Error(`the deployment ended as ${state}`);
}

/** @param {Shop} shop */
async function sentToS3({ sandbox }) {
  const requests = await sandbox.control.requests({ service: 's3' });
  return requests.reduce((sum, { bytesIn }) => sum + bytesIn, 0);
}

/**
 * A comparison of the folder with what is deployed, against fetching the zip.
 * @param {Shop} shop
 * @param {number} rounds
 */
async function farRows(shop, rounds) {
  const { DeployedZips } = /** @type {typeof import('../src/deploy/deployed-zips')} */ (
    await bundled('src/deploy/deployed-zips.ts')
  );
  const { code } = (await shop.plan(shop.input(CLUSTER))).current.configuration;
  if (code === undefined) throw new Error('nothing is deployed');
  const { manifest } = await shop.packer.scan(shop.request(), never);
  const head = await shop.ports.objects.head(code, never);
  if (head === undefined) throw new Error(`there is no ${code.key}`);

  /** @type {{ readonly far: number, readonly whole: number }[]} */
  const times = [];
  let read = { bytes: 0, calls: 0 };
  for (let round = 0; round < rounds; round++) {
    await shop.sandbox.control.clearRequests();
    const far = await timed(() =>
      new DeployedZips(shop.ports.objects).compareWithFolder(code, manifest, never),
    );
    const requests = await shop.sandbox.control.requests({ service: 's3' });
    read = { bytes: requests.reduce((sum, { bytesOut }) => sum + bytesOut, 0), calls: requests.length };
    const whole = await timed(() => shop.ports.objects.read(code, { start: 0, length: head.size }, never));
    times.push({ far, whole });
  }
  return [
    {
      what: 'changed files found from afar',
      value: median(times.map(({ far, whole }) => far / whole)),
      unit: '×',
      against: 'fetching the zip, on loopback',
    },
    { what: 'changed files found from afar, read', value: read.bytes / 1e6, unit: 'MB', limit: 3 },
    { what: 'changed files found from afar, requests', value: read.calls, unit: 'calls' },
    { what: 'the zip itself', value: head.size / 1e6, unit: 'MB' },
  ];
}

/** @param {() => Promise<unknown>} work */
async function timed(work) {
  const before = performance.now();
  await work();
  return performance.now() - before;
}

await runAlone(import.meta, benchDeploy);
