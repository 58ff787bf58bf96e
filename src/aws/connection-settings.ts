/** The endpoint settings of a profile. */
import type { EndpointVariants } from './client-config';
import type { Environment } from './contract';
import type { EndpointSources, Section } from './endpoints';
import type { ProfileFiles } from './profile-files';
import { type PlacedSetting, refuseTwice, type Settings, unusable, usedText } from './profiles/settings';

export interface ConnectionSettings {
  readonly endpoints: EndpointSources;
  readonly variants: EndpointVariants;
}

/**
 * @throws refused `profile-unusable`, with file and line, for a section or setting that the AWS CLI and the
 * SDKs read differently. The getters in `endpoints` throw this refusal, too.
 */
export function connectionSettings(
  profile: string,
  files: ProfileFiles,
  env: Environment,
): ConnectionSettings {
  const found = files.profiles.get(profile);
  refuseTwice(found?.files.config);
  const settings: Settings = found?.settings ?? new Map();
  const text = (key: string): string | undefined => usedText(settings, key);
  const isOn = (variable: string, key: string): boolean =>
    (env[variable] ?? text(key))?.toLowerCase() === 'true';
  return {
    // The getters read a setting of the files only when it is needed: if environment variables take precedence,
    // mistakes in the files do not matter.
    endpoints: {
      env,
      profile: {
        get endpoint_url() {
          return text('endpoint_url');
        },
        get ignore_configured_endpoint_urls() {
          return text('ignore_configured_endpoint_urls');
        },
      },
      get services() {
        return servicesOf(settings, files);
      },
    },
    variants: {
      fips: isOn('AWS_USE_FIPS_ENDPOINT', 'use_fips_endpoint'),
      dualStack: isOn('AWS_USE_DUALSTACK_ENDPOINT', 'use_dualstack_endpoint'),
    },
  };
}

/**
 * The settings in the `services` section that the profile names, by service and key: `eks.endpoint_url`.
 * Empty if the profile names no such section.
 */
function servicesOf(settings: Settings, { services }: ProfileFiles): Section {
  const name = usedText(settings, 'services');
  const at = settings.get('services');
  if (name === undefined || at === undefined) return {};
  const section = services.get(name);
  if (section === undefined || section.settings.size === 0)
    throw unusable(at, at.key, 'no-such-section', name);
  refuseTwice(section);
  return Object.fromEntries([...section.settings.values()].flatMap(blockOf));
}

function blockOf(setting: PlacedSetting): (readonly [string, string])[] {
  const { key, value } = setting;
  // A service without settings changes nothing. A setting on the same line as the service's name is refused:
  // the AWS CLI ignores such a setting.
  if (value === '') return [];
  if (typeof value === 'string') throw unusable(setting, key, 'no-block');
  return [...value].map(([inner, text]) => {
    if (/(^|\s)[#;]/.test(text)) throw unusable(setting, `${key}.${inner}`, 'comment-behind');
    return [`${key}.${inner}`, text] as const;
  });
}
