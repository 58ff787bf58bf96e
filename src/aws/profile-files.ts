/** The shared AWS files: which profiles there are and what they say. */
import { loadSharedConfigFiles } from '@smithy/core/config';
import { present } from './answers';
import type { ProfileInfo } from './contract';
import { type Environment, environmentBringsKeys } from './credentials/environment-keys';

/** One section: its keys, nested ones joined by a dot (`s3.endpoint_url`). */
export type Section = Readonly<Record<string, string | undefined>>;

export interface ProfileFiles {
  readonly profiles: ReadonlyMap<string, ProfileSection>;
  /** The `services` sections by name. */
  readonly services: ReadonlyMap<string, Section>;
}

interface ProfileSection {
  /** Both files together; the credentials file wins. */
  readonly keys: Section;
  readonly sources: ProfileInfo['sources'];
}

/**
 * Reads `~/.aws/config` and `~/.aws/credentials`, or the files that `AWS_CONFIG_FILE` and
 * `AWS_SHARED_CREDENTIALS_FILE` name. A missing file is an empty one.
 * @param refresh read them again; else what was read before is good enough.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */
export async function readProfileFiles(refresh: boolean): Promise<ProfileFiles> {
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: refresh });
  const profiles = new Map<string, ProfileSection>();
  const services = new Map<string, Section>();
  for (const [name, keys] of Object.entries(configFile)) {
    if (name.startsWith(SERVICES)) services.set(name.slice(SERVICES.length), keys);
    else if (!name.startsWith(SSO_SESSION)) profiles.set(name, { keys, sources: ['config'] });
  }
  for (const [name, keys] of Object.entries(credentialsFile)) {
    if (name.startsWith(SERVICES) || name.startsWith(SSO_SESSION)) continue;
    const before = profiles.get(name);
    profiles.set(name, {
      keys: { ...before?.keys, ...keys },
      sources: [...(before?.sources ?? []), 'credentials'],
    });
  }
  return { profiles, services };
}

const SERVICES = 'services.';
const SSO_SESSION = 'sso-session.';

/** Keys of a section that say where credentials come from; all of single sign-on begin with `sso_`. */
const SOURCES = [
  'aws_access_key_id',
  'role_arn',
  'credential_process',
  'login_session',
  'web_identity_token_file',
];

/**
 * Whether credentials of the environment are the profile's: they go by `default`, unless a file names others for it. A
 * section that says nothing but, for example, a region leaves them as they are.
 */
export function leavesKeysToEnvironment(profile: string, { profiles }: ProfileFiles): boolean {
  const names = Object.keys(profiles.get(profile)?.keys ?? {});
  return profile === 'default' && !names.some((name) => SOURCES.includes(name) || name.startsWith('sso_'));
}

/** What is shown of the profiles, sorted by name. */
export function profilesOf(files: ProfileFiles, env: Environment): readonly ProfileInfo[] {
  const profiles = new Map(files.profiles);
  if (environmentBringsKeys(env) && leavesKeysToEnvironment('default', files)) {
    const { keys, sources } = profiles.get('default') ?? { keys: {}, sources: [] };
    const region = keys['region'] ?? env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'];
    profiles.set('default', { keys: { ...keys, region }, sources: [...sources, 'environment'] });
  }
  return [...profiles]
    .map(
      ([name, { keys, sources }]): ProfileInfo => ({
        name,
        sources,
        ...present({
          region: keys['region'],
          sso: keys['sso_session'] ?? keys['sso_start_url'],
          role: keys['role_arn'],
        }),
      }),
    )
    .sort((one, other) => one.name.localeCompare(other.name));
}
