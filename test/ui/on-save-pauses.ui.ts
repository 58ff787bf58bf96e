/** When deploy on save stops and asks: too much at once, another branch, failures, its switch. */
import { expect, test } from 'vitest';
import { click } from './harness/click';
import { CODE, ON_SAVE, UPDATE, useSavingWindow } from './harness/saving-window';

const {
  window,
  write,
  git,
  local,
  served,
  fault,
  refused,
  says,
  toasts,
  goesLive,
  nothingSent,
  save,
  begin,
} = useSavingWindow({ suite: 'on-save-pauses' });

test('200 files that change at once pause it, also after a reload, and are not deployed', async () => {
  // Time for a busy machine to tell of many files.
  await begin({ onSave: { ...ON_SAVE, debounceMs: 1_500 } });
  await nothingSent(async () => {
    for (let index = 0; index < 200; index += 1) write(`branch/file${index}.q`, `x:${index}\n`);
    await window().toast('files changed at once').waitFor();
    await says('On save: paused');
  });
  expect(await toasts('has paused')).toBe(1);
  await window().shot('paused');

  await nothingSent(async () => {
    await window().reload();
    await says('On save: paused');
    await window().toast('What was saved last was not deployed').waitFor();
    await window().shot('paused-after-a-reload');
    await window().editor.open(CODE);
    await save('r:1');
    await expect.poll(() => local(CODE)).toContain('r:1');
  });
  await says('On save: paused');
});

test('switched off it deploys nothing, not even after a reload, and switched on again the next save', async () => {
  await begin();
  await window().palette('Slipway: Switch Deploy on Save On or Off in This Window');
  await says('On save: off');
  await nothingSent(async () => {
    await window().editor.open(CODE);
    await save('e:1');
    await expect.poll(() => local(CODE)).toContain('e:1');
    await window().reload();
    await window().editor.open(CODE);
    await save('e:2');
    await expect.poll(() => local(CODE)).toContain('e:2');
  });
  await window().palette('Slipway: Switch Deploy on Save On or Off in This Window');
  await says('On save: ready');
  await window().editor.open(CODE);
  await save('f:1');
  await goesLive('f:1');
});

test('another branch pauses it and asks once', async () => {
  await begin();
  git('commit', '-q', '--all', '-m', 'Saved');
  await nothingSent(async () => {
    git('checkout', '-q', 'other');
    await window().toast('another branch or commit was checked out').hover();
    await says('On save: paused');
  }, 2_000);
  await window().shot('another-branch');
  const asked = window().toast('another branch or commit was checked out');
  expect(await toasts('has paused')).toBe(1);
  await click(asked.getByRole('button', { name: 'Deploy Now' }));
  await expect.poll(() => served('lib/sizes.q')).toBe('m:9\n');
  expect(await served(CODE)).toBe('n:0\n');
});

test('three failures in a row pause it with one notification, and resuming deploys the last state', async () => {
  await begin();
  const denied = { kind: 'error', status: 403, code: 'AccessDeniedException', message: 'No.' } as const;
  await fault({ ...denied, operation: UPDATE, times: 3 });
  const before = await refused();
  for (let count = 1; count <= 3; count += 1) {
    await save(`h:${count}`);
    await expect.poll(refused).toBe(before + count);
    await says(count < 3 ? 'On save: failed' : 'On save: paused');
  }
  const told = window().toast('has paused after three failures in a row');
  // Under the mouse it stays, however long the rest takes.
  await told.hover();
  await window().shot('three-failures');
  expect(await toasts('has paused')).toBe(1);
  await nothingSent(() => save('h:4'), 2_000);
  await click(told.getByRole('button', { name: 'Deploy Now' }));
  await goesLive('h:4');
});

test('where changes from outside do not count, a save on another branch asks first', async () => {
  await begin({ onSave: { ...ON_SAVE, externalChanges: false } });
  const asked = window().toast('another branch or commit was checked out');
  await nothingSent(async () => {
    git('commit', '-q', '--all', '-m', 'Saved');
    git('checkout', '-q', 'other');
    await window().page.locator('.view-lines').getByText('a:1').waitFor({ state: 'detached' });
    await save('l:1');
    await asked.hover();
    await says('On save: paused');
  });
  await asked.getByRole('button', { name: 'Clear Notification' }).click();
  await click(window().statusBar('On save: paused'));
  await window().quick.row('another branch or commit was checked out').waitFor();
  await window().shot('paused-in-the-menu');
  await window().quick.pick('Deploy Now');
  await goesLive('l:1');
  expect(await served('lib/sizes.q')).toBe('m:9\n');
});
