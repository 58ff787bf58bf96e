/** A window without a folder: the view says it, and has the button for it. */
import { test } from 'vitest';
import { useWorkbench } from './harness/use-workbench';

const window = useWorkbench({ options: () => ({ suite: 'no-folder', isWithoutFolder: true }) });

test('the view says that no folder is open, and opens one', async () => {
  const { page } = window();
  await window().openView('Slipway');
  await page.getByText('No folder is open, so there is no code to deploy').waitFor();
  await page.getByRole('button', { name: 'Try It in the Sandbox' }).waitFor();
  await window().shot('no-folder');
  await page.getByRole('button', { name: 'Open Folder' }).click();
  await window().quick.asks('Open Folder');
  await window().quick.cancel();
});
