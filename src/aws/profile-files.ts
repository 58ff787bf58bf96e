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

/** What is shown of the profiles, sorted by name. The environment's own credentials go by `default`. */
export function profilesOf({ profiles }: ProfileFiles, env: Environment): readonly ProfileInfo[] {
  const found = [...profiles].map(
    ([name, { keys, sources }]): ProfileInfo => ({
      name,
      sources,
      ...present({
        region: keys['region'],
        sso: keys['sso_session'] ?? keys['sso_start_url'],
        role: keys['role_arn'],
      }),
    }),
  );
  if (!profiles.has('default') && environmentBringsKeys(env)) {
    const region = env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'];
    found.push({ name: 'default', sources: ['environment'], ...present({ region }) });
  }
  return found.sort((one, other) => one.name.localeCompare(other.name));
}
