/**
 * A process that deploys or updates is killed at every event that it writes down, in a run of all tests at a tenth of them;
 * another process takes over. Every operation comes to its true outcome, AWS got at most one update of each, and none where
 * the kill came before sending.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListMultipartUploadsCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Operation } from '../../src/operations/operation';
import type { Fault } from '../../src/sandbox/fault-syntax';
import { tenthOf } from '../cases';
import { annotate, apiPath, RDB, TRADING } from '../deploy/kubernetes/workloads';
import { kubernetesApi } from '../sandbox/kubernetes/api';
import { startTestSandbox, type TestSandbox } from '../sandbox/start';
import { buildChild, type Child, type Program } from './process';
import type { Change } from './task';

const ENVIRONMENT = 'fleet0000000000000000000';
const BUCKET = 'acme-kdb-fleet-111122223333';
const PACK_WORKER = join(import.meta.dirname, '../../dist/pack-worker.js');

interface Point {
  /** Where it is killed: `before` or `after` an event, or else while the fault is played on a request. */
  readonly at: string;
  readonly expected: object;
  /** Updates that AWS accepted. */
  readonly updates: 0 | 1;
  /** On requests about the cluster or its objects. */
  readonly fault?: Fault;
  /** Somebody else's deed between the kill and the restart. */
  readonly meanwhile?: 'touched';
  /** Deploys more than one piece of an upload. */
  readonly large?: true;
  /** Unfinished uploads that the kill leaves behind. */
  readonly uploads?: 1;
}

const interrupted = { state: 'cancelled', outcome: { facts: { reason: 'interrupted' } } };
const neverArrived = { state: 'failed', outcome: { failure: { kind: 'refused', code: 'never-arrived' } } };
const notTaken = { state: 'failed', outcome: { failure: { kind: 'refused', code: 'request-not-taken' } } };
const succeeded = { state: 'succeeded' };
const updateCode = { service: 'finspace', operation: 'UpdateKxClusterCodeConfiguration' };
/** The first one of each is the rehearsal of the plan. */
const apply = { service: 'kubernetes', operation: 'patch statefulsets', after: 1 };
const updateNodes = { service: 'eks', operation: 'UpdateNodegroupVersion' };

/** In the order in which a deployment writes them down; `large` ones besides. */
const DEPLOYMENT: readonly Point[] = [
  { at: 'after planned', expected: interrupted, updates: 0 },
  { at: 'after packing', expected: interrupted, updates: 0 },
  { at: 'after packed', expected: interrupted, updates: 0 },
  { at: 'after uploading', expected: interrupted, updates: 0 },
  { at: 'before uploaded', expected: interrupted, updates: 0 },
  { at: 'after uploaded', expected: interrupted, updates: 0 },
  { at: 'after verified', expected: interrupted, updates: 0 },
  { at: 'after recording', expected: interrupted, updates: 0 },
  { at: 'before recorded', expected: interrupted, updates: 0 },
  { at: 'after recorded', expected: interrupted, updates: 0 },
  { at: 'after looked', expected: interrupted, updates: 0 },
  { at: 'before sending', expected: interrupted, updates: 0 },
  { at: 'after sending', expected: neverArrived, updates: 0 },
  { at: 'after sending, touched', expected: { state: 'unknown' }, updates: 0, meanwhile: 'touched' },
  {
    at: 'the request does not arrive',
    expected: neverArrived,
    updates: 0,
    fault: { ...updateCode, kind: 'hang' },
  },
  {
    at: 'the request arrives late',
    expected: succeeded,
    updates: 1,
    fault: { ...updateCode, kind: 'delay', ms: 1500 },
  },
  { at: 'before accepted', expected: succeeded, updates: 1 },
  { at: 'after accepted', expected: succeeded, updates: 1 },
  {
    at: 'after watched',
    expected: succeeded,
    updates: 1,
    fault: { ...updateCode, kind: 'reset-after' },
  },
  { at: 'after observed', expected: succeeded, updates: 1 },
  { at: 'before ended', expected: succeeded, updates: 1 },
  { at: 'after ended', expected: succeeded, updates: 1 },
  { at: 'after multipart', expected: interrupted, updates: 0, large: true, uploads: 1 },
  {
    at: 'parts are sent',
    expected: interrupted,
    updates: 0,
    large: true,
    uploads: 1,
    fault: { service: 's3', operation: 'UploadPart', after: 1, kind: 'hang' },
  },
  { at: 'before uploaded', expected: interrupted, updates: 0, large: true },
];

