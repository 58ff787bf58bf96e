/** Deploy on save, from the key press to the sandbox: what is deployed, what never is, and when it stops and asks. */
import { expect, test } from 'vitest';
import { oneInTen } from '../cases';
import { click } from './harness/click';
import { CODE, ON_SAVE, UPDATE, useSavingWindow } from './harness/saving-window';

const variation = oneInTen(test, 'on-save');

const {
  window,
  write,
  git,
  local,
  updates,
  puts,
  served,
  fault,
  refused,
  says,
  toasts,
  goesLive,
  nothingSent,
  save,
  connect,
  begin,
} = useSavingWindow({ suite: 'on-save' });

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

variation('ten quick saves are at most two deployments, and the last state is live', async () => {
  await begin();
  const before = await updates();
  for (let index = 0; index < 10; index += 1) await save(`c:${index}`);
  await goesLive('c:9');
  await says('On save: deployed');
  expect(await updates()).toBeGreaterThan(before);
  expect(await updates()).toBeLessThanOrEqual(before + 2);
});

test('what another program changes is deployed where nothing was saved since Slipway started', async () => {
  await begin();
  await window().restartSlipway();
  await window()
    .statusBar(/On save: (ready|deployed)/)
    .waitFor();
  // VS Code begins to watch the folder some time after the window shows, and tells of nothing from before.
  let written = 0;
  await expect
    .poll(
      async () => {
        const before = await served('lib/feed.q');
        written += 1;
        write('lib/feed.q', `u:${written}\n`);
        return before;
      },
      // Ten times the debounce: what is written sooner puts the deployment off.
      { interval: 3_000 },
    )
    .toMatch(/^u:\d+\n$/);
});

variation('a save of which VS Code tells nothing beforehand is deployed', async () => {
  await begin();
  await window().editor.open('notes.json');
  await window().editor.type('As it is.');
  await window().palette('File: Save without Formatting');
  await expect.poll(() => served('notes.json')).toContain('As it is.');
});

variation('what the editor saves by itself is not deployed', async () => {
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

variation(
  '200 files that change at once pause it, also after another start, and are not deployed',
  async () => {
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
      await window().restartSlipway();
      await says('On save: paused');
      await window().toast('What was saved last was not deployed').waitFor();
      await window().shot('paused-after-another-start');
      await window().editor.open(CODE);
      await save('r:1');
      await expect.poll(() => local(CODE)).toContain('r:1');
    });
    await says('On save: paused');
  },
);

variation(
  'switched off it deploys nothing, not even after another start, and switched on again the next save',
  async () => {
    await begin();
    await window().palette('Slipway: Switch Deploy on Save On or Off in This Window');
    await says('On save: off');
    await nothingSent(async () => {
      await window().editor.open(CODE);
      await save('e:1');
      await expect.poll(() => local(CODE)).toContain('e:1');
      await window().restartSlipway();
      await window().editor.open(CODE);
      await save('e:2');
      await expect.poll(() => local(CODE)).toContain('e:2');
    });
    await window().palette('Slipway: Switch Deploy on Save On or Off in This Window');
    await says('On save: ready');
    await window().editor.open(CODE);
    await save('f:1');
    await goesLive('f:1');
  },
);

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

variation(
  'three failures in a row pause it with one notification, and resuming deploys the last state',
  async () => {
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
  },
);

variation('where changes from outside do not count, a save on another branch asks first', async () => {
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
