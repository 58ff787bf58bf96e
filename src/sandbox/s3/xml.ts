/** Writes the XML of S3's replies, and reads the few small documents that S3 accepts. */

export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** An element that contains only text: `<name>value</name>`. Empty for an absent value. */
export function leaf(name: string, value: string | number | boolean | undefined): string {
  return value === undefined ? '' : `<${name}>${escaped(String(value))}</${name}>`;
}

/** An element whose children are already XML. */
export function group(name: string, ...children: readonly string[]): string {
  return `<${name}>${children.join('')}</${name}>`;
}

/** A whole document in S3's namespace. */
export function document(name: string, ...children: readonly string[]): string {
  return `${XML_HEAD}<${name} xmlns="${NAMESPACE}">${children.join('')}</${name}>`;
}

/** A time in the form that S3 uses in XML. */
export function isoTime(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

function escaped(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: keys may hold them, and S3 writes them as references
  return text.replace(/[&<>"'\u0000-\u001f]/g, (c) => `&#${c.charCodeAt(0)};`);
}

/** A parsed element: its own text, and its children in order. */
export interface XmlElement {
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

interface OpenElement {
  readonly name: string;
  text: string;
  readonly children: XmlElement[];
}

/**
 * The root element, without attributes. Undefined if the tags do not match, if there is not exactly one root
 * element, if a numeric reference names no Unicode character, or if the document contains other markup, such
 * as CDATA. Comments are skipped.
 */
export function parseXml(source: string): XmlElement | undefined {
  const top: OpenElement = { name: '', text: '', children: [] };
  const open: OpenElement[] = [top];
  const pattern = /<\?[^>]*\?>|<!--[\s\S]*?-->|<(\/?)([\w.:-]+)[^<>]*?(\/?)>|([^<]+)/y;
  while (pattern.lastIndex < source.length) {
    const match = pattern.exec(source);
    const current = open.at(-1);
    if (!match || !current) return undefined;
    const [, closing, name, single, text] = match;
    if (text !== undefined) {
      const plain = unescaped(text);
      if (plain === undefined) return undefined;
      current.text += plain;
    } else if (name === undefined) continue;
    else if (closing) {
      if (current.name !== name || open.length === 1) return undefined;
      open.pop();
    } else {
      const element: OpenElement = { name, text: '', children: [] };
      current.children.push(element);
      if (!single) open.push(element);
    }
  }
  const [root, ...more] = top.children;
  return open.length === 1 && more.length === 0 && top.text.trim() === '' ? root : undefined;
}

/** The text of the first child with that name, not trimmed: white space is significant in keys and tags. */
export function ownText(element: XmlElement, name: string): string | undefined {
  return element.children.find((child) => child.name === name)?.text;
}

/** The trimmed text of the first child with that name. */
export function childText(element: XmlElement, name: string): string | undefined {
  return ownText(element, name)?.trim();
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/**
 * The text with its references decoded; undefined if a numeric reference names no Unicode character.
 * References with unknown names stay as they are.
 */
function unescaped(text: string): string | undefined {
  let isValid = true;
  const plain = text.replace(
    /&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return ENTITIES.get(name) ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      isValid &&= code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
      return isValid ? String.fromCodePoint(code) : '';
    },
  );
  return isValid ? plain : undefined;
}
