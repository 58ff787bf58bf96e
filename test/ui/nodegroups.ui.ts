/** Node groups in the window: what is outdated, a plan, a failure and its remedy, a batch with a canary, the readiness. */
import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { oneInTen } from '../cases';
import { click } from './harness/click';
import { passTimeUntil } from './harness/pass-time';
import { useSandboxWindow } from './harness/sandbox-window';

const variation = oneInTen(test, 'nodegroups');

const { window, place } = useSandboxWindow({ suite: 'nodegroups' });

/** Longer than any update takes. */
const A_WHILE = 2 * 60 * 60_000;

/** Lets time pass at AWS until the window shows what is waited for. */
async function untilShown(shown: Locator): Promise<void> {
  await passTimeUntil(place.sandbox, A_WHILE, shown);
}

/** Rests the pointer on a row until its tooltip says so: a row that is drawn anew meanwhile takes its tooltip away. */
async function untilTooltipSays(row: string, text: string): Promise<void> {
  const { tree, page } = window();
  await expect
    .poll(async () => {
      await page.mouse.move(800, 500);
      await tree.row(row).hover();
      return page
        .getByText(text)
        .waitFor({ timeout: 2_000 })
        .then(
          () => true,
          () => false,
        );
    })
    .toBe(true);
}

async function connect(): Promise<void> {
  const { tree } = window();
  await window().openSandbox('trading-prod');
  await tree.expand('trading-prod');
  await tree.row('oms-guarded').waitFor();
}

/** The bodies of the updates that the sandbox has taken for a node group. */
async function requests(cluster: string, name: string): Promise<readonly unknown[]> {
  const { eksClusters } = await place.sandbox.control.state();
  const groups = eksClusters.find((one) => one.name === cluster)?.nodegroups ?? [];
  const found = groups.find((one) => one.name === name);
  if (!found) throw new Error(`the sandbox has no node group ${cluster}/${name}`);
  return found.updates.map(({ body }) => body);
}

test('rows say what is outdated, the view counts it and narrows down to it', async () => {
  const { tree, page } = window();
  await connect();
  await tree.row('trading-prod').filter({ hasText: 'costs extra · 1.32 · extended support until' }).waitFor();
  await tree.row('system').filter({ hasText: 'behind +2 · 1.31' }).waitFor();
  await tree.row('oms-low-latency').filter({ hasText: 'own AMI' }).waitFor();
  await untilTooltipSays('gateway-arm', 'Update available: AMI release');
  await window().shot('outdated');
  await page.mouse.move(800, 500);
  // Four clusters of the sandbox are near or past the end of their support, four node groups need something, and one kdb
  // environment is suspended.
  await page.locator('.activitybar .badge-content').getByText('9').waitFor();

  await click(page.locator('.sidebar').getByRole('button', { name: 'Show Only What Needs Attention' }));
  await tree.row('feed-handlers').waitFor({ state: 'detached' });
  await tree.row('gateway-arm').waitFor();
  await window().shot('only-what-needs-attention');
  await click(page.locator('.sidebar').getByRole('button', { name: 'Show All Resources' }));
  await tree.row('feed-handlers').waitFor();
});

variation('a missing permission is named where its fact would be', async () => {
  const { page } = window();
  await connect();
  await place.sandbox.control.fault({
    kind: 'error',
    service: 'ssm',
    status: 400,
    code: 'AccessDeniedException',
    message: 'no',
  });
  await click(page.locator('.sidebar').getByRole('button', { name: 'Refresh All' }));
  await untilTooltipSays('feed-handlers', 'you lack the permission ssm:GetParameter');
  await window().shot('permission');

  await place.sandbox.control.clearFaults();
  await click(page.locator('.sidebar').getByRole('button', { name: 'Refresh All' }));
  await untilTooltipSays('oms-guarded', 'Update available: AMI release');
  await page.mouse.move(800, 500);
});