const UPDATE: readonly Point[] = [
  { at: 'after planned', expected: interrupted, updates: 0 },
  { at: 'after read-node-group', expected: interrupted, updates: 0 },
  { at: 'before sending', expected: interrupted, updates: 0 },
  { at: 'after sending', expected: notTaken, updates: 0 },
  {
    at: 'the request does not arrive',
    expected: notTaken,
    updates: 0,
    fault: { ...updateNodes, kind: 'hang' },
  },
  {
    at: 'the request arrives late',
    expected: succeeded,
    updates: 1,
    fault: { ...updateNodes, kind: 'delay', ms: 1500 },
  },
  { at: 'before accepted', expected: succeeded, updates: 1 },
  { at: 'after accepted', expected: succeeded, updates: 1 },
  {
    at: 'after request-failed',
    expected: succeeded,
    updates: 1,
    fault: { ...updateNodes, kind: 'reset-after' },
  },
  { at: 'after watched', expected: succeeded, updates: 1, fault: { ...updateNodes, kind: 'reset-after' } },
  { at: 'after observed', expected: succeeded, updates: 1, fault: { ...updateNodes, kind: 'reset-after' } },
  { at: 'before ended', expected: succeeded, updates: 1 },
  { at: 'after ended', expected: succeeded, updates: 1 },
];

const WORKLOAD: readonly Point[] = [
  ...DEPLOYMENT.filter(({ at, fault, large }) => !large && fault === undefined && at !== 'after ended'),
  {
    at: 'the request does not arrive',
    expected: neverArrived,
    updates: 0,
    fault: { ...apply, kind: 'hang' },
  },
  {
    at: 'the request arrives late',
    expected: succeeded,
    updates: 1,
    fault: { ...apply, kind: 'delay', ms: 1500 },
  },
  // One that was carried out would be found, and count as answered.
  { at: 'after watched', expected: neverArrived, updates: 0, fault: { ...apply, kind: 'reset' } },
  { at: 'after ended', expected: succeeded, updates: 1 },
];

let sandbox: TestSandbox;
let program: Program;
let root: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'slipway-resume-'));
  for (const [name, size] of [
    ['small', 1000],
    ['large', 17 * 1024 * 1024],
  ] as const) {
    mkdirSync(join(root, name));
    writeFileSync(join(root, name, 'init.q'), '\\d .\n');
    writeFileSync(join(root, name, 'data.bin'), randomBytes(size));
  }
  program = await buildChild();
  // Twelve simulated minutes are about a second.
  sandbox = await startTestSandbox({ scale: 600 });
  const clusters = { kdbClusters: DEPLOYMENT.length + 1, clusters: 1, nodegroupsEach: UPDATE.length + 1 };
  await sandbox.control.foreign({ kind: 'fleet', ...clusters });
  await makeWorkloads(WORKLOAD.length + 1);
});

afterAll(async () => {
  await sandbox?.stop();
  program?.remove();
  rmSync(root, { recursive: true, force: true });
});

/** Small ones that keep to the convention, as the sandbox's own does. */
async function makeWorkloads(count: number): Promise<void> {
  // Ten seconds here: a look sees each of them before it is up.
  const program = { namespace: 'tick', pod: 'kill-', readySeconds: 6_000 };
  await sandbox.control.foreign({ kind: 'kubernetes-program', clusterName: TRADING, ...program });
  const api = await kubernetesApi(sandbox, TRADING);
  const { json } = await api.get(apiPath(RDB));
  const { template, ...spec } = json.spec as StatefulSetSpec;
  const containers = template.spec.containers.map((one) => ({ ...one, resources: {} }));
  for (let index = 0; index < count; index += 1) {
    const name = `kill-${nameOf(index)}`;
    const labels = { app: name };
    const body = {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name },
      spec: {
        ...spec,
        replicas: 1,
        serviceName: name,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { ...template.spec, containers } },
      },
    };
    const { status, text } = await api.send('POST', apiPath(RDB).replace(/\/[^/]+$/, ''), body);
    if (status !== 201) throw new Error(`${name} was not made: ${text}`);
  }
}

