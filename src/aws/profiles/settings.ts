/** Settings with their place in a file, and the checks that refuse unusable values. */
import { refuse, type SettingProblem } from '../../model/refusals';
import type { Section, Setting } from './ini';

export interface PlacedSetting extends Setting {
  readonly key: string;
  /** Path of the file; relative only if an environment variable gives a relative path. */
  readonly file: string;
}

export type Settings = ReadonlyMap<string, PlacedSetting>;

export interface PlacedSection {
  readonly name: string;
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly settings: Settings;
  /**
   * An earlier section of the same file whose heading gives the same name in another spelling: `[default]`,
   * `[profile default]`.
   */
  readonly rival?: PlacedSection;
}

export function placed({ name, line, settings }: Section, file: string): PlacedSection {
  const all = [...settings].map(([key, setting]) => [key, { ...setting, key, file }] as const);
  return { name, file, line, settings: new Map(all) };
}

/** A refusal that names file, line and key. */
export function unusable(
  { file, line }: Pick<PlacedSetting, 'file' | 'line'>,
  key: string,
  problem: SettingProblem,
  about = '',
): Error {
  return refuse('profile-unusable', { file, line, key, problem, about });
}

/** @throws refused `profile-unusable` for a section whose file has a second section for the same name. */
export function refuseTwice(section: PlacedSection | undefined): void {
  if (section?.rival === undefined) return;
  const { name, line } = section.rival;
  throw unusable(section, section.name, 'twice', `[${name}], line ${line}`);
}

/**
 * The text of a setting that the CLI and the SDKs read in the same way; undefined if it is missing or empty.
 * @throws refused `profile-unusable` if the CLI and the SDKs read different values
 */
export function usedText(settings: Settings, key: string): string | undefined {
  const setting = settings.get(key);
  if (setting === undefined) return undefined;
  const { value } = setting;
  if (typeof value !== 'string') throw unusable(setting, key, 'block');
  if (value.includes('\n')) throw unusable(setting, key, 'goes-on');
  if (/(^|\s)[#;]/.test(value)) throw unusable(setting, key, 'comment-behind');
  return value === '' ? undefined : value;
}

/**
 * As {@link usedText}, for settings that decide whose keys are used: `[DEFAULT]` may not set them, since it
 * applies to all profiles.
 */
export function usedIdentity(settings: Settings, key: string): string | undefined {
  const setting = settings.get(key);
  if (setting?.shared) throw unusable(setting, key, 'of-all-profiles');
  return usedText(settings, key);
}
