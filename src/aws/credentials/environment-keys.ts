/** Credentials that the environment brings along: in variables, by a token file, or from the container's agent. */
import { readFile } from 'node:fs/promises';
import { present } from '../answers';
import type { AwsKeys } from '../client-config';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Takes on a role with a token; see `sts.ts`. */
export type AssumeWithToken = (
  input: { readonly RoleArn: string; readonly RoleSessionName: string; readonly WebIdentityToken: string },
  signal: AbortSignal,
) => Promise<AwsKeys>;

export function environmentBringsKeys(env: Environment): boolean {
  return brings(env) !== undefined;
}

/**
 * The environment's own keys.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 */
export async function environmentKeys(
  env: Environment,
  assume: AssumeWithToken,
  signal: AbortSignal,
): Promise<AwsKeys | undefined> {
  switch (brings(env)) {
    case 'keys':
      return {
        accessKeyId: env['AWS_ACCESS_KEY_ID'] ?? '',
        secretAccessKey: env['AWS_SECRET_ACCESS_KEY'] ?? '',
        ...present({ sessionToken: env['AWS_SESSION_TOKEN'] }),
      };
    case 'token': {
      const WebIdentityToken = await readFile(env['AWS_WEB_IDENTITY_TOKEN_FILE'] ?? '', 'utf8');
      const RoleSessionName = env['AWS_ROLE_SESSION_NAME'] ?? 'slipway';
      return assume({ RoleArn: env['AWS_ROLE_ARN'] ?? '', RoleSessionName, WebIdentityToken }, signal);
    }
    case 'container': {
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
    case undefined:
      return undefined;
  }
}

function brings(env: Environment): 'keys' | 'token' | 'container' | undefined {
  if (env['AWS_ACCESS_KEY_ID'] && env['AWS_SECRET_ACCESS_KEY']) return 'keys';
  if (env['AWS_WEB_IDENTITY_TOKEN_FILE'] && env['AWS_ROLE_ARN']) return 'token';
  if (env['AWS_CONTAINER_CREDENTIALS_FULL_URI'] || env['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI']) {
    return 'container';
  }
  return undefined;
}
