/**
 * Reads the text of an AWS file as botocore does: with the rules of Python's `configparser`. The settings of
 * `[DEFAULT]` apply to every section that does not set them itself.
 * @see https://docs.python.org/3/library/configparser.html
 */
import type { FileProblem } from '../../model/refusals';
import { indentOf, splitLines, strip, stripEnd } from './python-text';

export interface Setting {
  /**
   * The text of the setting, with line ends if it continues over indented lines; a map for a block of indented
   * settings.
   */
  readonly value: string | ReadonlyMap<string, string>;
  /** Counted from 1. */
  readonly line: number;
  /** True for a setting in `[DEFAULT]`, which applies to each section. */
  readonly shared: boolean;
}

export interface Section {
  /** The text between the brackets. */
  readonly name: string;
  readonly line: number;
  /** Settings by key; the keys are in lower case. */
  readonly settings: ReadonlyMap<string, Setting>;
}

export class IniError extends Error {
  override readonly name = 'IniError';
  constructor(
    readonly problem: FileProblem,
    /** Counted from 1. */
    readonly line: number,
    /** The section or key with the problem; empty if the problem concerns none. */
    readonly about = '',
  ) {
    super(`${problem} in line ${line}`);
  }
}

interface Part {
  readonly text: string;
  readonly line: number;
}

/** The lines of each key's value: the first line, and the lines that continue it. */
type RawSettings = Map<string, Part[]>;

const BYTE_ORDER_MARK = '\u{feff}';
/** The section whose settings apply to all other sections, too. */
const SHARED = 'DEFAULT';
/** Text after the last `]` is ignored. */
const HEADER = /^\[(.+)\]/s;
const SETTING = /^(.*?)[=:](.*)$/s;

/** @throws IniError for a text that botocore cannot read */
export function parseIni(text: string): readonly Section[] {
  const shared: RawSettings = new Map();
  const sections = new Map<string, { readonly line: number; readonly raw: RawSettings }>();
  let current: RawSettings | undefined;
  /** The value that an indented line continues. */
  let open: Part[] | undefined;
  let indent = 0;

  for (const [index, whole] of text.split(/\r\n|\r|\n/).entries()) {
    const line = index + 1;
    const content = strip(whole);
    if (/^[#;]/.test(content)) continue;
    if (content === '') {
      open?.push({ text: '', line });
      continue;
    }
    if (open !== undefined && indentOf(whole) > indent) {
      open.push({ text: content, line });
      continue;
    }
    indent = indentOf(whole);
    const name = HEADER.exec(content)?.[1];
    if (name !== undefined) {
      open = undefined;
      if (sections.has(name)) throw new IniError('section-twice', line, name);
      current = name === SHARED ? shared : new Map();
      if (name !== SHARED) sections.set(name, { line, raw: current });
      continue;
    }
    if (current === undefined) throw notInSection(content, line);
    const [, before = '', value = ''] = SETTING.exec(content) ?? [];
    const key = strip(before).toLowerCase();
    if (key === '') throw new IniError('no-setting', line);
    // If the user forgot the `=` and the value itself contains one, the key that is read ends at that `=`. After
    // its first word, the key then contains the beginning of the value, which may be a secret. So only that word
    // is shown.
    if (current.has(key)) throw new IniError('key-twice', line, key.split(/\s/)[0]);
    open = [{ text: strip(value), line }];
    current.set(key, open);
  }
  return [...sections].map(([name, { line, raw }]) => ({ name, line, settings: settingsOf(raw, shared) }));
}

function notInSection(content: string, line: number): IniError {
  const marked = line === 1 && content.startsWith(BYTE_ORDER_MARK);
  return new IniError(marked ? 'byte-order-mark' : 'no-section', line);
}

function settingsOf(own: RawSettings, shared: RawSettings): ReadonlyMap<string, Setting> {
  const settings = new Map<string, Setting>();
  for (const [raw, isShared] of [
    [shared, true],
    [own, false],
  ] as const) {
    for (const [key, parts] of raw) {
      if (isShared && own.has(key)) continue;
      settings.set(key, { value: joined(parts), line: parts[0]?.line ?? 0, shared: isShared });
    }
  }
  return settings;
}

function joined(parts: readonly Part[]): Setting['value'] {
  const value = stripEnd(parts.map(({ text }) => text).join('\n'));
  if (!value.startsWith('\n')) return value;
  const block = new Map<string, string>();
  for (const { text, line } of parts) {
    for (const inner of splitLines(text).map(strip).filter(Boolean)) {
      const equals = inner.indexOf('=');
      if (equals < 0) throw new IniError('no-setting-in-block', line);
      block.set(strip(inner.slice(0, equals)), strip(inner.slice(equals + 1)));
    }
  }
  return block;
}
