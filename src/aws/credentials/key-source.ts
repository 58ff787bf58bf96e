/**
 * Finds the source of a profile's keys in the files, in the same order as botocore and the AWS CLI. Nothing is run or
 * requested and nobody is asked, so that a mistake in the files is reported before the user types a code.
 */
import { failed } from '../../model/failure';
import { present } from '../../model/present';
import type { AwsKeys } from '../client-config';
import type { Profile, ProfileFiles } from '../profile-files';
import {
  type PlacedSection,
  refuseTwice,
  type Settings,
  unusable,
  usedIdentity,
  usedText,
} from '../profiles/settings';
import { type SsoSource, ssoSource } from './sso-source';

export type KeySource =
  | { readonly kind: 'keys'; readonly keys: AwsKeys }
  | RoleSource
  | WebIdentitySource
  | SsoSource
  | { readonly kind: 'login'; readonly session: string; readonly region: string | undefined }
  | { readonly kind: 'process'; readonly command: string; readonly accountId: string | undefined }
  | { readonly kind: NamedSource };

export interface RoleSource {
  readonly kind: 'role';
  readonly roleArn: string;
  readonly sessionName: string | undefined;
  readonly externalId: string | undefined;
  readonly durationSeconds: number | undefined;
  readonly mfaSerial: string | undefined;
  /** The source of the keys with which the role is assumed. */
  readonly from: KeySource;
}

export interface WebIdentitySource {
  readonly kind: 'web-identity';
  readonly roleArn: string;
  readonly tokenFile: string;
  readonly sessionName: string | undefined;
}

const NAMED = ['Environment', 'EcsContainer', 'Ec2InstanceMetadata'] as const;
type NamedSource = (typeof NAMED)[number];

/**
 * The source of a profile's keys.
 * @throws failed `no-such-profile` if neither file has the profile or a profile that its `source_profile`
 * leads to, or if such a profile has no settings about credentials; refused `profile-unusable` (with file and
 * line) if the settings cannot be used
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 */
export function keySourceOf(name: string, files: ProfileFiles): KeySource {
  return sourceOf(profileOf(name, files), files, [name]);
}

function sourceOf(profile: Profile, files: ProfileFiles, visited: readonly string[]): KeySource {
  return takesRole(profile) ? roleSource(profile, files, visited) : ownSource(profile, files);
}

const takesRole = ({ settings }: Profile): boolean =>
  settings.has('role_arn') && !settings.has('web_identity_token_file');

const hasKeys = ({ settings }: Profile): boolean =>
  settings.has('aws_access_key_id') || settings.has('aws_secret_access_key');

function roleSource(
  { name, settings }: Profile,
  files: ProfileFiles,
  visited: readonly string[],
): RoleSource {
  const duration = usedText(settings, 'duration_seconds') ?? '';
  return {
    kind: 'role',
    roleArn: needed(settings, 'role_arn', 'role_arn'),
    sessionName: usedText(settings, 'role_session_name'),
    externalId: usedText(settings, 'external_id'),
    durationSeconds: /^\d+$/.test(duration) ? Number(duration) : undefined,
    mfaSerial: usedText(settings, 'mfa_serial'),
    from: roleFrom(name, settings, files, visited),
  };
}

function roleFrom(
  name: string,
  settings: Settings,
  files: ProfileFiles,
  visited: readonly string[],
): KeySource {
  const of = usedIdentity(settings, 'credential_source');
  const source = usedIdentity(settings, 'source_profile');
  const at = settings.get('source_profile') ?? settings.get('credential_source') ?? settings.get('role_arn');
  if (at === undefined) throw new Error(`The profile ${name} takes on no role.`);
  if (of !== undefined && source !== undefined) throw unusable(at, at.key, 'two-sources');
  if (of !== undefined) {
    const kind = NAMED.find((one) => one === of);
    if (kind === undefined) throw unusable(at, at.key, 'unknown-source', of);
    return { kind };
  }
  if (source === undefined) throw unusable(at, 'source_profile', 'missing');
  const next = profileOf(source, files, ` The profile ${name} names it in ${at.file}, line ${at.line}.`);
  // A profile may name itself, to assume its role with its own keys: that is no circle.
  if (visited.includes(source) && !(source === name && hasKeys(next))) {
    throw unusable(at, at.key, 'role-circle', [...visited, source].join(' → '));
  }
  return hasKeys(next) ? ownSource(next, files) : sourceOf(next, files, [...visited, source]);
}

function ownSource(profile: Profile, files: ProfileFiles): KeySource {
  const { name, settings } = profile;
  const tokenFile = usedIdentity(settings, 'web_identity_token_file');
  if (tokenFile !== undefined) {
    const roleArn = needed(settings, 'role_arn', 'web_identity_token_file');
    return { kind: 'web-identity', roleArn, tokenFile, sessionName: usedText(settings, 'role_session_name') };
  }
  const sso = ssoSource(profile, files);
  if (sso !== undefined) return sso;
  const inCredentials = keysIn(profile.files.credentials);
  if (inCredentials !== undefined) return inCredentials;
  if (settings.has('login_session')) {
    const session = needed(settings, 'login_session', 'login_session');
    return { kind: 'login', session, region: usedText(settings, 'region') };
  }
  if (settings.has('credential_process')) {
    const command = needed(settings, 'credential_process', 'credential_process');
    return { kind: 'process', command, accountId: usedText(settings, 'aws_account_id') };
  }
  const inConfig = keysIn(profile.files.config);
  if (inConfig !== undefined) return inConfig;
  throw failed({
    kind: 'credentials',
    problem: 'no-such-profile',
    profile: name,
    message: `The profile ${name} says nowhere where its credentials come from.`,
  });
}

/**
 * The keys in one section; undefined if it has no `aws_access_key_id`. Both keys must be in this section.
 * @throws refused `profile-unusable` if one of them cannot be used, or if the secret key is missing
 */
function keysIn(section: PlacedSection | undefined): KeySource | undefined {
  if (section === undefined || !section.settings.has('aws_access_key_id')) return undefined;
  const { settings } = section;
  const accessKeyId = needed(settings, 'aws_access_key_id', 'aws_access_key_id');
  const secretAccessKey = needed(settings, 'aws_secret_access_key', 'aws_access_key_id');
  const sessionToken =
    usedIdentity(settings, 'aws_security_token') ?? usedIdentity(settings, 'aws_session_token');
  return { kind: 'keys', keys: { accessKeyId, secretAccessKey, ...present({ sessionToken }) } };
}

/**
 * The value of a required setting.
 * @param beside the key of a setting that exists: if `key` is missing, the refusal names this setting's place
 */
function needed(settings: Settings, key: string, beside: string): string {
  const text = usedIdentity(settings, key);
  if (text !== undefined) return text;
  const at = settings.get(key) ?? settings.get(beside);
  if (at === undefined) throw new Error(`There is neither ${key} nor ${beside}.`);
  throw unusable(at, key, settings.has(key) ? 'empty' : 'missing');
}

function profileOf(name: string, { profiles }: ProfileFiles, why = ''): Profile {
  const profile = profiles.get(name);
  if (profile === undefined) {
    const message = `There is no profile ${name} in the AWS files.${why}`;
    throw failed({ kind: 'credentials', problem: 'no-such-profile', profile: name, message });
  }
  refuseTwice(profile.files.config);
  return profile;
}
