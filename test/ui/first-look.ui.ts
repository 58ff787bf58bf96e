/**
 * What somebody sees for whom something is missing: a profile, valid credentials, the right region. Each view says it, and
 * has the button for it. Where a folder or trust is missing: see no-folder.ui.ts and untrusted.ui.ts.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { TestSandbox } from '../sandbox/start';
import { useSandboxWindow } from './harness/sandbox-window';
import type { Workbench } from './harness/workbench';

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

describe('with a profile that nobody has signed in with', () => {
  const { window, place } = useSandboxWindow({
    suite: 'first-look',
    fill: (_, { aws, sandbox }) => {
      installLogin(aws, profileOf(sandbox, keysOf(sandbox)));
      const session = ['login_session = arn:aws:iam::111122223333:user/ada'];
      writeFileSync(join(aws, 'config'), profileOf(sandbox, session));
    },
  });

  test('rows say what is missing, and lead to the login, to another region and to the file', async () => {
    const { page, tree, quick } = window();
    await addResearch(window());
    await tree.row('Not signed in').hover();
    await window().shot('signed-out');
    await tree.act('Not signed in', 'Sign In to AWS…');
    await tree.row('No kdb environments in us-east-2').waitFor();
    expect(readFileSync(join(place.aws, 'called'), 'utf8')).toBe('login --profile research\n');

    await tree.row('No EKS clusters in us-east-2').hover();
    await window().shot('wrong-region');
    await tree.act('No EKS clusters in us-east-2', 'Change Region of Connection…');
    await quick.asks('Choose a region, or type one');
    await quick.pick('eu-central-1');
    await tree.row('No EKS clusters in eu-central-1').waitFor();
    await tree.row('No kdb environments in eu-central-1').waitFor();

    await tree.menu('research', 'Edit AWS Config File');
    await page.getByRole('tab', { name: /^config/ }).waitFor();
    await page.getByRole('button', { name: /Ln 3, Col 1/ }).waitFor();

    await place.sandbox.control.fault({
      kind: 'error',
      status: 403,
      code: 'ExpiredTokenException',
      message: 'The security token included in the request is expired',
    });
    await window().palette('Slipway: Refresh All');
    await tree.row('Credentials expired').hover();
    await window().shot('expired');
    await place.sandbox.control.clearFaults();
    await tree.act('Credentials expired', 'Sign In to AWS…');
    await tree.row('No EKS clusters in eu-central-1').waitFor();
  });
});

describe('without a profile', () => {
  const { window } = useSandboxWindow({
    suite: 'first-look',
    fill: (_, { aws }) => writeFileSync(join(aws, 'config'), ''),
  });

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
