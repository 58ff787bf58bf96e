/** A workspace that is not trusted: Slipway shows what runs, changes nothing, and leads to trust. */
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { oneInTen } from '../cases';
import { CODE, useSavingWindow } from './harness/saving-window';

const variation = oneInTen(test, 'untrusted');

const { window, local, updates, puts, save, connect } = useSavingWindow({ suite: 'untrusted', trust: true });

test('the view and each command say so, and lead to trust', async () => {
  const { page } = window();
  await window().openView('Slipway');
  await page.getByText('Restricted Mode: Slipway shows what runs where').waitFor();
  await page.getByRole('button', { name: 'Manage Workspace Trust' }).waitFor();
  await window().palette('Slipway: Deploy Code…');
  const told = window().toast('This workspace is not trusted, so Slipway changes nothing from here');
  await told.waitFor();
  await window().shot('no-trust');
  await told.getByRole('button', { name: 'Manage Workspace Trust' }).click();
  await page.getByText('You are in Restricted Mode').first().waitFor();
  await window().shot('manage-trust');
});

variation('a save deploys nothing, and asks nothing', async () => {
  await window().statusBar('Restricted Mode').waitFor();
  await connect();
  await save('a:1');
  await expect.poll(() => local(CODE)).toContain('a:1');
  await pause(3_000);
  expect([await updates(), await puts()]).toEqual([0, 0]);
  expect(await window().toast('Deploy on save').count()).toBe(0);
});

variation('the menu of the status bar changes nothing either', async () => {
  const { quick } = window();
  await connect();
  for (const entry of ['Deploy Code…', 'Update Node Group…', 'Update Several Node Groups…']) {
    await window().palette('Slipway: Show What Runs…');
    await quick.pick(entry);
    await window().toast('This workspace is not trusted').waitFor();
    await window().palette('Notifications: Clear All Notifications');
    await window().toast('This workspace is not trusted').waitFor({ state: 'detached' });
  }
});
