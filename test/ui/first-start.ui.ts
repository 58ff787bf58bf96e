/** The first look at Slipway: no account, no connection, nothing but the welcome. */
import { test } from 'vitest';
import { useWorkbench } from './harness/use-workbench';

const workbench = useWorkbench(() => ({ suite: 'first-start' }));

test('the view says what Slipway is and offers two ways in', async () => {
  const { page } = workbench();
  await workbench().openView('Slipway');
  await page.getByRole('button', { name: 'Try It in the Sandbox' }).waitFor();
  await page.getByRole('button', { name: 'Choose an AWS Profile' }).waitFor();
  await workbench().shot('welcome');
});
