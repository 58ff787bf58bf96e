/** The walkthrough in the window: the view leads to it, each step has its picture, and is checked off once it is done. */
import { expect, test } from 'vitest';
import { STEPS, type Step, useWalkthrough } from './harness/walkthrough';

const { window, done, shows } = useWalkthrough('walkthrough');

test('each step has its picture, and the first and the last are checked off once they are done', async () => {
  const { quick, page, tree } = window();
  // Narrower, VS Code leaves the picture of a step out.
  await page.setViewportSize({ width: 1600, height: 900 });
  await window().openView('Slipway');
  await page.locator('.sidebar').getByText('Open the Walkthrough').click();
  for (const name of Object.keys(STEPS) as readonly Step[]) await shows(name);

  await window().palette('Slipway: Try It in the Sandbox');
  await tree.row('equities-prod').waitFor();
  await expect.poll(done).toEqual(['sandbox']);
  await window().palette('Slipway: Add AWS Profile…');
  await quick.asks('Choose a profile of your AWS config files');
  await quick.pick('research');
  await quick.asks('Choose a region, or type one');
  await quick.pick('us-east-1');
  await expect.poll(done).toEqual(['sandbox', 'profile']);
  await window().shot('7-checked-off');
});
