/** The walkthrough in the window: the view leads to it, each step has its picture, and is checked off once it is done. */
import type { Locator } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { oneInTen } from '../cases';
import { answerFirst, answerFolder } from './harness/deploy-answers';
import { useKeyboard } from './harness/keyboard';
import { passTimeUntil } from './harness/pass-time';
import { STEPS, type Step, useWalkthrough } from './harness/walkthrough';

const variation = oneInTen(test, 'walkthrough');

const ROLLING = { bucket: 'acme-kdb-code-111122223333', strategy: 'ROLLING', script: 'init/start.q' };
/** Simulated milliseconds that pass at a time. */
const A_WHILE = 20 * 60_000;

describe('where steps are checked off', () => {
  const { window, place, step, done, shows } = useWalkthrough('walkthrough', true);
  const until = (told: string): Promise<void> => passTimeUntil(place.sandbox, A_WHILE, window().toast(told));

  test('each step has its picture, the first and the last are checked off once they are done, and the Welcome page leads there', async () => {
    const { quick, page } = window();
    // Narrower, VS Code leaves the picture of a step out.
    await page.setViewportSize({ width: 1600, height: 900 });
    await window().openView('Slipway');
    await page.locator('.sidebar').getByText('Open the Walkthrough').click();
    await step('sandbox').waitFor();
    for (const name of Object.keys(STEPS) as readonly Step[]) await shows(name);

    await window().openSandbox('equities-prod');
    await expect.poll(done).toEqual(['sandbox']);
    await window().palette('Slipway: Add AWS Profile…');
    await quick.asks('Choose a profile of your AWS config files');
    await quick.pick('research');
    await quick.asks('Choose a region, or type one');
    await quick.pick('us-east-1');
    await expect.poll(done).toEqual(['sandbox', 'profile']);
    await window().shot('7-checked-off');

    await window().palette('View: Close All Editors');
    await window().palette('Help: Welcome');
    await page.locator('button.getting-started-category').filter({ hasText: 'Slipway' }).click();
    await expect.poll(done).toEqual(['sandbox', 'profile']);
    await window().shot('8-from-the-welcome-page');
  });

  variation(
    'deployment, rollback, node group update and workload are checked off once they are done, and what was done before the walkthrough was open',
    async () => {
      const { quick } = window();
      await window().openSandbox('equities-prod');
      await shows('sandbox', 'sandbox');

      await window().palette('Slipway: Deploy Code…');
      await quick.asks('Choose where to');
      await quick.choose('equities-prod / eq-gateway');
      await answerFirst(quick, { folder: place.folder, ...ROLLING });
      await quick.pick('Deploy');
      await until('eq-gateway: the new code is live');
      await shows('deploy', 'sandbox', 'deploy');

      // To what was there before the first deployment: the walkthrough's own button knows of it, too.
      await window().palette('Slipway: Roll Back…');
      await quick.asks('Choose where to');
      await quick.choose('equities-prod / eq-gateway');
      await quick.asks('Choose what to go back to');
      await quick.accept();
      await quick.asks('Choose how the q processes take the code');
      await quick.accept();
      await quick.asks('Roll back equities-prod / eq-gateway?');
      await quick.pick('Roll back');
      await until('eq-gateway: rolled back, the earlier code is live again');
      await shows('rollBack', 'sandbox', 'deploy', 'rollBack');

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
      await quick.accept();
      await until('market-data / ingest-arm: updated');
      await shows('nodegroup', 'sandbox', 'deploy', 'rollBack', 'nodegroup');

      await window().palette('Slipway: Deploy Code…');
      await quick.asks('Choose where to');
      await quick.choose('trading-prod');
      await quick.choose('tick / rdb');
      await answerFolder(quick, place.folder);
      await quick.pick(ROLLING.bucket);
      await quick.asks('Choose how the pods take the code');
      await quick.pick(ROLLING.strategy);
      await quick.asks('Choose the initialization script');
      await quick.choose(ROLLING.script);
      await quick.asks('Deploy to trading-prod / tick / statefulset/rdb?');
      await quick.pick('Deploy');
      await until('tick / statefulset/rdb: the new code is live');
      await shows('workload', 'sandbox', 'deploy', 'rollBack', 'nodegroup', 'workload');
    },
  );
});

describe('where none needs to be', () => {
  const { window } = useWalkthrough('walkthrough', false);
  const { pressUntilItStays, take, command } = useKeyboard(window);

  test('its buttons are pressed by keyboard alone', async () => {
    const { page, tree } = window();
    const focused = (title: string): Locator =>
      page.locator('.getting-started-step:is(:focus, :focus-within)', { hasText: title });
    const button = (label: string): Locator =>
      page.locator('.getting-started-step .monaco-button:focus', { hasText: label });
    await command('open walkthrough', 'Open Walkthrough');
    await focused(STEPS.sandbox).waitFor();
    await pressUntilItStays('Tab', button('Try It in the Sandbox'));
    await window().shot('9-by-keyboard');
    await page.keyboard.press('Enter');
    await tree.row('equities-dev').waitFor();

    await command('open walkthrough', 'Open Walkthrough');
    await focused('').waitFor();
    await pressUntilItStays('Tab', focused(STEPS.deploy));
    await page.keyboard.press('Enter');
    await pressUntilItStays('Tab', button('Deploy Code…'));
    await page.keyboard.press('Enter');
    await take('Choose where to', 'dev-scratch', 'dev-scratch', '10-asked-by-keyboard');
    await window().quick.asks('Choose what to deploy');
  });
});