interface StatefulSetSpec {
  readonly template: { readonly spec: { readonly containers: readonly object[] } };
}

const nameOf = (index: number): string => String(index + 1).padStart(3, '0');

type Kind = Change['do'];

function changeFor(kind: Kind, index: number, point?: Point): Change {
  const name = `${kind}-${nameOf(index)}`;
  const event = point && eventOf(point);
  const place = {
    folder: join(root, 'ledgers', name),
    ...(event !== undefined && { stopAt: event }),
  };
  if (kind === 'update') return { ...place, do: kind, path: ['fleet-001', `nodes-${nameOf(index)}`] };
  return {
    ...place,
    do: kind,
    path:
      kind === 'deploy'
        ? [ENVIRONMENT, `fleet-${nameOf(index)}`]
        : [TRADING, 'tick', `statefulset/kill-${nameOf(index)}`],
    code: join(root, point?.large ? 'large' : 'small'),
    // Each packs by itself: what one had packed would spare the others the steps they are killed at.
    cache: join(root, 'caches', name),
    bucket: BUCKET,
    prefix: name,
  };
}

function start(changes: readonly Change[]): Child {
  return program.start({ do: 'change', address: sandbox.file, packWorker: PACK_WORKER, changes });
}

/** Undefined: it is killed when its fault is played. */
function eventOf({ at }: Point): string | undefined {
  return /^(before|after) [a-z-]+/.exec(at)?.[0];
}

/** What in a request's path tells that it is about this one. */
function pathOf({ do: kind, path }: Change): string {
  const name = path.at(-1) ?? '';
  switch (kind) {
    case 'update':
      return `node-groups/${name}/`;
    case 'deploy':
      return `clusters/${name}/`;
    case 'workload':
      return name.replace('/', 's/');
  }
}

type Numbered = readonly [number, Point];

/** Runs them in one process, and kills it once each of them is where it is to be killed. */
async function runUntilKilled(kind: Kind, points: readonly Numbered[]): Promise<void> {
  const parts = points.map(([index, point]) => {
    const change = changeFor(kind, index, point);
    const path = point.fault?.service === 's3' ? `/${kind}-${nameOf(index)}/` : pathOf(change);
    return { change, path, fault: point.fault };
  });
  for (const { fault, path } of parts) if (fault) await sandbox.control.fault({ ...fault, path });
  const child = start(parts.map(({ change }) => change));
  await Promise.all(
    parts.map(({ change: { folder, stopAt }, path }) =>
      stopAt === undefined ? untilPlayed(path) : child.says(folder, stopAt),
    ),
  );
  await child.kill();
}

async function untilPlayed(path: string): Promise<void> {
  for (;;) {
    const fault = (await sandbox.control.faults()).find((one) => one.fault.path === path);
    if ((fault?.played ?? 0) > 0) return;
    await new Promise((later) => setTimeout(later, 20));
  }
}

async function uploads(): Promise<readonly string[]> {
  const s3 = new S3Client({ ...sandbox.client, forcePathStyle: true });
  const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket: BUCKET }));
  return Uploads.map(({ Key }) => Key?.split('/')[0] ?? '').sort();
}

/** How many updates AWS accepted from Slipway. */
async function acceptedUpdates(kind: Kind): Promise<readonly number[]> {
  const { kdbClusters, eksClusters } = await sandbox.control.state();
  const cluster = (wanted: string) => eksClusters.find(({ name }) => name === wanted);
  if (kind === 'workload') {
    const killed = cluster(TRADING)?.workloads.filter(({ workload }) => /\/kill-/.test(workload)) ?? [];
    return killed.map(({ applies }) => applies.length);
  }
  const things =
    kind === 'deploy'
      ? kdbClusters.filter(({ environmentId }) => environmentId === ENVIRONMENT)
      : (cluster('fleet-001')?.nodegroups ?? []);
  return things.map(({ updates }) => updates.filter(({ by }) => by === 'caller').length);
}

