/** Tokens for the Kubernetes APIs of clusters: what the AWS CLI makes is the judge. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenedAws, openAws, staticProfile } from './open-aws';
import { startScriptedServer } from './scripted-server';

const never = new AbortController().signal;
const KEYS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'a-secret-that-no-log-may-show' };
/** 2026-11-30T07:09:58Z */
const SIGNED_AT = Date.UTC(2026, 10, 30, 7, 9, 58);

/**
 * Made by `aws eks get-token --cluster-name demo --region eu-west-1` of the AWS CLI 1.45.11, with the access key
 * AKIDEXAMPLE, the secret "secret" and the session token "tok".
 */
const OF_THE_CLI = [
  'k8s-aws-v1.aHR0cHM6Ly9zdHMuZXUtd2VzdC0xLmFtYXpvbmF3cy5jb20vP0FjdGlvbj1HZXRDYWxsZXJJZGVudGl0eSZWZXJzaW9uPTIwMTEtM',
  'DYtMTUmWC1BbXotQWxnb3JpdGhtPUFXUzQtSE1BQy1TSEEyNTYmWC1BbXotQ3JlZGVudGlhbD1BS0lERVhBTVBMRSUyRjIwMjYxMTMwJTJGZXUtd2',
  'VzdC0xJTJGc3RzJTJGYXdzNF9yZXF1ZXN0JlgtQW16LURhdGU9MjAyNjExMzBUMDcwOTU4WiZYLUFtei1FeHBpcmVzPTYwJlgtQW16LVNpZ25lZEh',
  'lYWRlcnM9aG9zdCUzQngtazhzLWF3cy1pZCZYLUFtei1TZWN1cml0eS1Ub2tlbj10b2smWC1BbXotU2lnbmF0dXJlPWQ1NzY0NzdlZWQxYWQ3N2I3',
  'ZjVhNTY2MWVmODFkYTNjZDJhMmM5ZmNmNmMwMTFmM2MyZTExYmJiYjlmZmVkYmE',
].join('');

let opened: OpenedAws;
let server: Awaited<ReturnType<typeof startScriptedServer>>;

beforeAll(async () => {
  server = await startScriptedServer();
  opened = await openAws();
  await opened.profiles({
    // An endpoint of STS that is set for everything else.
    config: `${staticProfile('plain', server.url)}
[profile session]
aws_access_key_id = ${KEYS.accessKeyId}
aws_secret_access_key = secret
aws_session_token = tok
endpoint_url = ${server.url}
`,
  });
});
afterAll(async () => {
  await opened.close();
  await server.close();
});

function decoded(token: string): { url: string; parameters: readonly (readonly [string, string])[] } {
  expect(token).toMatch(/^k8s-aws-v1\.[\w-]+$/);
  const url = new URL(Buffer.from(token.slice('k8s-aws-v1.'.length), 'base64url').toString());
  return { url: `${url.origin}${url.pathname}`, parameters: [...url.searchParams] };
}

async function tokenOf(profile: string, region: string, cluster = 'demo', at = SIGNED_AT) {
  const { interactive } = await opened.profile(profile, region);
  return decoded(await interactive.clusterTokens.sign(cluster, at, never));
}

const sorted = (parameters: readonly (readonly [string, string])[]) =>
  Object.fromEntries([...parameters].sort());

describe('a token', () => {
  it('is the one that the AWS CLI makes of the same keys at the same time, its signature included', async () => {
    const theirs = decoded(OF_THE_CLI);
    const ours = await tokenOf('session', 'eu-west-1');
    expect(ours.url).toBe('https://sts.eu-west-1.amazonaws.com/');
    expect(ours.url).toBe(theirs.url);
    expect(sorted(ours.parameters)).toEqual(sorted(theirs.parameters));
    expect(sorted(ours.parameters)).toMatchObject({
      'X-Amz-Expires': '60',
      'X-Amz-SignedHeaders': 'host;x-k8s-aws-id',
    });
    expect(server.received).toEqual([]);
  });

  it('without a session names none', async () => {
    const { parameters } = await tokenOf('plain', 'eu-west-1');
    expect(parameters.map(([name]) => name)).not.toContain('X-Amz-Security-Token');
    expect(parameters).toHaveLength(decoded(OF_THE_CLI).parameters.length - 1);
  });

  it.each([
    ['us-east-1', 'sts.us-east-1.amazonaws.com'],
    ['us-gov-west-1', 'sts.us-gov-west-1.amazonaws.com'],
    ['cn-north-1', 'sts.cn-north-1.amazonaws.com.cn'],
    ['us-iso-east-1', 'sts.us-iso-east-1.c2s.ic.gov'],
    ['us-isob-east-1', 'sts.us-isob-east-1.sc2s.sgov.gov'],
  ])('of %s is for %s, whatever endpoint is configured', async (region, host) => {
    expect((await tokenOf('plain', region)).url).toBe(`https://${host}/`);
  });

  it('is of one cluster: another one’s differs in the signature alone', async () => {
    const [one, other] = await Promise.all([
      tokenOf('plain', 'eu-west-1', 'one'),
      tokenOf('plain', 'eu-west-1', 'other'),
    ]);
    const differing = one.parameters.filter(([, value], at) => value !== other.parameters[at]?.[1]);
    expect(differing.map(([name]) => name)).toEqual(['X-Amz-Signature']);
  });
});

it('has host and parameters of the token that the installed AWS CLI makes', async (context) => {
  const run = promisify(execFile);
  const env = {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    NODE_OPTIONS: '',
    AWS_ACCESS_KEY_ID: KEYS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
  };
  const made = await run('aws', ['eks', 'get-token', '--cluster-name', 'demo', '--region', 'eu-west-1'], {
    env,
  }).catch(() => undefined);
  if (made === undefined) return context.skip('the AWS CLI is not installed');
  const { status } = JSON.parse(made.stdout) as { status: { token: string } };
  const theirs = decoded(status.token);
  const stamp = sorted(theirs.parameters)['X-Amz-Date'] ?? '';
  const at = Date.parse(stamp.replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'));
  const ours = await tokenOf('plain', 'eu-west-1', 'demo', at);
  expect(ours.url).toBe(theirs.url);
  expect(sorted(ours.parameters)).toEqual(sorted(theirs.parameters));
});
