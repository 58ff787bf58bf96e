/** Keys of a connection: when they are good, which ones the environment brings, and what it means that there are none. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { AwsKeys } from '../../src/aws/client-config';
import type { Environment } from '../../src/aws/contract';
import { environmentBringsKeys, environmentKeys } from '../../src/aws/credentials/environment-keys';
import { keysFailure } from '../../src/aws/credentials/keys-failure';
import { SharedKeys } from '../../src/aws/credentials/shared-keys';
import { failed, failureOf } from '../../src/model/failure';
import { awsFailure } from '../operations/data';

const signal = new AbortController().signal;
const KEYS: AwsKeys = { accessKeyId: 'id', secretAccessKey: 'secret' };
const MINUTE = 60_000;

describe('shared keys', () => {
  /** Keys that live for so long after they were resolved; milliseconds. */
  function given(livesMs: number | undefined) {
    const wall = { time: 1_000_000 };
    const asked: boolean[] = [];
    const keys = new SharedKeys(
      async (_, mayAsk) => {
        asked.push(mayAsk);
        return livesMs === undefined ? KEYS : { ...KEYS, expiration: new Date(wall.time + livesMs) };
      },
      { now: () => wall.time, sleep: () => Promise.reject(new Error('nobody sleeps')) },
    );
    return { wall, asked, keys };
  }

  test('that do not expire are resolved once, and anew when they are forgotten', async () => {
    const { asked, keys, wall } = given(undefined);
    expect(keys.areAtHand).toBe(false);
    expect(await keys.get(signal)).toEqual(KEYS);
    wall.time += 1e9;
    expect(keys.areAtHand).toBe(true);
    await keys.get(signal);
    await keys.getSilently(signal);
    expect(asked).toEqual([true]);
    keys.invalidate();
    expect(keys.areAtHand).toBe(false);
    await keys.getSilently(signal);
    expect(asked).toEqual([true, false]);
  });

  test.each([
    [60 * MINUTE, 55 * MINUTE - 1, true],
    [60 * MINUTE, 55 * MINUTE, false],
    [2 * MINUTE, MINUTE - 1, true],
    [2 * MINUTE, MINUTE, false],
    [MINUTE / 2, MINUTE / 2 - 1, true],
    [MINUTE / 2, MINUTE / 2, false],
  ])('that live for %d ms are good after %d ms: %s', async (lives, later, good) => {
    const { asked, keys, wall } = given(lives);
    await keys.get(signal);
    wall.time += later;
    expect(keys.areAtHand).toBe(good);
    await keys.getSilently(signal);
    expect(asked).toEqual(good ? [true] : [true, false]);
  });

  test('that have expired are resolved anew for whoever asks', async () => {
    const { asked, keys, wall } = given(60 * MINUTE);
    await keys.get(signal);
    wall.time += 61 * MINUTE;
    await keys.get(signal);
    expect(asked).toEqual([true, true]);
  });

  test('are not given to whoever has left', async () => {
    const { asked, keys } = given(undefined);
    const left = AbortSignal.abort(new Error('left'));
    await expect(keys.get(left)).rejects.toThrow('left');
    await expect(keys.getSilently(left)).rejects.toThrow('left');
    expect(asked).toEqual([]);
    await keys.get(signal);
    await expect(keys.get(left)).rejects.toThrow('left');
    await expect(keys.getSilently(left)).rejects.toThrow('left');
  });

  test('that somebody asks for serve who comes unasked, whose own try follows where that fails', async () => {
    let answer = (_keys: AwsKeys): void => undefined;
    let dismiss = (_error: Error): void => undefined;
    const asked: boolean[] = [];
    const keys = new SharedKeys(
      (_, mayAsk) => {
        asked.push(mayAsk);
        if (!mayAsk) return Promise.reject(new Error('needs a code'));
        return new Promise((resolve, reject) => {
          answer = resolve;
          dismiss = reject;
        });
      },
      { now: () => 0, sleep: () => Promise.reject(new Error('nobody sleeps')) },
    );
    const first = keys.get(signal);
    const silent = keys.getSilently(signal);
    answer(KEYS);
    expect(await Promise.all([first, silent])).toEqual([KEYS, KEYS]);
    expect(asked).toEqual([true]);
    keys.invalidate();
    const second = keys.get(signal);
    const unasked = keys.getSilently(signal);
    dismiss(new Error('dismissed'));
    await expect(second).rejects.toThrow('dismissed');
    await expect(unasked).rejects.toThrow('needs a code');
    expect(asked).toEqual([true, true, false]);
  });
});

