/** Credentials of a profile: static, SSO, `aws login`, a process, a role with or without a code, a web identity. */
import { fromIni } from '@aws-sdk/credential-providers';
import type { Caller } from '../caller';
import type { AwsKeys } from '../client-config';
import type { AwsHost } from '../contract';
import { leavesKeysToEnvironment, readProfileFiles, type Section } from '../profile-files';
import { type AssumeWithToken, environmentKeys } from './environment-keys';
import { keysFailure } from './keys-failure';

export interface ProfileKeysParts extends Pick<AwsHost, 'env'> {
  /** Undefined: nobody may be asked, and credentials that need a code fail for want of it (`mfa`). */
  readonly mfaCode: AwsHost['mfaCode'] | undefined;
  readonly profile: string;
  readonly region: string;
  /** Where STS is asked for a role; undefined: AWS's own. */
  readonly stsEndpoint: string | undefined;
  /** Carries calls to STS out; without credentials of its own, since these are on their way. */
  readonly sts: Caller;
}

/** Resolves the profile's keys anew, from the files as they are now. Throws failures as data. */
export async function resolveProfileKeys(parts: ProfileKeysParts, signal: AbortSignal): Promise<AwsKeys> {
  const { profile, env } = parts;
  try {
    const files = await readProfileFiles(true);
    if (leavesKeysToEnvironment(profile, files)) {
      const keys = await environmentKeys(env, assumeWithToken(parts), signal);
      if (keys !== undefined) return keys;
    }
    const { profiles } = files;
    const own = profiles.get(profile)?.keys ?? {};
    const source = sourceToCheck(profile, own);
    const sourceAsks = source !== undefined && profiles.get(source)?.keys['mfa_serial'] !== undefined;
    if (source !== undefined && !(sourceAsks && parts.mfaCode)) {
      await fromFiles(parts, source, signal);
    }
    return await fromFiles(parts, profile, signal);
  } catch (thrown) {
    throw keysFailure(thrown, profile);
  }
}

/**
 * The profile whose keys a role with a code is taken on with: checked first, so that nobody types a code in vain. (The
 * SDK also starts with the source before it asks, and lets its failure go unhandled meanwhile.)
 */
function sourceToCheck(profile: string, own: Section): string | undefined {
  const source = own['source_profile'];
  return own['mfa_serial'] !== undefined && source !== profile ? source : undefined;
}

async function fromFiles(parts: ProfileKeysParts, profile: string, signal: AbortSignal): Promise<AwsKeys> {
  const { region, stsEndpoint: endpoint, sts, mfaCode } = parts;
  const provider = fromIni({
    profile,
    ignoreCache: true,
    ...(mfaCode && { mfaCodeProvider: (serial: string) => mfaCode({ profile, serial }, signal) }),
    roleAssumer: async (source, input) => {
      const { assumeRole } = await import('../sts');
      return await assumeRole({ region, endpoint, profile }, sts, source, input, signal);
    },
    roleAssumerWithWebIdentity: ({ RoleArn, RoleSessionName, WebIdentityToken }) =>
      assumeWithToken(parts)({ RoleArn, RoleSessionName, WebIdentityToken }, signal),
  });
  return await provider({ callerClientConfig: { region: async () => region, profile } });
}

function assumeWithToken({ region, stsEndpoint: endpoint, sts, profile }: ProfileKeysParts): AssumeWithToken {
  return async (input, signal) => {
    const { assumeRoleWithWebIdentity } = await import('../sts');
    return await assumeRoleWithWebIdentity({ region, endpoint, profile }, sts, input, signal);
  };
}