test('a plan shows its insights; a failed eviction is explained, and force is a click away', async () => {
  const { tree, page, quick, document } = window();
  await connect();
  await tree.act('oms-guarded', 'Update Node Group…');
  await quick.asks('Choose the Kubernetes version');
  await quick.pick('1.32');
  await quick.asks('Choose the AMI release');
  await quick.pick('newest');
  await quick.asks('Choose what happens to pods');
  await quick.pick('Respect disruption budgets');
  await quick.asks('Update trading-prod / oms-guarded?');
  await quick.pick('Show Insights');
  await page.getByRole('tab', { name: 'Upgrade insights of trading-prod' }).waitFor();
  // VS Code may leave a page empty that opens while the one before is still loading.
  await document.getByText('EKS add-on version compatibility').first().waitFor();
  // Enter looks at something; to go on past a check takes the name.
  const [first = '', ...others] = await quick.rows();
  expect(first).toContain('Show Insights');
  await quick.row('Needs your confirmation').waitFor();
  expect(others.join(' ')).not.toContain('Blocks');
  expect(await quick.focused()).toContain('Show Insights');
  await quick.pick('Show the whole plan');
  await page.getByRole('tab', { name: 'Plan for trading-prod' }).waitFor();
  await document.getByText('Needs your confirmation').waitFor();
  await window().shot('plan');
  await window().press('Update Anyway…');
  await quick.asks('Type the name of the node group');
  await quick.typeName('oms-guarded', '');
  await quick.complains('Type "oms-guarded"');
  await window().shot('name-to-type');
  expect(await requests('trading-prod', 'oms-guarded')).toEqual([]);
  await quick.typeName('oms-guarded');
  await window().toast('Updating trading-prod / oms-guarded').waitFor();
  const failed = window().toast('blocks the drain');
  await untilShown(failed);
  await failed.hover();
  await tree.row('oms-guarded').filter({ hasText: 'degraded' }).waitFor();
  await window().statusBar('trading-prod / oms-guarded: failed').waitFor();
  await window().shot('pod-eviction-failure');

  // What only shows something is first.
  const buttons = await failed.locator('.notification-list-item-buttons-container a').allInnerTexts();
  expect(buttons[0]).toBe('Show Details');
  expect(buttons.length).toBeLessThanOrEqual(3);
  // What sends stands on the page of the operation alone.
  await click(failed.getByRole('button', { name: 'Show Details' }));
  await window().press('Try Again with Force…');
  await quick.asks('Update trading-prod / oms-guarded?');
  await quick.row('Draining').waitFor();
  expect(await quick.focused()).not.toContain('Update');
  await window().shot('with-force');
  await quick.pick('Show the whole plan');
  await document.getByText('are ended with it, disruption budgets or not').waitFor();
  await window().press('Update Anyway…');
  await quick.asks('Type the name of the node group');
  await quick.typeName('oms-guarded');
  const updated = window().toast('trading-prod / oms-guarded: updated');
  await untilShown(updated);
  await tree
    .row('oms-guarded')
    .filter({ hasText: /^oms-guarded1\.32 · .*1\.32\./ })
    .waitFor();
  expect((await requests('trading-prod', 'oms-guarded')).at(-1)).toMatchObject({ force: true });
});

test('a node group is updated by keyboard alone', async () => {
  const { page, quick } = window();
  await connect();
  await page.evaluate(
    "addEventListener('pointerdown', () => document.body.setAttribute('clicked', ''), true)",
  );
  await window().palette('Slipway: Update Node Group…');
  await quick.asks('Choose a node group');
  await quick.choose('market-data / ingest-arm');
  await quick.asks('Choose the Kubernetes version');
  await quick.choose('1.33');
  await quick.asks('Choose the AMI release');
  await quick.accept();
  await quick.asks('Choose what happens to pods');
  await quick.accept();
  await quick.asks('Update market-data / ingest-arm?');
  await window().shot('by-keyboard');
  await quick.accept();
  const updated = window().toast('market-data / ingest-arm: updated');
  await untilShown(updated);
  expect(await requests('market-data', 'ingest-arm')).toMatchObject([{ version: '1.33' }]);
  expect(await page.locator('body[clicked]').count(), 'the mouse was used').toBe(0);
});

test('a batch runs its canary, waits for a click, and goes on', async () => {
  const { tree, quick } = window();
  await connect();
  await tree.menu('research-gpu', 'Update Several Node Groups…');
  await quick.asks('Choose the node groups to update');
  await quick.press('OK');
  await quick.asks('Choose where to bring them');
  await quick.pick("The control plane's version");
  await quick.asks('Choose what happens to pods');
  await quick.pick('Respect disruption budgets');
  await quick.asks('How the updates run');
  await quick.pick('Canary');
  await quick.asks('goes first, alone');
  await quick.pick('inference-arm');
  await quick.asks('How the updates run');
  await window().shot('how');
  await quick.pick('Go on with these');
  await quick.asks('Nothing has been sent yet');
  await window().shot('batch-review');
  await quick.pick('Update 2 node groups of research-gpu');

  const waiting = window().toast('waits for your click');
  await untilShown(waiting);
  await window().shot('canary');
  await click(waiting.getByRole('button', { name: 'Go On' }));
  const done = window().toast('2 node groups of research-gpu: all done');
  await untilShown(done);
  // It is told before its row has left those that run.
  await tree.row(/2 node groups of research-gpu.*succeeded/).waitFor();
  await tree.expand('2 node groups of research-gpu');
  await window().shot('batch');
});

test('the readiness of a cluster is a page that leads to what is to be done', async () => {
  const { tree, page, document, quick } = window();
  await connect();
  await tree.act('trading-prod', 'Show Upgrade Readiness…');
  await page.getByRole('tab', { name: 'Readiness of trading-prod' }).waitFor();
  await document.getByText('What to do, in this order').waitFor();
  await window().shot('readiness');
  const checkDrain = document.getByRole('button', { name: /^Check Drain of / }).first();
  await checkDrain.waitFor();
  await document.getByText('Looking into the cluster').waitFor({ state: 'detached' });
  await checkDrain.scrollIntoViewIfNeeded();
  await window().shot('readiness-drains');
  await click(document.getByRole('button', { name: /^Update .+…$/ }).first());
  await quick.asks('Choose the');
  await page.keyboard.press('Escape');
});