describe('the environment', () => {
  const nobody = () => Promise.reject(new Error('no role is taken on'));
  const own = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' };

  test.each<[Environment, boolean]>([
    [{}, false],
    [own, true],
    [{ AWS_ACCESS_KEY_ID: 'id' }, false],
    [{ AWS_SECRET_ACCESS_KEY: 'secret' }, false],
    [{ ...own, AWS_ACCESS_KEY_ID: '' }, false],
    [{ AWS_WEB_IDENTITY_TOKEN_FILE: 'file', AWS_ROLE_ARN: 'arn' }, true],
    [{ AWS_WEB_IDENTITY_TOKEN_FILE: 'file' }, false],
    [{ AWS_ROLE_ARN: 'arn' }, false],
    [{ AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1/' }, true],
    [{ AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/keys' }, true],
    [{ AWS_PROFILE: 'dev', AWS_REGION: 'eu-west-1' }, false],
  ])('%j brings keys: %s', async (env, brings) => {
    expect(environmentBringsKeys(env)).toBe(brings);
    if (!brings) expect(await environmentKeys(env, nobody, signal)).toBeUndefined();
  });

  test('brings its own keys, with a session token or without', async () => {
    expect(await environmentKeys(own, nobody, signal)).toStrictEqual(KEYS);
    const session = { ...own, AWS_SESSION_TOKEN: 'token' };
    expect(await environmentKeys(session, nobody, signal)).toStrictEqual({ ...KEYS, sessionToken: 'token' });
    const both = { ...session, AWS_WEB_IDENTITY_TOKEN_FILE: 'none', AWS_ROLE_ARN: 'arn' };
    expect(await environmentKeys(both, nobody, signal)).toMatchObject({ sessionToken: 'token' });
  });

  test('takes on its role with the token of its file, under its name for the session', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'slipway-token-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'token');
    writeFileSync(file, 'the token');
    const inputs: unknown[] = [];
    const assume = async (input: unknown): Promise<AwsKeys> => {
      inputs.push(input);
      return KEYS;
    };
    const env = { AWS_WEB_IDENTITY_TOKEN_FILE: file, AWS_ROLE_ARN: 'arn' };
    expect(await environmentKeys(env, assume, signal)).toEqual(KEYS);
    await environmentKeys({ ...env, AWS_ROLE_SESSION_NAME: 'ci' }, assume, signal);
    const input = { RoleArn: 'arn', WebIdentityToken: 'the token' };
    expect(inputs).toEqual([
      { ...input, RoleSessionName: 'slipway' },
      { ...input, RoleSessionName: 'ci' },
    ]);
  });
});

describe('no keys', () => {
  const problemOf = (message: string) => {
    const failure = failureOf(keysFailure(new Error(message), 'dev'));
    return failure.kind === 'credentials' ? failure.problem : failure.kind;
  };

  test.each([
    ['The SSO session token associated with profile=dev was not found or is invalid.', 'sso-login'],
    ["Value not present for 'refreshToken' in SSO Token", 'sso-login'],
    ['The SSO session associated with this profile has expired.', 'sso-login'],
    ['The SSO session associated with this profile is invalid.', 'sso-login'],
    ['Token is expired. To refresh this SSO session run aws sso login', 'sso-login'],
    ['UnauthorizedException: x', 'sso-login'],
    ['Session token not found or invalid', 'sso-login'],
    ['SSO returns an invalid temporary credential.', 'sso-login'],
    ['ForbiddenException: No access', 'rejected'],
    ['Failed to load a token for session', 'console-login'],
    ['Token validation failed, missing fields: x', 'console-login'],
    ['Your session has expired. Please reauthenticate.', 'console-login'],
    ['Unable to refresh because of a change in your password', 'console-login'],
    ['insufficient permissions.\nGrant CreateOAuth2Token', 'rejected'],
    ['Failed to refresh token: x', 'console-login'],
    ['Failed to generate Dpop proof: x', 'console-login'],
    ['Profile dev requires multi-factor authentication, but no MFA code callback was provided.', 'mfa'],
    ['Could not resolve credentials using profile: [dev]', 'no-such-profile'],
    ['Profile dev could not be found', 'no-such-profile'],
    ['Profile dev returned expired credentials.', 'expired'],
    ['ExpiredToken: x', 'expired'],
    ['something else', 'other'],
  ])('for "%s" is told as %s', (message, problem) => {
    expect(problemOf(message)).toBe(problem);
    expect(failureOf(keysFailure(new Error(message), 'dev'))).toMatchObject({ profile: 'dev', message });
  });

  test('because AWS refused is told by what it refused, and a line that is down is told as that', () => {
    const refusal = awsFailure({ service: 'sts', passing: false, reason: 'access-denied', message: 'No.' });
    expect(failureOf(keysFailure(failed(refusal), 'dev'))).toEqual({
      kind: 'credentials',
      problem: 'rejected',
      profile: 'dev',
      message: 'No.',
    });
    const code = { ...refusal, message: 'MultiFactorAuthentication failed with invalid code' };
    expect(failureOf(keysFailure(failed(code), 'dev'))).toMatchObject({ problem: 'mfa' });
    const throttled = { ...refusal, reason: 'throttled' as const, passing: true };
    expect(failureOf(keysFailure(failed(throttled), 'dev'))).toEqual(throttled);
    const down = { ...refusal, reason: 'network' as const };
    expect(failureOf(keysFailure(failed(down), 'dev'))).toEqual(down);
  });

  test('because somebody left, or Slipway said no, is told as that, and another profile is not named', () => {
    expect(failureOf(keysFailure(failed({ kind: 'cancelled' }), 'dev'))).toEqual({ kind: 'cancelled' });
    const own = { kind: 'refused', code: 'x', facts: {} } as const;
    expect(failureOf(keysFailure(failed(own), 'dev'))).toEqual(own);
    const known = { kind: 'credentials', problem: 'mfa', profile: 'source', message: 'm' } as const;
    expect(failureOf(keysFailure(failed(known), 'dev'))).toEqual({ ...known, profile: 'dev' });
  });

  test('keeps its cause for the log, but never one that tells the command of a process', () => {
    const plain = new Error('plain');
    expect(keysFailure(plain, 'dev').cause).toBe(plain);
    const command = new Error('Command failed: get-keys --secret s3cr3t\nno way');
    const wrapped = new Error('could not', { cause: command });
    for (const thrown of [command, wrapped]) {
      const told = keysFailure(thrown, 'dev');
      expect(told.cause).toBeUndefined();
      expect(`${told.message} ${told.stack} ${JSON.stringify(failureOf(told))}`).not.toContain('s3cr3t');
    }
  });
});
