/** Workloads on Kubernetes in the window: in the tree, with their logs, deployed to, explained where they fail. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { oneInTen } from '../cases';
import { kubernetesApi } from '../sandbox/kubernetes/api';
import { click } from './harness/click';
import { passTimeUntil } from './harness/pass-time';
import { useSandboxWindow } from './harness/sandbox-window';
import { narrowSideBar } from './harness/side-bar';

const variation = oneInTen(test, 'workloads');

const { window, place } = useSandboxWindow({
  suite: 'workloads',
  fill: (folder) => {
    mkdirSync(join(folder, 'hdb'));
    writeFileSync(join(folder, 'hdb/init.q'), '.hdb.ready:1b\n');
  },
});

/** Simulated milliseconds that pass at a time: less than a pod takes to be replaced. */
const STEP_MS = 5_000;
/** Enough for a pod to have crashed several times, and for whoever looks now and then to look. */
const LONG_STEP_MS = 60_000;

const A_MINUTE = 60_000;

async function openWorkloads(): Promise<void> {
  const { tree } = window();
  await window().openSandbox('trading-prod');
  await tree.expand('trading-prod', 'Workloads');
  await tree.row('tick/hdb').filter({ hasText: 'running' }).waitFor();
}

/** Lets time pass in the cluster until something shows. */
async function until(shown: Locator, stepMs = STEP_MS): Promise<void> {
  await passTimeUntil(place.sandbox, stepMs, shown);
}

/** What the containers of a workload's pods do from their next start on. */
async function programOf(pod: string, end: { readonly afterSeconds: number; readonly exitCode: number }) {
  await place.sandbox.control.foreign({
    kind: 'kubernetes-program',
    clusterName: 'trading-prod',
    namespace: 'tick',
    pod,
    end,
    lastWords: ["'type", '  [2]  hdb/init.q:1: .hdb.ready:1b'],
  });
}

const CRASHES = { afterSeconds: 1, exitCode: 1 };
const RUNS_ON = { afterSeconds: 1_000_000, exitCode: 0 };

/** From the row of a workload to the review of the plan. */
async function planFor(workload: string, name: string): Promise<void> {
  const { tree, quick } = window();
  await tree.act(workload, 'Deploy Code…');
  await quick.asks('Choose what to deploy');
  await window().shot(`wizard-${name}`);
  await quick.accept();
  await quick.asks('Choose a bucket');
}

interface Digested {
  readonly template: { readonly metadata: { readonly annotations: Readonly<Record<string, string>> } };
}

interface Fetched {
  readonly initContainerStatuses: readonly {
    readonly state: { readonly terminated?: { readonly message?: string } };
  }[];
}

/** What each pod of a workload says that it has fetched, and what it was to fetch. */
async function proofs(name: string): Promise<{ readonly found: readonly unknown[]; readonly asked: string }> {
  const api = await kubernetesApi(place.sandbox);
  const [set, pods] = await Promise.all([
    api.get(`/apis/apps/v1/namespaces/tick/statefulsets/${name}`),
    api.get(`/api/v1/namespaces/tick/pods?labelSelector=app%3D${name}`),
  ]);
  return {
    found: pods.json.items.map(
      ({ status }) => (status as Fetched).initContainerStatuses[0]?.state.terminated?.message,
    ),
    asked: (set.json.spec as Digested).template.metadata.annotations['slipway.dev/code-digest'] ?? '',
  };
}

test('stand below their cluster with how they are and which code they have, and their logs are followed', async () => {
  const { tree } = window();
  await openWorkloads();
  await tree.row('tick/rdb').filter({ hasText: 'no code set' }).waitFor();
  await window().shot('tree');
  await tree.act('Workloads', 'Show All, or Only Those That Carry Code');
  await tree.row('oms/order-book').waitFor();
  await window().shot('tree-all');
  await tree.act('Workloads', 'Show All, or Only Those That Carry Code');
  await tree.row('oms/order-book').waitFor({ state: 'detached' });
  await tree.menu('tick/hdb', 'Show Cluster or Pod Logs…');
  await window().document.getByText('q process is ready').first().waitFor();
  await window().shot('logs');
});

