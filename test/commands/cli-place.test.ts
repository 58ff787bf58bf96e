/** A copied command uses the credentials that Slipway uses. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createAws } from '../../src/aws/index';
import { cliPlace } from '../../src/commands/copy-requests';
import { systemClock } from '../../src/model/clock';

const KEYS = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' };
const OWN = 'aws_access_key_id = AKIAI44QH8DHBEXAMPLE\naws_secret_access_key = other\n';

function awsWith(config: string, env: NodeJS.ProcessEnv): ReturnType<typeof createAws> {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-cli-place-'));
  writeFileSync(join(folder, 'config'), config);
  const aws = createAws({
    mfaCode: () => Promise.reject(new Error('nobody is asked')),
    onRequest: () => undefined,
    clock: systemClock,
    env: {
      AWS_CONFIG_FILE: join(folder, 'config'),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none'),
      ...env,
    },
    sandboxFile: join(folder, 'none'),
    sandboxProgram: join(folder, 'none'),
    mayStartSandbox: false,
  });
  onTestFinished(() => {
    aws.dispose();
    rmSync(folder, { recursive: true });
  });
  return aws;
}

test.each([
  ['keys of the environment alone', '', KEYS, 'default', undefined],
  ['keys of the environment beside settings', '[default]\nregion = eu-west-1\n', KEYS, 'default', undefined],
  [
    'a token file of the environment',
    '',
    { AWS_WEB_IDENTITY_TOKEN_FILE: '/t', AWS_ROLE_ARN: 'r' },
    'default',
    undefined,
  ],
  ["the profile's own keys before those of the environment", `[default]\n${OWN}`, KEYS, 'default', 'default'],
  ["the profile's own keys", `[default]\n${OWN}`, {}, 'default', 'default'],
  ['another profile', `[profile my prod]\n${OWN}`, KEYS, 'my prod', 'my prod'],
  ['a profile that went meanwhile', '', {}, 'gone', 'gone'],
] as const)('%s', async (_, config, env, profile, named) => {
  const place = await cliPlace(
    { source: { kind: 'profile', profile }, region: 'eu-west-2' },
    awsWith(config, env),
  );
  expect(place).toEqual({ region: 'eu-west-2', ...(named !== undefined && { profile: named }) });
});
