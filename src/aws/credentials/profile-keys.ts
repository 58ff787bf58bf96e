/**
 * Credentials of a profile: from the environment, static keys, SSO, `aws login`, a process, a container's
 * agent, an instance role, a role with or without an MFA code, or a web identity.
 */
import { failed } from '../../model/failure';
import { present } from '../../model/present';
import type { Caller } from '../caller';
import type { AwsKeys, EndpointVariants } from '../client-config';
import type { AwsHost } from '../contract';
import type { EndpointOf } from '../endpoints';
import { leavesKeysToEnvironment, readProfileFiles } from '../profile-files';
import {
  type AssumeWithToken,
  containerKeys,
  environmentKeys,
  tokenKeys,
  variableKeys,
} from './environment-keys';
import { type KeySource, keySourceOf, type RoleSource } from './key-source';
import { keysFailure } from './keys-failure';

export interface ProfileKeysParts extends Pick<AwsHost, 'env'> {
  /** Undefined: the user may not be asked, so credentials that need a code fail (`mfa`). */
  readonly mfaCode: AwsHost['mfaCode'] | undefined;
  readonly profile: string;
  readonly region: string;
  /** Returns the endpoint of a service that issues keys; undefined for AWS's own. */
  readonly endpoint: EndpointOf;
  readonly variants: EndpointVariants;
  /**
   * Carries out calls to STS without resolving the connection's credentials first: these calls are needed to
   * resolve them.
   */
  readonly sts: Caller;
}

/** Resolves the profile's keys. Each call reads the files again. Throws failures as data. */
export async function resolveProfileKeys(parts: ProfileKeysParts, signal: AbortSignal): Promise<AwsKeys> {
  const { profile, env } = parts;
  try {
    const files = await readProfileFiles(env);
    if (leavesKeysToEnvironment(profile, files)) {
      const keys = await environmentKeys(env, withToken(parts), signal);
      if (keys !== undefined) return keys;
    }
    return await keysFrom(keySourceOf(profile, files), parts, signal);
  } catch (thrown) {
    throw keysFailure(thrown, profile);
  }
}

async function keysFrom(source: KeySource, parts: ProfileKeysParts, signal: AbortSignal): Promise<AwsKeys> {
  switch (source.kind) {
    case 'keys':
      return source.keys;
    case 'role':
      return await roleKeys(source, parts, signal);
    case 'web-identity': {
      const { tokenFile, roleArn, sessionName } = source;
      return await tokenKeys({ tokenFile, roleArn, sessionName }, withToken(parts), signal);
    }
    case 'sso': {
      const { ssoKeys } = await import('./sdk-keys');
      return await ssoKeys(source, parts);
    }
    case 'login': {
      const { loginKeys } = await import('./sdk-keys');
      return await loginKeys(source, parts);
    }
    case 'process': {
      const { processKeys } = await import('./sdk-keys');
      return await processKeys(source, parts);
    }
    case 'Environment':
      return variableKeys(parts.env);
    case 'EcsContainer':
      return await containerKeys(parts.env);
    case 'Ec2InstanceMetadata': {
      const { instanceKeys } = await import('./sdk-keys');
      return await instanceKeys();
    }
  }
}

/**
 * The keys of a role. The keys with which the role is assumed are resolved before the user is asked for the
 * MFA code: if there are none, the user does not type a code in vain.
 */
async function roleKeys(role: RoleSource, parts: ProfileKeysParts, signal: AbortSignal): Promise<AwsKeys> {
  const { region, endpoint, variants, sts } = parts;
  const from = await keysFrom(role.from, parts, signal);
  const serial = role.mfaSerial;
  const code = serial === undefined ? undefined : await codeOf(serial, parts, signal);
  const { assumeRole } = await import('../sts');
  const input = {
    RoleArn: role.roleArn,
    RoleSessionName: role.sessionName ?? 'slipway',
    DurationSeconds: role.durationSeconds ?? 3600,
    ...present({ ExternalId: role.externalId, SerialNumber: serial, TokenCode: code }),
  };
  return await assumeRole({ region, endpoint: endpoint('sts'), variants }, sts, from, input, signal);
}

async function codeOf(serial: string, parts: ProfileKeysParts, signal: AbortSignal): Promise<string> {
  const { mfaCode, profile } = parts;
  if (mfaCode !== undefined) return await mfaCode({ profile, serial }, signal);
  const message = `A code of the MFA device ${serial} is needed, and nobody may be asked.`;
  throw failed({ kind: 'credentials', problem: 'mfa', profile, message });
}

function withToken({ region, endpoint, variants, sts }: ProfileKeysParts): AssumeWithToken {
  return async (input, signal) => {
    const { assumeRoleWithWebIdentity } = await import('../sts');
    const settings = { region, endpoint: endpoint('sts'), variants };
    return await assumeRoleWithWebIdentity(settings, sts, input, signal);
  };
}