test('are deployed to from their row, pod by pod, and are live once each pod has proved the code', async () => {
  const { tree, quick, page } = window();
  await openWorkloads();
  await planFor('tick/rdb', 'source');
  await quick.pick(/acme-kdb-code/);
  await quick.asks('Choose how the pods take the code');
  await window().shot('wizard-strategy');
  await quick.pick('ROLLING');
  await quick.asks('Choose the initialization script');
  await quick.choose('hdb/init.q');
  await quick.asks('Deploy to trading-prod / tick / statefulset/rdb?');
  await window().shot('review');
  await quick.pick('Show the whole plan');
  await page.getByRole('tab', { name: /Plan for trading-prod/ }).waitFor();
  await window().document.getByRole('row', { name: 'Strategy ROLLING' }).waitFor();
  await window().shot('plan');
  await window().press('Deploy');
  await window().toast('Deploying to trading-prod / tick / statefulset/rdb').waitFor();
  await until(tree.row('tick/rdb').filter({ hasText: '1 of 3' }));
  await window().shot('rolling');
  await until(window().toast('tick / statefulset/rdb: the new code is live'));
  const { found, asked } = await proofs('rdb');
  expect(asked).toMatch(/^[0-9a-f]{64}$/);
  expect(found).toEqual([asked, asked, asked]);
  await tree
    .row('tick/rdb')
    .filter({ hasText: `running · ${asked.slice(0, 8)}` })
    .waitFor();
  await window().shot('live');
});

variation('show in a narrow side bar what a workload lacks to carry code', async () => {
  const { tree, quick, page } = window();
  await openWorkloads();
  await tree.act('Workloads', 'Show All, or Only Those That Carry Code');
  await tree.row('oms/order-book').filter({ hasText: 'not set up for code' }).waitFor();
  await narrowSideBar(page);
  await window().shot('tree-narrow');
  await tree.menu('oms/order-book', 'Show Workload Snippet…');
  await quick.asks('The container that runs the code');
  await quick.accept();
  await quick.asks('Choose the program that the container starts');
  await window().shot('snippet-program');
  await quick.pick('with the names that FinSpace defined');
  await quick.asks('Name of the database');
  await quick.type('equities');
  await quick.accept();
  await quick.asks('Choose the bucket that the code comes from');
  await quick.pick('acme-kdb-code-111122223333');
  await quick.asks('Folder in the bucket');
  await quick.accept();
  await quick.asks('Choose how the pods get the right to read the code');
  await window().shot('snippet-rights');
  await quick.accept();
  await window().toast('What order-book needs to carry code is shown').waitFor();
  await expect.poll(() => window().editorText()).toContain('What order-book in oms needs to take its code');
  await window().shot('snippet');
});

