/** What guards deploy on save: a task that must succeed, and half typed files. For trust see untrusted.ui.ts. */
import { expect, test } from 'vitest';
import { oneInTen } from '../cases';
import { click } from './harness/click';
import { CODE, useSavingWindow } from './harness/saving-window';

const variation = oneInTen(test, 'on-save-guarded');

const GUARDED = { preDeploy: 'load test' };

const { window, local, updates, advance, says, goesLive, nothingSent, save, begin } = useSavingWindow({
  suite: 'on-save-guarded',
});

variation('a task that fails stops the deployment and shows its problems', async () => {
  await begin(GUARDED);
  await nothingSent(async () => {
    await save('i:BROKEN');
    const told = window().toast('The task "load test" failed');
    await told.waitFor();
    await click(told.getByRole('button', { name: 'Show Problems' }));
    await window().page.locator('.markers-panel').getByText('i:BROKEN').waitFor();
  }, 0);
  await says('On save: not deployed');
  await window().shot('problems-of-a-task');
  await window().editor.open(CODE);
  await window().editor.clear();
  await save('n:1\nj:1');
  await goesLive('j:1');
});

variation('what is half typed is neither saved nor deployed before the task', async () => {
  await begin(GUARDED);
  // The next deployment waits for this one, however long the typing takes.
  const before = await updates();
  await save('k:1');
  await expect.poll(updates).toBe(before + 1);
  await nothingSent(async () => {
    await save('o:1');
    await window().editor.saved();
    await window().editor.type('p:');
    await advance();
    await window().toast('VS Code would save lib/prices.q, finished or not').waitFor();
    await says('On save: not deployed');
  }, 0);
  expect(local(CODE)).toMatch(/o:1\n$/);
  await window().shot('half-typed');
  // The editor saves it by itself, which would not count otherwise.
  await window().editor.type('1\n');
  await window().editor.shows('p:1');
  await window().editor.open('lib/sizes.q');
  await goesLive('p:1');
});
