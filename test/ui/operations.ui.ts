/** What Slipway does stays in sight: through reloads and a killed extension host, in rows, on its page, as a trail. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { oneInTen } from '../cases';
import { click } from './harness/click';
import { answerFirst } from './harness/deploy-answers';
import { killHost } from './harness/restart';
import { useSandboxWindow } from './harness/sandbox-window';

const variation = oneInTen(test, 'operations');

const LABEL = 'equities-dev / dev-scratch';
const UPDATE = 'UpdateKxClusterCodeConfiguration';
/** Nothing here measures time: this only ends a wait for what never comes. */
const A_CODE_UPDATE = 20 * 60_000;

const { window, place } = useSandboxWindow({
  suite: 'operations',
  fill: (folder) => writeFileSync(join(folder, 'init.q'), '\\d .\n'),
});

async function scratch() {
  const { kdbClusters } = await place.sandbox.control.state();
  const cluster = kdbClusters.find(({ clusterName }) => clusterName === 'dev-scratch');
  if (!cluster) throw new Error('the sandbox has no dev-scratch');
  return cluster;
}

async function firstRequest(): Promise<{ readonly clientToken: string }> {
  const [first] = (await scratch()).updates;
  if (!first) throw new Error('nothing was sent to dev-scratch');
  return first.body as { readonly clientToken: string };
}

async function connect(): Promise<void> {
  await window().openSandbox('equities-dev');
}

/** Deploys to dev-scratch, up to the click that sends it. */
async function deploy(): Promise<void> {
  const { quick, tree } = window();
  const { kdbClusters } = await place.sandbox.control.state();
  const bucket = kdbClusters.find(({ clusterName }) => clusterName === 'eq-rdb')?.configuration.code
    ?.s3Bucket;
  writeFileSync(join(place.folder, 'init.q'), `\\d .\n/ ${Date.now()}\n`);
  await tree.expand(/^equities-dev$/);
  await tree.act(/^dev-scratch/, 'Deploy Code…');
  await answerFirst(quick, { folder: place.folder, bucket: bucket as string, strategy: 'NO_RESTART' });
  await quick.asks(`Deploy to ${LABEL}?`);
  await quick.pick('Deploy');
}

/** Deploys to dev-scratch, to the end. */
async function deployed(): Promise<void> {
  await connect();
  await deploy();
  await expect.poll(async () => (await scratch()).status).toBe('UPDATING');
  await place.sandbox.control.advance(A_CODE_UPDATE);
  await window().toast('the new code is live').hover();
}

/** The row of the newest operation, in the Operations view. */
const row = (words: string) => window().tree.row(LABEL).filter({ hasText: words });

/** Waits until a page that the window shows as rendered Markdown holds the text, and gives all of it. */
async function pageText(text: string): Promise<string> {
  let found = '';
  await expect
    .poll(async () => {
      const texts = await Promise.all(
        window()
          .page.frames()
          .map((frame) =>
            frame
              .locator('body')
              .textContent({ timeout: 1000 })
              .catch(() => ''),
          ),
      );
      found = texts.slice(1).find((one) => one?.includes(text)) ?? '';
      return found;
    })
    .toContain(text);
  return found;
}

test('a deployment goes on through a reload of the window, and is told of once', async () => {
  const { page } = window();
  await connect();
  await deploy();
  await expect.poll(async () => (await scratch()).status).toBe('UPDATING');
  await row('AWS is updating').waitFor();
  await window().statusBar(LABEL).waitFor();
  await window().shot('running');

  await window().reload();
  await window().openView('Slipway');
  await row('AWS is updating').waitFor();
  await window().statusBar(LABEL).waitFor();
  await window().shot('after-the-reload');

  await place.sandbox.control.advance(A_CODE_UPDATE);
  await window().toast('the new code is live').hover();
  await row('succeeded').waitFor();
  await window().statusBar(LABEL).waitFor({ state: 'detached' });
  await window().shot('finished');
  expect(await page.locator('.notifications-toasts .notification-list-item').count()).toBe(1);
  expect((await scratch()).updates).toHaveLength(1);
});

test('its page tells what was planned, sent and seen', async () => {
  await deployed();
  await click(window().toast('the new code is live').getByRole('button', { name: 'Show Details' }));
  const text = await pageText('Time line');
  const { clientToken } = await firstRequest();
  for (const part of [LABEL, 'succeeded', 'Request to AWS', 'AWS updates', clientToken]) {
    expect(text).toContain(part);
  }
  await window().shot('details');
});

variation('its request is copied as a command', async () => {
  const { page, tree } = window();
  await deployed();
  await tree.menu(LABEL, 'Copy as CLI');
  const copied = (): Promise<string> => page.evaluate('navigator.clipboard.readText()');
  await expect.poll(copied).toContain('aws finspace update-kx-cluster-code-configuration --cli-input-json');
  const { clientToken } = await firstRequest();
  expect(await copied()).toContain(clientToken);
});

