/**
 * What somebody sees for whom something is missing: a folder, trust, a profile, valid credentials, the right region. Each
 * view says it, and has the button for it.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startTestSandbox, type TestSandbox } from '../sandbox/start';
import { useKeyboard } from './harness/keyboard';
import { useWorkbench } from './harness/use-workbench';
import type { Workbench } from './harness/workbench';

/** A folder for the AWS files and the workspace, and a sandbox that holds nothing. */
function useEmptyAws(
  suite: string,
  config: (sandbox: TestSandbox, folder: string) => string,
  trust = false,
): () => Workbench {
  const made = {} as { folder: string; sandbox: TestSandbox };
  return useWorkbench({
    options: async () => {
      made.folder = mkdtempSync(join(tmpdir(), 'slipway-first-'));
      made.sandbox = await startTestSandbox({ empty: true, region: 'us-east-2' });
      writeFileSync(join(made.folder, 'config'), config(made.sandbox, made.folder));
      return {
        suite: 'first-look',
        workspace: made.folder,
        sandbox: made.sandbox,
        trust,
        settings: { 'security.workspace.trust.startupPrompt': 'never' },
        env: {
          // With it VS Code takes this PATH for terminals, too, and not that of a login shell.
          VSCODE_CLI: '1',
          PATH: [join(made.folder, 'bin'), process.env['PATH']].join(delimiter),
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

/** A config file with a profile whose endpoint is the sandbox. */
function profileOf({ url }: TestSandbox, credentials: readonly string[]): string {
  return [
    '[default]',
    'region = us-east-1',
    '[profile research]',
    'region = us-east-2',
    `endpoint_url = ${url}`,
    ...credentials,
    '',
  ].join('\n');
}

function keysOf({ credentials }: TestSandbox): readonly string[] {
  return [
    `aws_access_key_id = ${credentials.accessKeyId}`,
    `aws_secret_access_key = ${credentials.secretAccessKey}`,
  ];
}

/** Stands in for the AWS CLI: a login leaves keys that hold, in `signedIn`. */
function installLogin(folder: string, signedIn: string): void {
  writeFileSync(join(folder, 'signed-in'), signedIn);
  mkdirSync(join(folder, 'bin'));
  const script = ['#!/bin/sh', `cd '${folder}'`, 'echo "$@" > called', 'cp signed-in config', ''];
  writeFileSync(join(folder, 'bin/aws'), script.join('\n'), { mode: 0o755 });
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

describe('by keyboard', () => {
  const window = useEmptyAws('by-keyboard', () => '');

  test('the first row has the focus once rows have taken the place of the button that was pressed', async () => {
    const { page } = window();
    const { command, pressUntil } = useKeyboard(window);
    await command('slipway focus resources', 'Focus on Resources View');
    await page.getByRole('button', { name: 'Try It in the Sandbox' }).waitFor();
    await pressUntil('Tab', page.locator('.sidebar a:focus', { hasText: 'Try It in the Sandbox' }));
    await page.keyboard.press('Enter');
    const focused = page.locator('.sidebar .monaco-list:focus .monaco-list-row.focused');
    await focused.filter({ hasText: 'Sandbox' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await focused.filter({ hasNotText: 'Sandbox' }).waitFor();
  });
});

describe('with a profile that nobody has signed in with', () => {
  const made = {} as { sandbox: TestSandbox; folder: string };
  const window = useEmptyAws('signed-out', (sandbox, folder) => {
    Object.assign(made, { sandbox, folder });
    installLogin(folder, profileOf(sandbox, keysOf(sandbox)));
    return profileOf(sandbox, ['login_session = arn:aws:iam::111122223333:user/ada']);
  });

  test('rows say what is missing, and lead to the login, to another region and to the file', async () => {
    const { page, tree, quick } = window();
    await addResearch(window());
    await tree.row('Not signed in').hover();
    await window().shot('signed-out');
    await tree.act('Not signed in', 'Sign In to AWS…');
    await tree.row('No kdb environments in us-east-2').waitFor();
    expect(readFileSync(join(made.folder, 'called'), 'utf8')).toBe('login --profile research\n');

    await tree.row('No EKS clusters in us-east-2').hover();
    await window().shot('wrong-region');
    await tree.act('No EKS clusters in us-east-2', 'Change Region of Connection…');
    await quick.asks('Choose a region, or type one');
    await quick.pick('eu-west-1');
    await tree.row('No EKS clusters in eu-west-1').waitFor();
    await tree.row('No kdb environments in eu-west-1').waitFor();

    await tree.menu('research', 'Edit AWS Config File');
    await page.getByRole('tab', { name: /^config/ }).waitFor();
    await page.getByRole('button', { name: /Ln 3, Col 1/ }).waitFor();

    await made.sandbox.control.fault({
      kind: 'error',
      status: 403,
      code: 'ExpiredTokenException',
      message: 'The security token included in the request is expired',
    });
    await window().palette('Slipway: Refresh All');
    await tree.row('Credentials expired').hover();
    await window().shot('expired');
    await made.sandbox.control.clearFaults();
    await tree.act('Credentials expired', 'Sign In to AWS…');
    await tree.row('No EKS clusters in eu-west-1').waitFor();
  });
});
