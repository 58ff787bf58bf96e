/** Credentials from the environment: from variables, a token file, or the container's agent. */
import { readFile } from 'node:fs/promises';
import { present } from '../../model/present';
import type { AwsKeys } from '../client-config';
import type { Environment } from '../contract';

/** Assumes a role with a web identity token; see `sts.ts`. */
export type AssumeWithToken = (
  input: { readonly RoleArn: string; readonly RoleSessionName: string; readonly WebIdentityToken: string },
  signal: AbortSignal,
) => Promise<AwsKeys>;

export function environmentBringsKeys(env: Environment): boolean {
  return brings(env) !== undefined;
}

/**
 * The keys from the environment; undefined if it provides none. Keys in variables come first, then a token
 * file, then the container's agent.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 */
export async function environmentKeys(
  env: Environment,
  assume: AssumeWithToken,
  signal: AbortSignal,
): Promise<AwsKeys | undefined> {
  switch (brings(env)) {
    case 'keys':
      return variableKeys(env);
    case 'token':
      return await tokenKeys(
        {
          tokenFile: env['AWS_WEB_IDENTITY_TOKEN_FILE'] ?? '',
          roleArn: env['AWS_ROLE_ARN'] ?? '',
          sessionName: env['AWS_ROLE_SESSION_NAME'],
        },
        assume,
        signal,
      );
    case 'container':
      return await containerKeys(env);
    case undefined:
      return undefined;
  }
}

/** The keys in the variables themselves. @throws if there are none */
export function variableKeys(env: Environment): AwsKeys {
  const [accessKeyId, secretAccessKey] = [env['AWS_ACCESS_KEY_ID'], env['AWS_SECRET_ACCESS_KEY']];
  if (!accessKeyId || !secretAccessKey) {
    throw new Error('The environment has no AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.');
  }
  return { accessKeyId, secretAccessKey, ...present({ sessionToken: env['AWS_SESSION_TOKEN'] }) };
}

interface TokenRole {
  readonly tokenFile: string;
  readonly roleArn: string;
  readonly sessionName: string | undefined;
}

/** The keys of a role that is assumed with the token in a file. */
export async function tokenKeys(
  { tokenFile, roleArn: RoleArn, sessionName: RoleSessionName = 'slipway' }: TokenRole,
  assume: AssumeWithToken,
  signal: AbortSignal,
): Promise<AwsKeys> {
  const WebIdentityToken = await readFile(tokenFile, 'utf8');
  return await assume({ RoleArn, RoleSessionName, WebIdentityToken }, signal);
}

/** The keys that the container's agent provides. */
export async function containerKeys(env: Environment): Promise<AwsKeys> {
  const { fromHttp } = await import('@aws-sdk/credential-providers');
  return await fromHttp(
    present({
      awsContainerCredentialsFullUri: env['AWS_CONTAINER_CREDENTIALS_FULL_URI'],
      awsContainerCredentialsRelativeUri: env['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'],
      awsContainerAuthorizationToken: env['AWS_CONTAINER_AUTHORIZATION_TOKEN'],
      awsContainerAuthorizationTokenFile: env['AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE'],
    }),
  )();
}

function brings(env: Environment): 'keys' | 'token' | 'container' | undefined {
  if (env['AWS_ACCESS_KEY_ID'] && env['AWS_SECRET_ACCESS_KEY']) return 'keys';
  if (env['AWS_WEB_IDENTITY_TOKEN_FILE'] && env['AWS_ROLE_ARN']) return 'token';
  if (env['AWS_CONTAINER_CREDENTIALS_FULL_URI'] || env['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI']) {
    return 'container';
  }
  return undefined;
}
