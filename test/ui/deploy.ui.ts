/** Deploying as a team does it: targets, differences, several clusters, a task before it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { oneInTen } from '../cases';
import { click } from './harness/click';
import { useDeployingWindow } from './harness/deploying-window';

const variation = oneInTen(test, 'deploy');

const { window, place, updatesOf, untilTold, connect, deployTarget } = useDeployingWindow({
  suite: 'deploy',
});

test('the workspace is compared with the deployed code, file by file', async () => {
  const { tree, page } = window();
  await connect();
  await place.sandbox.control.clearRequests();
  await tree.act('eq-rdb', 'Compare Workspace with What Runs…');
  await page.getByRole('tab', { name: 'Deployed on equities-prod / eq-rdb ↔ Workspace' }).waitFor();
  const files = page.locator('.multiDiffEntry');
  await files.first().waitFor();
  // Which files fit on the screen open depends on how long the ones above are.
  await click(page.getByRole('button', { name: 'Collapse All Diffs' }));
  const removed = files.filter({ hasText: 'venues.csv' }).first();
  await click(removed.getByRole('button').first());
  await removed.getByText('New York Stock Exchange').first().waitFor();
  await window().shot('multi-file-diff');
  const gets = await place.sandbox.control.requests({ service: 's3', operation: 'GetObject' });
  // One for the zip's directory, and one for each of the nine files that are changed or removed.
  expect(gets).toHaveLength(10);
});

test('problems of slipway.json that no schema says stand where they are', async () => {
  const { page, editor } = window();
  await editor.open('slipway.json');
  await page.locator('.squiggly-error').first().waitFor();
  await window().shot('target-problem');
});

test('a protected target is agreed to once, and asks for its name', async () => {
  const { page, quick, document } = window();
  await connect();
  await window().palette('Slipway: Deploy Again…');
  await quick.asks('Choose what to deploy again');
  await window().shot('targets');
  await quick.pick('analytics');
  await quick.asks('is used on this machine for the first time');
  await window().shot('first-use');
  await quick.pick('Use this target');
  await quick.asks('Deploy to equities-prod / eq-analytics?');
  await window().shot('review');
  await quick.pick('Show the whole plan');
  await page.getByRole('tab', { name: /Plan for equities-prod/ }).waitFor();
  await document.getByRole('row', { name: 'Strategy ROLLING' }).waitFor();
  await window().shot('plan');
  await window().press('Confirm and Deploy…');
  await quick.asks('The target is protected');
  await quick.typeName('analytics', 'analytic');
  await quick.complains('Type "analytics"');
  await window().shot('protected');
  await quick.typeName('analytics');
  await window().toast('Deploying to equities-prod / eq-analytics').waitFor();
  await expect.poll(() => updatesOf('eq-analytics')).toBe(1);
  await untilTold(window().toast('eq-analytics: the new code is live'));
});

variation('several targets are deployed to in order, as one operation with a row each', async () => {
  const { page, quick } = window();
  await connect();
  await deployTarget('gateway');
  const before = await updatesOf('eq-gateway');
  await window().palette('Slipway: Deploy to Several Clusters…');
  await quick.asks('Choose two or more to deploy to');
  await quick.tick('gateway');
  await quick.tick('plant');
  await window().shot('several-targets');
  await quick.press('OK');
  await quick.asks('is used on this machine for the first time');
  await quick.pick('Use this target');
  await quick.asks('Deploy to 2 clusters');
  await quick.pick(/Order/);
  await quick.asks('in this order');
  await quick.pick('2. plant');
  await quick.row('1. plant').waitFor();
  await window().shot('several-order');
  await quick.pick('Go on');
  await quick.asks('Deploy to 2 clusters');
  await window().shot('several-review');
  await quick.pick('Show the whole plan');
  await page.getByRole('tab', { name: 'Plan for 2 clusters' }).waitFor();
  await window().press('Deploy');
  await expect.poll(() => updatesOf('eq-tickerplant')).toBe(1);
  await window().shot('several-running');
  await untilTold(window().toast('2 clusters: all done'));
  expect(await updatesOf('eq-gateway')).toBe(before + 1);
  // It is told before its row has left those that run.
  await window()
    .tree.row(/2 clusters.*succeeded/)
    .waitFor();
  await window().tree.expand('2 clusters');
  await window().shot('several-done');
});

variation('a task that fails keeps its target from being deployed', async () => {
  const { quick } = window();
  await connect();
  await window().palette('Slipway: Deploy Again…');
  await quick.pick('checked');
  await quick.pick('Use this target');
  await window().toast('The task "lint" failed (1), so nothing was deployed').waitFor();
  await window().shot('task-failed');
  writeFileSync(join(place.folder, 'scratch/clean'), '');
  await window().palette('Slipway: Deploy Again…');
  await quick.pick('checked');
  await quick.asks('Deploy to equities-prod / eq-hdb?');
  await quick.cancel();
  expect(await updatesOf('eq-hdb')).toBe(0);
});

variation('the answers of the wizard are saved as a target beside the others', async () => {
  const { tree, page, quick } = window();
  await connect();
  await tree.act('eq-rdb', 'Deploy Code…');
  await quick.asks('Choose what to deploy');
  // Whoever may not list buckets is offered the one that is known.
  await place.sandbox.control.fault({
    service: 's3',
    operation: 'ListBuckets',
    kind: 'error',
    status: 403,
    code: 'AccessDenied',
    message: 'no',
    times: 1,
  });
  await page.keyboard.press('Enter');
  await quick.asks('Choose a bucket');
  await quick.pick('holds the present code');
  expect((await place.sandbox.control.faults()).at(-1)?.played).toBe(1);
  await quick.asks('Choose how the q processes take the code');
  await quick.pick('ROLLING');
  await quick.asks('Choose the initialization script');
  await quick.choose('init/start.q');
  await quick.asks('Deploy to equities-prod / eq-rdb?');
  await quick.pick('Deploy');
  await expect.poll(() => updatesOf('eq-rdb')).toBe(1);
  const live = window().toast('eq-rdb: the new code is live');
  await untilTold(live);
  await click(live.getByRole('button', { name: 'Save as Target…' }));
  await quick.asks('Name of the target');
  await quick.type('gateway');
  await quick.accept();
  await quick.complains('There is a target "gateway" already');
  await quick.type('rdb');
  await quick.accept();
  const file = (): string => readFileSync(join(place.folder, 'slipway.json'), 'utf8');
  await expect.poll(file).toContain('"rdb": {');
  expect(file()).toContain('// Where this code goes.');
  await window().shot('saved-target');
  await window().palette('Slipway: Deploy Again…');
  await quick.pick('rdb');
  // What the user saved is not asked about again.
  await quick.asks('Deploy to equities-prod / eq-rdb?');
  await quick.cancel();
});
