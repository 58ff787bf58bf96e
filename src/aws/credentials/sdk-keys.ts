/**
 * Keys from the SDK's own providers. Those for SSO, `aws login` and credential processes get the profile's
 * settings passed in, and do not read them from the user's files.
 */

import {
  fromInstanceMetadata,
  fromLoginCredentials,
  fromProcess,
  fromSSO,
} from '@aws-sdk/credential-providers';
import { present } from '../../model/present';
import { refuse } from '../../model/refusals';
import type { AwsKeys } from '../client-config';
import type { EndpointOf } from '../endpoints';
import type { KeySource } from './key-source';
import { withSdkFiles } from './sdk-files';

type Of<Kind extends KeySource['kind']> = Extract<KeySource, { readonly kind: Kind }>;

interface Parts {
  readonly profile: string;
  readonly region: string;
  readonly endpoint: EndpointOf;
}

export async function ssoKeys(source: Of<'sso'>, { profile, endpoint }: Parts): Promise<AwsKeys> {
  const { session, startUrl, region, accountId, roleName } = source;
  const at = endpoint('sso');
  // The SDK has only one endpoint setting for the clients of both services, SSO and SSO OIDC.
  if (at !== endpoint('sso-oidc')) throw refuse('sso-endpoints-differ', { profile });
  const sections =
    session === undefined
      ? {}
      : { [`sso-session.${session}`]: { sso_start_url: startUrl, sso_region: region } };
  return await withSdkFiles(profile, { sso_session: session }, sections, (files) =>
    fromSSO({
      ...files,
      ignoreCache: true,
      ssoStartUrl: startUrl,
      ssoRegion: region,
      ssoAccountId: accountId,
      ssoRoleName: roleName,
      ...present({ ssoSession: session }),
      clientConfig: { ...clientAt(at), region },
    })(),
  );
}

export async function loginKeys(source: Of<'login'>, parts: Parts): Promise<AwsKeys> {
  const settings = { login_session: source.session, region: source.region };
  return await withSdkFiles(parts.profile, settings, {}, (files) =>
    fromLoginCredentials({ ...files, clientConfig: clientAt(parts.endpoint('signin')) })({
      callerClientConfig: { region: async () => parts.region },
    }),
  );
}

export async function processKeys(source: Of<'process'>, { profile }: Parts): Promise<AwsKeys> {
  const settings = { credential_process: source.command, aws_account_id: source.accountId };
  return await withSdkFiles(profile, settings, {}, (files) => fromProcess(files)());
}

/** The keys of the machine's instance role. */
export async function instanceKeys(): Promise<AwsKeys> {
  return await fromInstanceMetadata()();
}

/**
 * The options of a client. Without `ignoreConfiguredEndpointUrls`, the client would take an endpoint from the
 * default profile in the files, even for another profile.
 */
function clientAt(endpoint: string | undefined) {
  return { ignoreConfiguredEndpointUrls: true, ...present({ endpoint }) };
}
