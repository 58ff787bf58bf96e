/**
 * A process that deploys to one pod first is killed at every event of that; another process takes over. Nothing goes on before
 * a click, and with clicks each pod is deleted once and the code comes to be live.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiPath, EOD, TRADING } from '../deploy/kubernetes/workloads';
import { kubernetesApi } from '../sandbox/kubernetes/api';
import { startTestSandbox, type TestSandbox } from '../sandbox/start';
import { buildChild, type Program } from './process';
import type { Change } from './task';

const PACK_WORKER = join(import.meta.dirname, '../../dist/pack-worker.js');
/** The sandbox's own. */
const BUCKET = 'acme-kdb-code-111122223333';
const REPLICAS = 2;

interface Point {
  readonly at: string;
  readonly expected: object;
  /** What it waits for, in order, each until a click; one of these. */
  readonly waits: readonly (readonly string[])[];
}

const FIRST_TO_COME = [['interrupted', 'canary']];
/** The pod that was deleted may prove the code by the time that somebody looks: the click is for the others then. */
const FIRST_ON_ITS_WAY = [['interrupted'], ['interrupted', 'canary']];

const interrupted = { state: 'cancelled', outcome: { facts: { reason: 'interrupted' } } };
const neverArrived = { state: 'failed', outcome: { failure: { code: 'never-arrived' } } };
const succeeded = { state: 'succeeded' };

const POINTS: readonly Point[] = [
  { at: 'after more-to-send', expected: interrupted, waits: [[]] },
  { at: 'after sending', expected: neverArrived, waits: [['interrupted']] },
  { at: 'after accepted', expected: succeeded, waits: FIRST_TO_COME },
  { at: 'before further-request', expected: succeeded, waits: FIRST_TO_COME },
  { at: 'after further-request', expected: succeeded, waits: FIRST_TO_COME },
  { at: 'before further-answer', expected: succeeded, waits: FIRST_ON_ITS_WAY },
  { at: 'after further-answer', expected: succeeded, waits: FIRST_ON_ITS_WAY },
  { at: 'before paused', expected: succeeded, waits: [['interrupted']] },
  { at: 'after paused', expected: succeeded, waits: [['canary']] },
];

let sandbox: TestSandbox;
let program: Program;
let root: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'slipway-canary-'));
  mkdirSync(join(root, 'code'));
  writeFileSync(join(root, 'code', 'init.q'), '\\d .\n');
  program = await buildChild();
  // Ten simulated minutes are a second.
  sandbox = await startTestSandbox({ scale: 600 });
  const api = await kubernetesApi(sandbox, TRADING);
  const { json } = await api.get(apiPath(EOD));
  const { template, ...spec } = json.spec as StatefulSetSpec;
  const containers = template.spec.containers.map((one) => ({ ...one, resources: {} }));
  const slow = { namespace: 'tick', pod: 'canary-', readySeconds: 900 };
  await sandbox.control.foreign({ kind: 'kubernetes-program', clusterName: TRADING, ...slow });
  for (const index of POINTS.keys()) {
    const name = `canary-${index}`;
    const labels = { app: name };
    const { status, text } = await api.send('POST', apiPath(EOD).replace(/\/[^/]+$/, ''), {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name },
      spec: {
        ...spec,
        replicas: REPLICAS,
        podManagementPolicy: 'Parallel',
        serviceName: name,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { ...template.spec, containers } },
      },
    });
    if (status !== 201) throw new Error(`${name} was not made: ${text}`);
  }
});

afterAll(async () => {
  await sandbox?.stop();
  program?.remove();
  rmSync(root, { recursive: true, force: true });
});

interface StatefulSetSpec {
  readonly template: { readonly spec: { readonly containers: readonly object[] } };
}

function changeFor(index: number, stopAt: string): Change {
  return {
    do: 'workload',
    strategy: 'CANARY',
    folder: join(root, 'ledgers', String(index)),
    stopAt,
    path: [TRADING, 'tick', `statefulset/canary-${index}`],
    code: join(root, 'code'),
    cache: join(root, 'caches', String(index)),
    bucket: BUCKET,
    prefix: `canary-${index}`,
  };
}

test('killed at each of them, it waits for clicks, and comes to its true end', {
  timeout: 300_000,
}, async () => {
  const place = { address: sandbox.file, packWorker: PACK_WORKER };
  const changes = POINTS.map(({ at }, index) => changeFor(index, at));
  const killed = program.start({ do: 'change', ...place, changes });
  await Promise.all(changes.map(({ folder, stopAt = '' }) => killed.says(folder, stopAt)));
  await killed.kill();

  const folders = changes.map(({ folder }) => folder);
  const next = program.start({ do: 'take-up', ...place, folders, scale: 100 });
  expect(await next.exit).toBe(0);
  for (const [index, { at, expected, waits }] of POINTS.entries()) {
    const said = next.said.filter(({ folder }) => folder === folders[index]);
    const waited = said.flatMap(({ word }) => (word?.startsWith('waits: ') ? [word.slice(7)] : []));
    expect(waits, at).toContainEqual(waited);
    const [operation] = said.at(-1)?.operations ?? [];
    expect(operation, at).toMatchObject(expected);
    const pods = operation?.steps.filter(({ name }) => name === 'further-request') ?? [];
    const uids = new Set(pods.map(({ facts }) => JSON.stringify(facts?.['input'])));
    expect(uids.size, at).toBe(expected === succeeded ? REPLICAS : 0);
  }
});
