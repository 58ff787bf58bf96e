/** An entry of a configuration file of git: https://git-scm.com/docs/git-config#_syntax */

export interface ConfigEntry {
  /** In the form `core.excludesfile` or `includeif.gitdir:~/work/.path`: section and key in lower case. */
  readonly name: string;
  /** Undefined for a key without `=`, which means true for git. */
  readonly value: string | undefined;
}

const BETWEEN = /(?:\s|[#;][^\n]*)*/y;
const SECTION = /\[([-.\w]+)(?:[ \t]+"((?:\\.|[^"\\\n])*)")?\]/y;
const KEY = /([A-Za-z][-A-Za-z0-9]*)[ \t]*/y;
const NO_VALUE = /(?:[#;][^\n]*)?(?:\n|$)/y;
const SIGN = /=[ \t]*/y;

/** The entries before the first mistake; git itself would refuse a file with a mistake. */
export function readConfigText(text: string): readonly ConfigEntry[] {
  const entries: ConfigEntry[] = [];
  const cursor = new Cursor(text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n'));
  let section = '';
  for (;;) {
    cursor.take(BETWEEN);
    const heading = cursor.take(SECTION);
    if (heading !== undefined) {
      const [, name = '', inner] = heading;
      section = name.toLowerCase() + (inner === undefined ? '' : `.${inner.replace(/\\(.)/g, '$1')}`);
      continue;
    }
    const key = cursor.take(KEY)?.[1];
    if (key === undefined || section === '') return entries;
    const isBare = cursor.take(NO_VALUE) !== undefined;
    const value = isBare || cursor.take(SIGN) === undefined ? undefined : readValue(cursor);
    if (!isBare && value === undefined) return entries;
    entries.push({ name: `${section}.${key.toLowerCase()}`, value });
  }
}

class Cursor {
  at = 0;

  constructor(readonly text: string) {}

  /** @param pattern must be sticky */
  take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found === null) return undefined;
    this.at += found[0].length;
    return found;
  }

  /** The next character; '' at the end. */
  next(): string {
    const letter = this.text[this.at] ?? '';
    this.at += 1;
    return letter;
  }
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['b', '\b'],
  ['"', '"'],
  ['\\', '\\'],
  // A backslash at the end of a line: the value continues in the next line.
  ['\n', ''],
]);

/**
 * The value up to the end of the line; if a backslash continues the line, up to the end of the last such
 * continuation. Undefined if the value is malformed.
 */
function readValue(cursor: Cursor): string | undefined {
  let value = '';
  // Length of the value without the unquoted spaces at its end.
  let kept = 0;
  let isQuoted = false;
  for (let letter = cursor.next(); letter !== '' && letter !== '\n'; letter = cursor.next()) {
    if (!isQuoted && (letter === '#' || letter === ';')) {
      cursor.take(/[^\n]*\n?/y);
      break;
    }
    if (letter === '"') {
      isQuoted = !isQuoted;
      continue;
    }
    const meant = letter === '\\' ? ESCAPES.get(cursor.next()) : letter;
    if (meant === undefined) return undefined;
    value += meant;
    if (isQuoted || letter === '\\' || !/\s/.test(letter)) kept = value.length;
  }
  return isQuoted ? undefined : value.slice(0, kept);
}
