/** What comes after a deployment: somebody else's change, a failure and its logs, going back. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { oneInTen } from '../cases';
import { click } from './harness/click';
import { A_WHILE, useDeployingWindow } from './harness/deploying-window';

const variation = oneInTen(test, 'roll-back');

const {
  window,
  place,
  clusterState,
  updatesOf,
  untilTold,
  clearToasts,
  changeByAnother,
  editTargets,
  connect,
  deployAnalytics,
  deployTarget,
} = useDeployingWindow({ suite: 'roll-back' });

test('a change by somebody else stops the plan, is shown, and is replaced knowingly', async () => {
  const { page, quick } = window();
  await connect();
  await deployAnalytics();
  await changeByAnother('eq-analytics', '32');
  await window().palette('Slipway: Deploy Again…');
  await quick.pick('analytics');
  await quick.asks('Deploy to equities-prod / eq-analytics?');
  await quick.row('Changed by somebody else').waitFor();
  expect((await quick.rows()).some((row) => row.startsWith('Deploy\n'))).toBe(false);
  await window().shot('drift');
  await quick.pick('Show Both');
  await page.getByRole('tab', { name: /as Slipway left it/ }).waitFor();
  await window().shot('drift-both');
  expect(await quick.focused()).toContain('Show Both');
  await quick.pick('Replace It…');
  await quick.asks('Type the name of the cluster to go on');
  await quick.typeName('eq-analytics', 'eq-analytic');
  await quick.complains('Type "eq-analytics"');
  await quick.typeName('eq-analytics');
  await quick.row('is going to be replaced, as agreed').waitFor();
  await window().shot('drift-accepted');

  await changeByAnother('eq-analytics', '64');
  await quick.pick('Deploy');
  await quick.asks('The target is protected. Type its name to go on.');
  await quick.typeName('analytics');
  await window().toast('changed by somebody else').waitFor();
  await window().shot('drift-stop');
  expect(await updatesOf('eq-analytics')).toBe(1);

  // What a target deployed is not repeated once the target is gone.
  editTargets('"analytics": {', '"renamed": {');
  await clearToasts();
  await window().tree.menu(/eq-analytics.*changed by somebody else/, 'Try Again…');
  await window().toast('deployed by the target analytics, which is not in slipway.json any more').waitFor();
  await window().shot('target-not-here');
});

test('deployments are listed and compared, and an earlier one comes back exactly', async () => {
  const { tree, page, quick } = window();
  await connect();
  const before = (await clusterState('eq-gateway')).configuration;
  await deployTarget('gateway');
  writeFileSync(join(place.folder, 'lib/extra.q'), '.extra.one:1\n');
  await deployTarget('gateway');

  await tree.menu('eq-gateway', 'Show Deployments…');
  await quick.asks('Choose a deployment');
  await quick.row('live now').waitFor();
  await window().shot('deployments');
  await quick.pick('live now');
  await quick.pick('Compare with another deployment…');
  await quick.asks('Choose the deployment to compare it with');
  await page.keyboard.press('Enter');
  await page.locator('.multiDiffEntry').getByText('extra.q').first().waitFor();
  await window().shot('two-deployments');

  const first = (await clusterState('eq-gateway')).updates[0]?.body as Record<string, unknown>;
  await clearToasts();
  await tree.menu('eq-gateway', 'Roll Back…');
  await quick.asks('Choose what to go back to');
  await window().shot('go-back-to');
  await page.keyboard.press('Enter');
  await quick.asks('Choose how the q processes take the code');
  await page.keyboard.press('Enter');
  await quick.asks('Roll back equities-prod / eq-gateway?');
  await quick.row('0 added, 0 changed, 1 removed').waitFor();
  await window().shot('roll-back-review');
  await quick.pick('Roll back');
  await window().toast('Rolling back equities-prod / eq-gateway').waitFor();
  await expect.poll(() => updatesOf('eq-gateway')).toBe(3);
  await tree.row('eq-gateway').filter({ hasText: 'rolling back' }).waitFor();
  await untilTold(window().toast('eq-gateway: rolled back, the earlier code is live again'));
  await tree.row(/eq-gateway.*succeeded.*Roll back code/).waitFor();
  const { clientToken: _t, ...asked } = first;
  expect((await clusterState('eq-gateway')).updates.at(-1)?.body).toMatchObject(asked);
  expect(before.initializationScript).toBe('gw/init.q');
});

test('a failed deployment shows its logs, and what was there before is a click away', async () => {
  const { page, quick } = window();
  await connect();
  await deployTarget('gateway');
  const { configuration: before, updates } = await clusterState('eq-gateway');
  await clearToasts();
  await window().palette('Slipway: Deploy Again…');
  await quick.pick('gateway');
  await quick.asks('Deploy to equities-prod / eq-gateway?');
  await quick.pick('Deploy');
  await expect.poll(() => updatesOf('eq-gateway')).toBe(updates.length + 1);
  await changeByAnother('eq-gateway', '2');
  const failed = window().toast('somebody else changed this');
  await failed.hover();
  const buttons = await failed.locator('.notification-list-item-buttons-container a').allInnerTexts();
  expect(buttons[0]).toBe('Show Details');
  await window().shot('foreign-change');
  await place.sandbox.control.advance(A_WHILE);
  await click(failed.getByRole('button', { name: 'Roll Back…' }));
  await quick.asks('Choose how the q processes take the code');
  await quick.pick('ROLLING');
  await quick.asks('Roll back equities-prod / eq-gateway?');
  await window().shot('roll-back-one-click');
  await quick.pick('Roll back');
  await expect.poll(() => updatesOf('eq-gateway')).toBe(updates.length + 2);
  await untilTold(window().toast('eq-gateway: rolled back, the earlier code is live again'));
  expect((await clusterState('eq-gateway')).configuration).toEqual(before);

  await window().tree.menu('eq-gateway', 'Show Cluster or Pod Logs…');
  await page.getByRole('tab', { name: /eq-gateway logs/ }).waitFor();
  await window().document.locator('.line', { hasText: 'q process is ready' }).first().waitFor();
  await window().document.getByRole('searchbox', { name: 'Filter' }).fill('is ready');
  await window().document.getByText('Matches: ').first().waitFor();
  await window().press('Pause');
  await window().document.getByRole('button', { name: 'Resume' }).waitFor();
  await window().shot('logs');
});

variation(
  'a rollback to what was there before Slipway, of what a protected target leads to, asks for a name',
  async () => {
    const { tree, quick } = window();
    await connect();
    await deployTarget('gateway');
    await clearToasts();
    const rollBack = async (): Promise<void> => {
      await tree.menu('eq-gateway', 'Roll Back…');
      await quick.asks('Choose what to go back to');
      expect(await quick.focused()).toContain('what was there · equities/');
      await quick.accept();
      await quick.asks('Choose how the q processes take the code');
      await quick.accept();
      await quick.asks('Roll back equities-prod / eq-gateway?');
      await quick.pick('Roll back');
    };
    const before = await updatesOf('eq-gateway');
    editTargets('"cluster": "eq-gateway"', '"cluster": "eq-gateway", "protected": true');
    await rollBack();
    await quick.asks('The target gateway protects eq-gateway. Type the name of the target to go on.');
    await quick.cancel();

    editTargets('"protected": true', '"protected": "yes"');
    await rollBack();
    await quick.asks('A mistake in slipway.json hides whether eq-gateway is protected');
    await quick.typeName('eq-gateway', 'gateway');
    await quick.complains('Type "eq-gateway"');
    await window().shot('protection-unknown');
    await quick.cancel();
    editTargets('"protected": "yes"', '"protected": false');
    expect(await updatesOf('eq-gateway')).toBe(before);
  },
);
