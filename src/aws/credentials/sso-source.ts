/** Single sign-on, as described by a profile together with its `sso-session` section. */
import type { Profile, ProfileFiles } from '../profile-files';
import { type PlacedSetting, refuseTwice, type Settings, unusable, usedIdentity } from '../profiles/settings';
import { isReadAsItIs } from './sdk-sections';

export interface SsoSource {
  readonly kind: 'sso';
  /** Undefined if the profile names no `sso-session` section. */
  readonly session: string | undefined;
  readonly startUrl: string;
  readonly region: string;
  readonly accountId: string;
  readonly roleName: string;
}

/**
 * The single sign-on that a profile uses. Undefined for a profile that names neither the account nor the role
 * of single sign-on.
 * @throws refused `profile-unusable`.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html
 */
export function ssoSource({ settings }: Profile, files: ProfileFiles): SsoSource | undefined {
  const at = settings.get('sso_account_id') ?? settings.get('sso_role_name');
  if (at === undefined) return undefined;
  const session = usedIdentity(settings, 'sso_session');
  const merged = session === undefined ? settings : withSession(session, settings, files);
  const needed = (key: string): string => {
    const text = usedIdentity(merged, key);
    if (text === undefined) throw unusable(merged.get(key) ?? at, key, merged.has(key) ? 'empty' : 'missing');
    return text;
  };
  return {
    kind: 'sso',
    session,
    startUrl: needed('sso_start_url'),
    region: needed('sso_region'),
    accountId: needed('sso_account_id'),
    roleName: needed('sso_role_name'),
  };
}

function withSession(name: string, settings: Settings, { ssoSessions }: ProfileFiles): Settings {
  const section = ssoSessions.get(name);
  const at = settings.get('sso_session');
  if (section === undefined) throw unusable(placeOf(at), 'sso_session', 'no-such-section', name);
  if (!isReadAsItIs(name)) throw unusable(section, section.name, 'name-not-read', name);
  refuseTwice(section);
  const merged = new Map(settings);
  for (const [key, setting] of section.settings) {
    const own = settings.get(key);
    if (own !== undefined && !setting.shared && own.value !== setting.value) {
      throw unusable(own, key, 'not-the-same', `[${section.name}], line ${setting.line}`);
    }
    merged.set(key, setting);
  }
  return merged;
}

function placeOf(setting: PlacedSetting | undefined): PlacedSetting {
  if (setting === undefined) throw new Error('The profile names no sso-session.');
  return setting;
}
