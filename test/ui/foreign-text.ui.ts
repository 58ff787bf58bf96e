/** Text that others wrote is text in the real window too: no link, no icon, no markup comes of it. */
import { beforeEach, expect, test } from 'vitest';
import { useSandboxWindow } from './harness/sandbox-window';

const HOSTILE =
  'Not [allowed](command:workbench.action.quit), see [here](https://x.example "title") <b>bold</b> $(trash) a\u202Eb';

const { window, place } = useSandboxWindow({ suite: 'foreign-text' });

beforeEach(async () => {
  await window().openSandbox('equities-dev');
});

function refuse(operation: string): Promise<unknown> {
  const error = { kind: 'error', status: 400, code: 'ValidationException', message: HOSTILE } as const;
  return place.sandbox.control.fault({ ...error, service: 'finspace', operation });
}

test('a message of AWS makes no link in a notification', async () => {
  const { tree, toast, shot } = bound();
  await tree.expand(/^equities-dev$/);
  await refuse('GetKxCluster');
  await tree.act(/^dev-scratch/, 'Deploy Code…');
  const shown = toast('Not [allowed]');
  await shown.waitFor();
  await shot('notification');
  const message = shown.locator('.notification-list-item-message');
  expect(await message.textContent()).toContain(
    'Not [allowed] (command:workbench.action.quit), see [here] (https://x.example "title") <b>bold</b> $(trash) a‹U+202E›b',
  );
  // Links of the message, and whatever else could be clicked in it.
  expect(await message.locator('a, b, .codicon').count()).toBe(0);
});

test('nor in a row of a tree', async () => {
  const { tree, shot } = bound();
  await refuse('ListKxClusters');
  await tree.expand(/^equities-prod$/);
  const row = tree.row('Not [allowed]');
  await row.waitFor();
  await shot('row');
  expect(await row.locator('a[href], b, .codicon-trash').count()).toBe(0);
});

function bound() {
  const { tree, toast, shot } = window();
  return { tree, toast: toast.bind(window()), shot: shot.bind(window()) };
}