variation(
  'a pod that crashes is explained, and the one that holds up the way back is deleted on demand',
  async () => {
    const { tree, quick } = window();
    await openWorkloads();
    await programOf('hdb-', CRASHES);
    await planFor('tick/hdb', 'source-of-hdb');
    await quick.pick('holds the present code');
    await quick.asks('Choose how the pods take the code');
    await quick.pick('ROLLING');
    await quick.asks('Choose the initialization script');
    await quick.choose('hdb/init.q');
    await quick.asks('Deploy to trading-prod / tick / statefulset/hdb?');
    await quick.pick('Deploy');
    await window().toast('Deploying to trading-prod / tick / statefulset/hdb').waitFor();
    const crashing = window().toast(
      'Pod hdb-3 does not start: container hdb, CrashLoopBackOff, exit code 1.',
    );
    await until(crashing, LONG_STEP_MS);
    await crashing.getByRole('button', { name: 'Pod Logs' }).waitFor();
    await window().shot('crashing-pod');
    await click(crashing.getByRole('button', { name: 'Roll Back…' }));
    await quick.asks('Choose how the pods take the code');
    await quick.pick('ROLLING');
    await quick.asks('Roll back trading-prod / tick / statefulset/hdb?');
    await quick.row('Pod hdb-3 does not start').waitFor();
    await window().shot('roll-back-review');
    await quick.pick('Roll back');
    // A pod with other code than what is deployed has a minute, of Slipway's clock, to come right by itself, from when Slipway
    // has first seen it.
    let ahead = 0;
    const isTold = async (): Promise<boolean> => {
      ahead += A_MINUTE;
      await window().putClockAhead(ahead);
      return crashing.isVisible();
    };
    await expect.poll(isTold, { interval: 5_000 }).toBe(true);
    await window().shot('stuck-on-the-way-back');
    await click(crashing.getByRole('button', { name: 'Show Details' }));
    await window().document.getByRole('button', { name: 'Delete Pod…' }).waitFor();
    await window().shot('details-of-the-way-back');
    await window().press('Delete Pod…');
    await quick.asks('CrashLoopBackOff');
    await window().shot('delete-pod');
    await programOf('hdb-', RUNS_ON);
    await quick.pick('Delete the pod');
    // Where the clock went ahead in the middle of a look at the workloads, the next one by itself is minutes away.
    await tree.menu('tick/hdb', 'Refresh');
    await until(tree.row('tick/hdb').filter({ hasText: 'running' }), LONG_STEP_MS);
    await window().shot('running-again');
  },
);

/** From the answers of a deployment to tick/eod by CANARY to where it waits for a click. */
async function untilItWaits(): Promise<Locator> {
  const { quick } = window();
  await quick.asks(`Deploy to ${EOD}?`);
  await quick.row('CANARY').first().waitFor();
  await window().shot('canary-review');
  await quick.pick('Deploy');
  const waiting = window().toast('one pod proves the code, the others wait for your click');
  await until(waiting);
  const { found, asked } = await proofs('eod');
  expect(found.filter((one) => one === asked)).toHaveLength(1);
  return waiting;
}

const EOD = 'trading-prod / tick / statefulset/eod';

variation('one pod takes the code first, and the others by a click, or later', async () => {
  const { tree, quick, document } = window();
  await openWorkloads();
  await planFor('tick/eod', 'source-of-eod');
  await quick.pick('holds the present code');
  await quick.asks('Choose how the pods take the code');
  await window().shot('canary-strategies');
  await quick.pick('CANARY');
  await quick.asks('Choose the initialization script');
  await quick.choose('hdb/init.q');
  const waiting = await untilItWaits();
  await window().shot('canary-waits');
  await click(waiting.getByRole('button', { name: 'Go On' }));
  await until(window().toast('tick / statefulset/eod: the new code is live'));
  const all = await proofs('eod');
  expect(all.found).toEqual([all.asked, all.asked]);
  await tree.row('tick/eod').filter({ hasText: 'running' }).waitFor();
  await window().shot('canary-live');

  writeFileSync(join(place.folder, 'hdb/init.q'), '.hdb.ready:0b\n');
  await tree.act('tick/eod', 'Deploy Code…');
  await quick.asks('Choose what to deploy');
  await quick.accept();
  await untilItWaits();
  await tree.act(EOD, 'Show Operation Details');
  await document.getByRole('button', { name: 'Go On' }).waitFor();
  await window().shot('canary-page');
  await window().press('End Here');
  await document.getByRole('button', { name: 'End Here' }).waitFor({ state: 'detached' });
  await document.getByText('set; each pod takes it when it is next replaced ·').waitFor();
  await window().toast('eod: set; each pod takes it when it is next replaced.').waitFor();
  await tree.row('tick/eod').filter({ hasText: '1 of 2' }).waitFor();
  await window().shot('canary-ended-here');
  await place.sandbox.control.advance(LONG_STEP_MS);
  const left = await proofs('eod');
  expect(left.found.filter((one) => one === left.asked)).toHaveLength(1);
});
