/**
 * What somebody sees for whom something is missing: a folder, trust, a profile, valid credentials, the right region. Each
 * view says it, and has the button for it.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { startTestSandbox, type TestSandbox } from '../sandbox/start';
import { useWorkbench } from './harness/use-workbench';
import type { Workbench } from './harness/workbench';

/** A folder for the AWS files and the workspace, and a sandbox that holds nothing. */
function useEmptyAws(
  suite: string,
  config: (sandbox: TestSandbox) => string,
  trust = false,
): () => Workbench {
  const made = {} as { folder: string; sandbox: TestSandbox };
  return useWorkbench({
    options: async () => {
      made.folder = mkdtempSync(join(tmpdir(), 'slipway-first-'));
      made.sandbox = await startTestSandbox({ empty: true, region: 'us-east-2' });
      writeFileSync(join(made.folder, 'config'), config(made.sandbox));
      return {
        suite: 'first-look',
        workspace: made.folder,
        sandbox: made.sandbox,
        trust,
        settings: { 'security.workspace.trust.startupPrompt': 'never' },
        env: {
          AWS_CONFIG_FILE: join(made.folder, 'config'),
          AWS_SHARED_CREDENTIALS_FILE: join(made.folder, suite),
        },
      };
    },
    release: async () => {
      await made.sandbox.stop();
      rmSync(made.folder, { recursive: true, force: true });
    },
  });
}

/** A profile whose endpoint is the sandbox, and which names it as its own. */
function profileOf({ url, credentials }: TestSandbox): string {
  return [
    '[profile research]',
    'region = us-east-2',
    `endpoint_url = ${url}`,
    `aws_access_key_id = ${credentials.accessKeyId}`,
    `aws_secret_access_key = ${credentials.secretAccessKey}`,
    '',
  ].join('\n');
}

async function addResearch(window: Workbench): Promise<void> {
  await window.palette('Slipway: Add AWS Profile…');
  await window.quick.asks('Choose a profile of your AWS config files');
  await window.quick.pick('research');
  await window.quick.asks('Choose a region, or type one');
  await window.quick.pick('us-east-2');
  await window.tree.row('research').waitFor();
}

describe('without a folder', () => {
  const window = useEmptyAws('no-folder', () => '');

  test('the view says so, and opens one', async () => {
    const { page, server } = window();
    await page.goto(`${server.url}/?ew=true`);
    await window().shown();
    await window().openView('Slipway');
    await page.getByText('No folder is open, so there is no code to deploy').waitFor();
    await page.getByRole('button', { name: 'Try It in the Sandbox' }).waitFor();
    await window().shot('no-folder');
    await page.getByRole('button', { name: 'Open Folder' }).click();
    await window().quick.asks('Open Folder');
    await window().quick.cancel();
  });
});

describe('without trust', () => {
  const window = useEmptyAws('no-trust', () => '', true);

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
});

describe('without a profile', () => {
  const window = useEmptyAws('no-profile', () => '');

  test('adding one offers what makes one', async () => {
    await window().openView('Slipway');
    await window().page.getByRole('button', { name: 'Choose an AWS Profile' }).click();
    await window().quick.row('Set up a profile of IAM Identity Center').waitFor();
    await window().shot('no-profile');
    await window().quick.pick('Edit the AWS config file');
    await window()
      .page.getByRole('tab', { name: /^config/ })
      .waitFor();
  });
});

describe('with credentials that have expired', () => {
  const sandboxes: TestSandbox[] = [];
  const window = useEmptyAws('expired', (sandbox) => {
    sandboxes.push(sandbox);
    return profileOf(sandbox);
  });

  test('one row says so, and has the key to sign in', async () => {
    await sandboxes.at(-1)?.control.fault({
      kind: 'error',
      status: 403,
      code: 'ExpiredTokenException',
      message: 'The security token included in the request is expired',
    });
    await addResearch(window());
    const row = window().tree.row('Credentials expired');
    await row.waitFor();
    await row.hover();
    await row.getByRole('button', { name: 'Sign In to AWS…' }).waitFor();
    await window().shot('expired');
  });
});

describe('in a region that holds nothing', () => {
  const window = useEmptyAws('wrong-region', profileOf);

  test('the rows name the region, and lead to another', async () => {
    await addResearch(window());
    await window().tree.row('No kdb environments in us-east-2').waitFor();
    const row = window().tree.row('No EKS clusters in us-east-2');
    await row.hover();
    await row.getByRole('button', { name: 'Change Region of Connection…' }).waitFor();
    await window().shot('wrong-region');
    await row.getByRole('button', { name: 'Change Region of Connection…' }).click();
    await window().quick.asks('Choose a region, or type one');
    await window().quick.cancel();
  });
});