variation('expired credentials ask once, with a button that goes on', async () => {
  const { page } = window();
  await connect();
  await deploy();
  await expect.poll(async () => (await scratch()).updates.length).toBe(1);
  await place.sandbox.control.fault({
    service: 'finspace',
    operation: 'GetKxCluster',
    kind: 'error',
    status: 403,
    code: 'ExpiredTokenException',
    message: 'The security token included in the request is expired',
  });
  const question = window().toast('Could not follow what runs');
  await question.hover();
  await place.sandbox.control.advance(A_CODE_UPDATE);
  await window().shot('expired');
  const toasts = page.locator('.notifications-toasts .notification-list-item');
  expect(await toasts.filter({ hasText: 'Could not follow' }).count()).toBe(1);
  await place.sandbox.control.clearFaults();
  await click(question.getByRole('button', { name: 'Try Again' }));
  await window().toast('the new code is live').waitFor();
  expect((await scratch()).updates).toHaveLength(1);
});

test('an extension host that is killed before the answer leaves one update, and its end is found', async () => {
  await connect();
  await place.sandbox.control.fault({ service: 'finspace', operation: UPDATE, kind: 'delay', ms: 5_000 });
  await deploy();
  await expect.poll(async () => (await place.sandbox.control.faults())[0]?.played).toBe(1);
  expect((await scratch()).updates).toEqual([]);
  await killHost(window(), async () => {
    await expect.poll(async () => (await scratch()).updates.length).toBe(1);
  });
  await window().openView('Slipway');
  await row('AWS is updating').waitFor();
  await window().shot('killed-before-the-answer');
  await place.sandbox.control.advance(A_CODE_UPDATE);
  await window().toast('the new code is live').waitFor();
  expect((await scratch()).updates).toHaveLength(1);
});

test('the view shows what is asked for, and says so', async () => {
  const { quick, tree, page } = window();
  await deployed();
  await window().palette('Slipway: Filter Operations…');
  await quick.asks('Choose what the view shows');
  await window().shot('filter');
  await quick.pick('failed or stopped');
  await tree.row(LABEL).waitFor({ state: 'detached' });
  await page.locator('.sidebar').getByText('failed or stopped').first().waitFor();
  await page.locator('.sidebar').getByText('No operation fits the filter').waitFor();
  await window().shot('nothing-failed');
  await window().palette('Slipway: Filter Operations…');
  await quick.pick('Everything');
  await row('succeeded').waitFor();
});

variation('the trail is exported to a file', async () => {
  const { quick, page } = window();
  await deployed();
  const file = join(place.folder, 'slipway-operations.csv');
  await window().palette('Slipway: Export Audit Trail…');
  await quick.asks('Choose a format');
  await quick.choose('CSV');
  await quick.asks('Values of command-line arguments');
  await quick.choose('Mask them');
  await expect.poll(() => quick.input.inputValue()).toBe(file);
  await window().shot('export');
  await page.keyboard.press('Enter');
  await expect.poll(() => readIfThere(file)).toContain('"succeeded"');
  const lines = readFileSync(file, 'utf8').trimEnd().split('\r\n');
  expect(lines).toHaveLength(2);
  expect(lines[0]).toContain('"id","kind","state","subject"');
  expect(lines[1]).toContain(`"code","succeeded","${LABEL}"`);
});

variation(
  'after another start the tree is there though AWS does not answer, marked, and becomes fresh when it does',
  async () => {
    const { tree, page } = window();
    await connect();
    const group = (text: string | RegExp) => tree.row('feed-handlers').filter({ hasText: text });
    await tree.expand('trading-prod');
    await group('1.32').waitFor();
    await expect.poll(() => window().stored('tree')).toContain('feed-handlers');

    await place.sandbox.control.fault({
      kind: 'error',
      status: 503,
      code: 'ServiceUnavailable',
      message: 'not now',
    });
    await window().restartSlipway();
    await tree
      .row('trading-prod')
      .filter({ hasText: /as of \d.* · unreadable · 1\.32/ })
      .waitFor();
    await tree
      .row('equities-prod')
      .filter({ hasText: /as of \d/ })
      .waitFor();
    await tree.expand('trading-prod');
    await group(/as of \d/).waitFor();
    await tree.row('not now').waitFor();
    await window().shot('from-before');

    await place.sandbox.control.clearFaults();
    await click(page.locator('.sidebar').getByRole('button', { name: 'Refresh All' }));
    await tree.row('trading-prod').filter({ hasText: 'extended support until' }).waitFor();
    await tree.row(/as of \d/).waitFor({ state: 'detached' });
    await tree.row('not now').waitFor({ state: 'detached' });
    await group('1.32').waitFor();
    await window().shot('fresh-again');
  },
);

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
