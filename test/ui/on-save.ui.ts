/** Deploy on save, from the key press to the sandbox: what is deployed, and what never is. */
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { click } from './harness/click';
import { CODE, useSavingWindow } from './harness/saving-window';

const { window, write, local, updates, puts, served, says, goesLive, nothingSent, save, connect, begin } =
  useSavingWindow({ suite: 'on-save' });

test('the first save asks whether the target is right, and the next ones deploy', async () => {
  await connect();
  await save('a:1');
  const question = window().toast('waits for your word');
  await question.hover();
  expect([await updates(), await puts()]).toEqual([0, 0]);
  await says('On save: not deployed');
  await window().shot('asked');
  await click(question.getByRole('button', { name: 'Look at the Target…' }));
  await window().quick.pick('Use this target');
  await expect.poll(updates).toBe(1);
  await window().shot('deploying');
  await goesLive('a:1');
  await says('On save: deployed');

  await window().editor.open(CODE);
  await save('b:1');
  await goesLive('b:1');
  await says('On save: deployed');
  await window().shot('deployed');
  expect(await updates()).toBe(2);
  expect(await window().toast('the new code is live').count(), 'quiet when all is well').toBe(0);
});

test('ten quick saves are at most two deployments, and the last state is live', async () => {
  await begin();
  const before = await updates();
  for (let index = 0; index < 10; index += 1) await save(`c:${index}`);
  await goesLive('c:9');
  await says('On save: deployed');
  expect(await updates()).toBeGreaterThan(before);
  expect(await updates()).toBeLessThanOrEqual(before + 2);
});

test('what another program changes is deployed, in a window in which nothing was saved yet', async () => {
  await begin();
  await window().reload();
  await window()
    .statusBar(/On save: (ready|deployed)/)
    .waitFor();
  // VS Code begins to watch the folder some time after the window shows, and tells of nothing from before.
  let written = 0;
  await expect
    .poll(async () => {
      written += 1;
      write('lib/feed.q', `u:${written}\n`);
      await pause(3_000);
      return served('lib/feed.q');
    })
    .toMatch(/^u:\d+\n$/);
});

test('a save of which VS Code tells nothing beforehand is deployed', async () => {
  await begin();
  await window().editor.open('notes.md');
  await window().editor.type('As it is.');
  await window().palette('File: Save without Formatting');
  await expect.poll(() => served('notes.md')).toContain('As it is.');
});

test('what the editor saves by itself is not deployed', async () => {
  await begin();
  await nothingSent(async () => {
    await window().editor.append('d:1\n');
    await window().editor.open('lib/sizes.q');
    await expect.poll(() => local(CODE)).toContain('d:1');
  });
});

test('the menu opens what was deployed', async () => {
  await begin();
  await click(window().statusBar('On save: deployed'));
  await window().quick.pick('What Was Deployed?');
  await window().page.locator('.tab.active[aria-label*="dev-scratch"]').waitFor();
  await window().shot('what-was-deployed');
});
