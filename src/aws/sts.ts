/** AWS STS: the owner of credentials, and the temporary keys of roles. */
import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  AssumeRoleWithWebIdentityCommand,
  type AssumeRoleWithWebIdentityCommandInput,
  type Credentials,
  GetCallerIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import type { Identities } from '../deploy/ports';
import { LeastRecentlyUsed } from '../model/cache';
import type { Identity } from '../model/connection';
import { failed } from '../model/failure';
import { present } from '../model/present';
import { SharedWork } from '../model/shared-work';
import type { Adapter } from './adapter';
import { type Caller, sends } from './caller';
import { type AwsKeys, type ClientSettings, clientConfig } from './client-config';
import { given } from './sdk-answers';

export function openIdentities(settings: ClientSettings): Adapter<Identities> {
  const client = new STSClient(clientConfig(settings));
  /** The last identity, keyed by access key id and session token; the secret access key is not kept. */
  const known = new LeastRecentlyUsed<Identity>(1);
  return {
    close: () => client.destroy(),
    port: (call) => {
      const asking = new SharedWork(async (signal): Promise<Identity> => {
        const { accessKeyId, sessionToken = '' } = await call
          .authenticate(signal)
          .then(() => settings.credentials(signal))
          .catch((thrown) => {
            throw signal.aborted ? failed({ kind: 'cancelled' }, thrown) : thrown;
          });
        const key = `${accessKeyId} ${sessionToken}`;
        const before = known.get(key);
        if (before !== undefined) return before;
        const command = new GetCallerIdentityCommand({});
        const output = await call.request('GetCallerIdentity', '', signal, sends(client, command));
        const identity = {
          accountId: given(output.Account, 'GetCallerIdentity'),
          arn: given(output.Arn, 'GetCallerIdentity'),
        };
        known.set(key, identity);
        return identity;
      });
      return { whoAmI: (signal) => asking.join(signal) };
    },
  };
}

/** Assumes a role with the keys of another AWS identity. */
export async function assumeRole(
  settings: Omit<ClientSettings, 'credentials'>,
  call: Caller,
  source: AwsKeys,
  input: AssumeRoleCommandInput,
  signal: AbortSignal,
): Promise<AwsKeys> {
  const client = new STSClient(clientConfig({ ...settings, credentials: async () => source }));
  try {
    const command = new AssumeRoleCommand(input);
    const output = await call.request('AssumeRole', input.RoleArn ?? '', signal, sends(client, command));
    return keysOf(output.Credentials, 'AssumeRole');
  } finally {
    client.destroy();
  }
}

/** Assumes a role with a token of an identity provider; such a request is not signed. */
export async function assumeRoleWithWebIdentity(
  settings: Omit<ClientSettings, 'credentials'>,
  call: Caller,
  input: AssumeRoleWithWebIdentityCommandInput,
  signal: AbortSignal,
): Promise<AwsKeys> {
  const unsigned = { accessKeyId: '', secretAccessKey: '' };
  const client = new STSClient(clientConfig({ ...settings, credentials: async () => unsigned }));
  try {
    const command = new AssumeRoleWithWebIdentityCommand(input);
    const output = await call.request(
      'AssumeRoleWithWebIdentity',
      input.RoleArn ?? '',
      signal,
      sends(client, command),
    );
    return keysOf(output.Credentials, 'AssumeRoleWithWebIdentity');
  } finally {
    client.destroy();
  }
}

function keysOf(credentials: Credentials | undefined, operation: string): AwsKeys {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = given(credentials, operation);
  return {
    accessKeyId: given(AccessKeyId, operation),
    secretAccessKey: given(SecretAccessKey, operation),
    ...present({ sessionToken: SessionToken, expiration: Expiration }),
  };
}
