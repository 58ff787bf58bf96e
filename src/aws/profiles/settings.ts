/** Settings with the place where they stand, and what of them can be acted on. */
import { refused } from '../../model/failure';
import type { Section, Setting } from './ini';

export interface PlacedSetting extends Setting {
  readonly key: string;
  /** Absolute path. */
  readonly file: string;
}

export type Settings = ReadonlyMap<string, PlacedSetting>;

export interface PlacedSection {
  readonly name: string;
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly settings: Settings;
  /** An earlier section of the file with the same name, written in another way: `[default]`, `[profile default]`. */
  readonly rival?: PlacedSection;
}

export function placed({ name, line, settings }: Section, file: string): PlacedSection {
  const all = [...settings].map(([key, setting]) => [key, { ...setting, key, file }] as const);
  return { name, file, line, settings: new Map(all) };
}

/** Why a setting is not acted on. The AWS CLI and the SDKs read it as different things, or not at all. */
export type SettingProblem =
  /** White space and a `#` or `;` in a value: a part of it for the CLI, a comment for the SDKs. */
  | 'comment-behind'
  /** Indented lines go on with the value for the CLI, and are settings of their own for the SDKs. */
  | 'goes-on'
  /** The CLI hands what stands in `[DEFAULT]` to each profile; the SDKs do not. */
  | 'of-all-profiles'
  | 'block'
  | 'no-block'
  | 'empty'
  | 'missing'
  | 'no-such-section'
  /** Two sections of one file with one name: the CLI takes the last, the SDKs both together. */
  | 'twice'
  | 'role-circle'
  | 'two-sources'
  | 'not-the-same'
  | 'unknown-source'
  | 'name-not-read';

/** A refusal that names file, line and key. */
export function unusable(
  { file, line }: Pick<PlacedSetting, 'file' | 'line'>,
  key: string,
  problem: SettingProblem,
  about = '',
): Error {
  return refused('profile-unusable', { file, line, key, problem, about });
}

/** @throws refused `profile-unusable` for a section whose file has another one for the same name. */
export function refuseTwice(section: PlacedSection | undefined): void {
  if (section?.rival === undefined) return;
  const { name, line } = section.rival;
  throw unusable(section, section.name, 'twice', `[${name}], line ${line}`);
}

/**
 * A setting's text as everybody reads it; undefined where there is none or where it is empty.
 * @throws refused `profile-unusable` where the CLI and the SDKs read different things.
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

/** As {@link usedText}, for what says whose keys are used: that is never shared by all profiles. */
export function usedIdentity(settings: Settings, key: string): string | undefined {
  const setting = settings.get(key);
  if (setting?.shared) throw unusable(setting, key, 'of-all-profiles');
  return usedText(settings, key);
}
