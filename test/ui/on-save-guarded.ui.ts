/** What guards deploy on save: a task that must succeed, half typed files, the trust of the workspace. */
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { click } from './harness/click';
import { CODE, useSavingWindow } from './harness/saving-window';

const GUARDED = { preDeploy: 'load test' };

describe('with a task before each deployment', () => {
  const { window, local, updates, advance, says, goesLive, nothingSent, save, begin } = useSavingWindow({
    suite: 'on-save-task',
  });

  test('a task that fails stops the deployment and shows its problems', async () => {
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

  test('what is half typed is neither saved nor deployed before the task', async () => {
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
});

describe('in a workspace that is not trusted', () => {
  const { window, local, updates, puts, save, connect } = useSavingWindow({
    suite: 'on-save-untrusted',
    trust: true,
  });

  test('a save deploys nothing, and asks nothing', async () => {
    await window().statusBar('Restricted Mode').waitFor();
    await connect();
    await save('a:1');
    await expect.poll(() => local(CODE)).toContain('a:1');
    await pause(3_000);
    expect([await updates(), await puts()]).toEqual([0, 0]);
    expect(await window().toast('Deploy on save').count()).toBe(0);
  });

  test('the menu of the status bar changes nothing either', async () => {
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
});
