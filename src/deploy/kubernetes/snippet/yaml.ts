/**
 * Writes plain data as YAML: in block style, except for lists of scalars. Parsers of YAML 1.2 and 1.1
 * read the result in the same way, since ambiguous texts are quoted.
 */

export type YamlValue =
  | string
  | number
  | boolean
  | readonly YamlValue[]
  | { readonly [key: string]: YamlValue | undefined };

/** The text of one document, which ends with a line end. Undefined members are left out. */
export function yamlOf(value: { readonly [key: string]: YamlValue | undefined }): string {
  return `${membersOf(value, '').join('\n')}\n`;
}

type Members = Readonly<Record<string, YamlValue | undefined>>;

function membersOf(members: Members, indent: string): readonly string[] {
  return Object.entries(members).flatMap(([key, value]) =>
    value === undefined ? [] : [...underKey(`${indent}${scalar(key)}:`, value, indent)],
  );
}

/**
 * The lines of a value; the first one begins with `head`.
 * @param head the key with its colon, or the dash of a list, in either case indented
 */
function underKey(head: string, value: YamlValue, indent: string): readonly string[] {
  if (typeof value === 'string' && isBlock(value)) return [`${head} |`, ...blockLines(value, `${indent}  `)];
  if (typeof value !== 'object') return [`${head} ${scalar(value)}`];
  if (!isList(value)) {
    const lines = membersOf(value, `${indent}  `);
    return lines.length === 0 ? [`${head} {}`] : [head, ...lines];
  }
  if (!value.some((one) => typeof one === 'object')) return [`${head} [${value.map(scalar).join(', ')}]`];
  return [head, ...value.flatMap((one) => listed(one, `${indent}  `))];
}

/** The lines of a list's item; a dash stands in the indent of the first line. */
function listed(value: YamlValue, indent: string): readonly string[] {
  if (typeof value !== 'object' || isList(value)) return underKey(`${indent}-`, value, indent);
  const [first = `${indent}  {}`, ...rest] = membersOf(value, `${indent}  `);
  return [`${indent}- ${first.slice(indent.length + 2)}`, ...rest];
}

function isList(value: YamlValue): value is readonly YamlValue[] {
  return Array.isArray(value);
}

/**
 * Returns true if the text can be written as a block: whole lines of printable characters. The first line
 * must not be indented, since its indent would count as that of the block.
 */
function isBlock(text: string): boolean {
  return /^[^\s][\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe]*[^\s]\n$/.test(text);
}

function blockLines(text: string, indent: string): readonly string[] {
  return text
    .slice(0, -1)
    .split('\n')
    .map((line) => (line === '' ? '' : indent + line));
}

/** Words that YAML 1.1 does not read as text. */
const NO_TEXT = /^(?:y|yes|n|no|true|false|on|off|null)$/i;

/** The value on one line. A text that needs quotes is written as in JSON, which YAML also reads. */
function scalar(value: YamlValue): string {
  const text = String(value);
  if (typeof value !== 'string' || (/^[A-Za-z][\w./-]*$/.test(text) && !NO_TEXT.test(text))) return text;
  return JSON.stringify(text);
}