/** Events that a run which nobody kills writes down, in their order, each once. */
async function eventsOf(kind: Kind, index: number): Promise<readonly string[]> {
  const child = start([changeFor(kind, index)]);
  expect(await child.exit).toBe(0);
  const words = child.said.flatMap(({ word }) => (word?.startsWith('after ') ? [word] : []));
  return [...new Set(words)];
}

/** Another process, and what it finds out; in the order of the points. */
async function takeOver(kind: Kind, points: readonly Point[]): Promise<readonly Operation[]> {
  const folders = points.map((_, index) => changeFor(kind, index).folder);
  const place = { address: sandbox.file, packWorker: PACK_WORKER };
  const child = program.start({ do: 'take-up', ...place, folders, scale: 100 });
  expect(await child.exit).toBe(0);
  return folders.map((folder) => {
    const said = child.said.find((one) => one.folder === folder && one.operations !== undefined);
    expect(said?.problems).toEqual([]);
    expect(said?.operations).toHaveLength(1);
    return said?.operations?.[0] as Operation;
  });
}

describe.each([
  ['deploy', 'a deployment', DEPLOYMENT],
  ['workload', 'a deployment to a workload', WORKLOAD],
  ['update', 'an update of a node group', UPDATE],
] as const)('%s', (kind, _what, points) => {
  // Side by side: each has operations of its own, which wait for the sandbox's time.
  test.concurrent('the points cover every event that is written down', async () => {
    const events = await eventsOf(kind, points.length);
    const covered = new Set(points.map(({ at }) => at.replace('before ', 'after ')));
    expect(events.at(-1)).toBe('after ended');
    expect(events.filter((event) => !covered.has(event))).toEqual([]);
  });

  test.concurrent('killed at each of them, it comes to its true end', { timeout: 300_000 }, async ({
    expect: local,
  }) => {
    const tried = tenthOf(points, ({ at }) => `${kind} ${at}`);
    const all = [...tried.entries()];
    // A request that is late arrives soon: who is killed before that cannot wait for the others.
    const late = all.filter(([, { fault }]) => fault?.kind === 'delay');
    const others = all.filter((one) => !late.includes(one));
    await Promise.all([others, ...late.map((one) => [one])].map((some) => runUntilKilled(kind, some)));
    // Late is after the process that sent it, and before the one that looks for it.
    for (const [index] of late) await local.poll(async () => (await acceptedUpdates(kind))[index]).toBe(1);
    await sandbox.control.clearFaults();
    const left = tried.flatMap((point, index) => (point.uploads ? [`${kind}-${nameOf(index)}`] : []));
    expect(await uploads()).toEqual(left);
    await touch(kind, tried);

    const operations = await takeOver(kind, tried);
    for (const [index, { at, expected }] of tried.entries()) {
      expect(operations[index], at).toMatchObject(expected);
    }
    expect((await acceptedUpdates(kind)).slice(0, tried.length)).toEqual(tried.map(({ updates }) => updates));
    expect(await uploads()).toEqual([]);
  });
});

/** Something about the cluster was changed that leaves its code as it was: nobody can tell any more by its times. */
async function touch(kind: Kind, points: readonly Point[]): Promise<void> {
  for (const [index, { meanwhile }] of points.entries()) {
    if (meanwhile === undefined) continue;
    if (kind === 'workload') {
      const api = await kubernetesApi(sandbox, TRADING);
      await annotate(api, changeFor(kind, index).path, { 'of/others': '1' });
      continue;
    }
    const clusterName = `fleet-${nameOf(index)}`;
    const { kdbClusters } = await sandbox.control.state();
    const configuration = kdbClusters.find((one) => one.clusterName === clusterName)?.configuration;
    const action = { kind: 'kdb-configuration', environmentId: ENVIRONMENT, clusterName, configuration };
    await sandbox.control.foreign(action);
  }
}
