/** The shared AWS files: the profiles and their settings, as botocore and the AWS CLI read them. */

import { present } from '../model/present';
import type { Environment, ProfileInfo } from './contract';
import { environmentBringsKeys } from './credentials/environment-keys';
import { type FileKind, pathOf } from './profiles/locate';
import { shellWords } from './profiles/python-text';
import { readSections } from './profiles/read-file';
import { type PlacedSection, type PlacedSetting, placed, type Settings } from './profiles/settings';

export interface ProfileFiles {
  readonly profiles: ReadonlyMap<string, Profile>;
  /** The `services` sections by name. */
  readonly services: ReadonlyMap<string, PlacedSection>;
  /** The `sso-session` sections by name. */
  readonly ssoSessions: ReadonlyMap<string, PlacedSection>;
}

export interface Profile {
  readonly name: string;
  /** The settings of both files together; those of the credentials file take precedence. */
  readonly settings: Settings;
  /** The profile's section in each file that has such a section. */
  readonly files: Readonly<Partial<Record<FileKind, PlacedSection>>>;
}

/**
 * Reads `~/.aws/config` and `~/.aws/credentials`, or the files that `AWS_CONFIG_FILE` and
 * `AWS_SHARED_CREDENTIALS_FILE` name. A missing file counts as empty.
 * @throws refused `profile-file-unreadable`, which names the file, and the line if there is one.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */
export async function readProfileFiles(env: Environment): Promise<ProfileFiles> {
  const [config, credentials] = await Promise.all([
    sectionsOf('config', env),
    sectionsOf('credentials', env),
  ]);
  const profiles = new Map<string, Profile>();
  const services = new Map<string, PlacedSection>();
  const ssoSessions = new Map<string, PlacedSection>();
  for (const section of config) {
    const { kind, name } = nameOf(section.name);
    if (name === undefined) continue;
    if (kind === 'profile') {
      const files = { config: after(profiles.get(name)?.files.config, section) };
      profiles.set(name, { name, settings: section.settings, files });
    } else {
      const known = kind === 'services' ? services : ssoSessions;
      known.set(name, after(known.get(name), section));
    }
  }
  for (const section of credentials) {
    const before = profiles.get(section.name);
    const settings = new Map([...(before?.settings ?? []), ...section.settings]);
    profiles.set(section.name, {
      name: section.name,
      settings,
      files: { ...before?.files, credentials: section },
    });
  }
  return { profiles, services, ssoSessions };
}

async function sectionsOf(kind: FileKind, env: Environment): Promise<readonly PlacedSection[]> {
  const file = pathOf(kind, env);
  return (await readSections(file)).map((section) => placed(section, file));
}

/** Of several sections with the same name, only the last counts; the earlier section is kept as its `rival`. */
function after(rival: PlacedSection | undefined, section: PlacedSection): PlacedSection {
  return { ...section, ...present({ rival }) };
}

type SectionKind = 'profile' | 'services' | 'sso-session';
const KINDS: readonly SectionKind[] = ['profile', 'sso-session', 'services'];

/**
 * The kind and name of a section of the config file. Except for `default`, a section that does not begin with
 * one of `KINDS`, or that does not consist of two words, is ignored: its name is undefined.
 */
function nameOf(section: string): { readonly kind: SectionKind; readonly name: string | undefined } {
  if (section === 'default') return { kind: 'profile', name: section };
  const kind = KINDS.find((word) => section.startsWith(word));
  if (kind === undefined) return { kind: 'profile', name: undefined };
  const words = shellWords(section);
  return { kind, name: words?.length === 2 ? words[1] : undefined };
}

/**
 * Settings that define the source of credentials, besides those of single sign-on, which begin with `sso_`.
 */
const SOURCES = [
  'aws_access_key_id',
  'role_arn',
  'credential_process',
  'login_session',
  'web_identity_token_file',
];

/**
 * Whether the profile uses the environment's credentials: `default` does, unless a file defines the source of
 * its credentials. A section with only a region, for example, defines no source.
 */
export function leavesKeysToEnvironment(profile: string, { profiles }: ProfileFiles): boolean {
  const names = [...(profiles.get(profile)?.settings.keys() ?? [])];
  return profile === 'default' && !names.some((name) => SOURCES.includes(name) || name.startsWith('sso_'));
}

/** The profiles for display, sorted by name. */
export function profilesOf(files: ProfileFiles, env: Environment): readonly ProfileInfo[] {
  const profiles = [...files.profiles.values()].map(infoOf);
  if (environmentBringsKeys(env) && leavesKeysToEnvironment('default', files)) {
    const at = profiles.findIndex(({ name }) => name === 'default');
    const { sources = [], ...own } = profiles[at] ?? {};
    const region = env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'];
    const info: ProfileInfo = {
      name: 'default',
      ...present({ region }),
      ...own,
      sources: [...sources, 'environment'],
    };
    profiles.splice(at < 0 ? profiles.length : at, 1, info);
  }
  return profiles.sort((one, other) => one.name.localeCompare(other.name));
}

function infoOf({ name, settings, files }: Profile): ProfileInfo {
  const text = (key: string) => textOf(settings.get(key));
  return {
    name,
    sources: (['config', 'credentials'] as const).filter((kind) => files[kind] !== undefined),
    ...present({
      region: text('region'),
      sso: text('sso_session') ?? text('sso_start_url'),
      role: text('role_arn'),
    }),
  };
}

function textOf(setting: PlacedSetting | undefined): string | undefined {
  return typeof setting?.value === 'string' ? setting.value : undefined;
}
