/**
 * The walkthrough from its first step to its last, as whoever meets Slipway for the first time goes it, with the keyboard:
 * each step is checked off when what it is about was done in the sandbox, and not before.
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { startTestSandbox, type TestSandbox } from '../sandbox/start';
import { useWorkbench } from './harness/use-workbench';

const SAMPLE = resolve(import.meta.dirname, '../../sample/q-workspace');
/** Simulated milliseconds that pass between two looks. */
const A_WHILE = 20 * 60_000;

const STEPS = {
  sandbox: 'Open the sandbox',
  deploy: 'Deploy code for the first time',
  rollBack: 'Compare, and roll back',
  nodegroup: 'Update a node group',
  workload: 'Deploy code on Kubernetes',
  profile: 'Use your own account',
} as const;
type Step = keyof typeof STEPS;

const place = {} as { folder: string; sandbox: TestSandbox };
const window = useWorkbench({
  options: async () => {
    place.folder = mkdtempSync(join(tmpdir(), 'slipway-walk-'));
    place.sandbox = await startTestSandbox();
    const workspace = join(place.folder, 'ticks');
    cpSync(SAMPLE, workspace, { recursive: true });
    mkdirSync(join(workspace, 'hdb'), { recursive: true });
    const { url, credentials } = place.sandbox;
    const profile = `[profile research]\nregion = us-east-1\nendpoint_url = ${url}\naws_access_key_id = ${credentials.accessKeyId}\naws_secret_access_key = ${credentials.secretAccessKey}\n`;
    writeFileSync(join(place.folder, 'config'), profile);
    return {
      suite: 'walkthrough',
      workspace,
      sandbox: place.sandbox,
      env: { AWS_CONFIG_FILE: join(place.folder, 'config'), AWS_SHARED_CREDENTIALS_FILE: '' },
    };
  },
  release: async () => {
    await place.sandbox.stop();
    rmSync(place.folder, { recursive: true, force: true });
  },
});

function step(name: Step): Locator {
  return window().page.locator('.getting-started-step').filter({ hasText: STEPS[name] });
}

/** Which steps are checked off; the walkthrough is an editor that may be behind others. */
async function done(): Promise<readonly Step[]> {
  const names = Object.keys(STEPS) as readonly Step[];
  const checked = await Promise.all(
    names.map(async (name) => (await step(name).locator('[role=checkbox][aria-checked=true]').count()) > 0),
  );
  return names.filter((_, at) => checked[at]);
}

/** Shows the walkthrough, opens a step, and keeps a picture of it once these steps are checked off. */
async function shows(name: Step, ...steps: readonly Step[]): Promise<void> {
  await window().palette('Slipway: Open Walkthrough');
  await step(name).waitFor();
  await expect.poll(done).toEqual(steps);
  if (!(await step(name).getAttribute('class'))?.includes('expanded')) await step(name).click();
  await window().page.mouse.move(500, 880);
  await window().shot(
    `${Object.keys(STEPS).indexOf(name) + 1}-${name}-${steps.includes(name) ? 'done' : 'open'}`,
  );
}

async function untilShown(shown: Locator): Promise<void> {
  await expect
    .poll(
      async () => {
        await place.sandbox.control.advance(A_WHILE);
        return shown.isVisible();
      },
      { interval: 500 },
    )
    .toBe(true);
}

/** Six jobs one after the other: longer than other tests on a busy machine. */
const A_HANG_MS = 30 * 60_000;

test('each step is checked off once it is done', { timeout: A_HANG_MS }, async () => {
  const { quick, page, tree } = window();
  // Narrower, VS Code leaves the picture of a step out.
  await page.setViewportSize({ width: 1600, height: 900 });
  await window().openView('Slipway');
  await window().shot('0-view');
  await page.locator('.sidebar').getByText('Open the Walkthrough').click();
  await shows('sandbox');

  await window().palette('Slipway: Try It in the Sandbox');
  await tree.row('equities-prod').waitFor();
  await shows('sandbox', 'sandbox');

  await shows('deploy', 'sandbox');
  await window().palette('Slipway: Deploy Code…');
  await quick.asks('Choose where to');
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
  await quick.asks('Deploy to equities-prod / eq-rdb?');
  await page.keyboard.press('Enter');
  await window().toast('Deploying to equities-prod / eq-rdb').waitFor();
  expect(await done()).toEqual(['sandbox']);
  await untilShown(window().toast('eq-rdb: the new code is live'));
  await shows('deploy', 'sandbox', 'deploy');

  await shows('rollBack', 'sandbox', 'deploy');
  await window().palette('Slipway: Roll Back…');
  await quick.asks('Choose where to');
  await quick.choose('equities-prod / eq-rdb');
  await quick.asks('Choose what to go back to');
  await page.keyboard.press('Enter');
  await quick.asks('Choose how the q processes take the code');
  await quick.choose('ROLLING');
  await quick.asks('Roll back equities-prod / eq-rdb?');
  await quick.pick('Roll back');
  await untilShown(window().toast('eq-rdb: rolled back, the earlier code is live again'));
  await shows('rollBack', 'sandbox', 'deploy', 'rollBack');

  await shows('nodegroup', 'sandbox', 'deploy', 'rollBack');
  await window().palette('Slipway: Update Node Group…');
  await quick.asks('Choose a node group');
  await quick.choose('market-data / ingest-arm');
  await quick.asks('Choose the Kubernetes version');
  await quick.choose('1.33');
  await quick.asks('Choose the AMI release');
  await page.keyboard.press('Enter');
  await quick.asks('Choose what happens to pods');
  await page.keyboard.press('Enter');
  await quick.asks('Update market-data / ingest-arm?');
  await window().shot('4-nodegroup-review');
  await quick.pick(/^\s*Update/);
  await untilShown(window().toast('market-data / ingest-arm: updated'));
  await shows('nodegroup', 'sandbox', 'deploy', 'rollBack', 'nodegroup');

  await shows('workload', 'sandbox', 'deploy', 'rollBack', 'nodegroup');
  await window().palette('Slipway: Deploy Code…');
  await quick.asks('Choose where to');
  await quick.choose('trading-prod / tick / statefulset/rdb');
  await quick.asks('Choose what to deploy');
  await page.keyboard.press('Enter');
  await quick.asks('Choose a bucket');
  await quick.pick(/acme-kdb-code/);
  await quick.asks('Choose how the pods take the code');
  await quick.choose('ROLLING');
  await quick.asks('Choose the initialization script');
  await quick.choose('hdb/hdb.q');
  await quick.asks('Deploy to trading-prod / tick / statefulset/rdb?');
  await page.keyboard.press('Enter');
  await untilShown(window().toast('tick / statefulset/rdb: the new code is live'));
  await shows('workload', 'sandbox', 'deploy', 'rollBack', 'nodegroup', 'workload');

  await shows('profile', 'sandbox', 'deploy', 'rollBack', 'nodegroup', 'workload');
  await window().palette('Slipway: Add AWS Profile…');
  await quick.asks('Choose a profile of your AWS config files');
  await quick.choose('research');
  await quick.asks('Choose a region, or type one');
  await page.keyboard.press('Enter');
  await shows('profile', ...(Object.keys(STEPS) as readonly Step[]));
});
