/**
 * Splits an ignore file into lines. git knows only bytes and line feeds, so a file in UTF-16 or with the line
 * ends of old Macs does nothing in git, or leaves out everything. Here such a file is decoded and split if
 * its form is certain; otherwise it is refused, and the refusal names the file.
 */
import { refuse } from '../refusal';
import { bytesOf, textOf } from './bytes';

/** In bytes. A larger ignore file is assumed to be a mistake. */
export const LARGEST_RULES = 4 * 1024 * 1024;

const UTF8_MARK = '\xef\xbb\xbf';

/**
 * The lines as bytes, without line ends and byte order mark; UTF-16 is converted to UTF-8. Refuses with
 * `rules-not-text` or `rules-too-large`.
 * @param raw the file with one character for each byte
 * @param file the path for refusals
 */
export function linesOf(raw: string, file: string): readonly string[] {
  if (raw.length > LARGEST_RULES) throw refuse('rules-too-large', { path: file, limit: LARGEST_RULES });
  const bytes = isUtf16(raw) ? bytesOf(utf16(raw, file)) : raw;
  const text = bytes.startsWith(UTF8_MARK) ? bytes.slice(UTF8_MARK.length) : bytes;
  const lines = text.includes('\n') ? text.split('\n') : linesByReturn(text);
  const kept = lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  for (const [at, line] of kept.entries()) refuseOdd(line, at + 1, file);
  return kept;
}

/**
 * Splits a text without line feeds at its carriage returns, the line ends of old Macs. A text that has carriage
 * returns only at its end is a single line.
 */
function linesByReturn(text: string): readonly string[] {
  return /\r[^\r]/.test(text) ? text.split('\r') : [text];
}

function refuseOdd(line: string, number: number, file: string): void {
  if (line.includes('\0') || (line.includes('\r') && hasReturnInside(line))) {
    throw refuse('rules-not-text', { path: file, line: number });
  }
}

/**
 * Returns true if there is a carriage return before the line's end and outside of brackets. In brackets, a
 * carriage return is part of the pattern: gitignore templates for macOS write it there, to match the file whose
 * name is `Icon` followed by a carriage return.
 */
function hasReturnInside(line: string): boolean {
  const lastClosed = line.lastIndexOf(']');
  let end = line.length;
  while (line[end - 1] === '\r') end -= 1;
  let isOpen = false;
  for (let at = 0; at < end; at += 1) {
    if (line[at] === '[') isOpen = true;
    else if (line[at] === ']') isOpen = false;
    else if (line[at] === '\r' && !(isOpen && at < lastClosed)) return true;
  }
  return false;
}

/**
 * True if there is a byte order mark of UTF-16, or if exactly every other byte is 0, as in ASCII text in
 * UTF-16.
 */
function isUtf16(raw: string): boolean {
  if (raw.startsWith('\xff\xfe') || raw.startsWith('\xfe\xff')) return true;
  return raw.length % 2 === 0 && raw.includes('\0') && (isEveryOther(raw, 1) || isEveryOther(raw, 0));
}

function isEveryOther(raw: string, first: number): boolean {
  for (let at = 0; at < raw.length; at += 1) if ((raw[at] === '\0') !== (at % 2 === first)) return false;
  return true;
}

function utf16(raw: string, file: string): string {
  const bigEndian = raw.startsWith('\xfe\xff') || raw.startsWith('\0');
  const bytes = Buffer.from(raw, 'latin1');
  try {
    // The decoder throws on an odd number of bytes and on half of a surrogate pair: another program has then
    // appended text in another encoding.
    const text = new TextDecoder(bigEndian ? 'utf-16be' : 'utf-16le', { fatal: true }).decode(bytes);
    const odd = text.split('\n').findIndex(isOtherText);
    if (odd !== -1) throw refuse('rules-not-text', { path: file, line: odd + 1 });
    return text;
  } catch (error) {
    if (error instanceof Object && 'failure' in error) throw error;
    throw refuse('rules-not-text', { path: file }, error);
  }
}

/** Matches one ASCII character of a text. The bytes of two such characters, read as UTF-16, are a single character. */
const PAIR = '[\\x09\\x0a\\x0d\\x20-\\x7e]';
const ALL_PAIRS = new RegExp(`^(?:${PAIR}${PAIR})+$`);
const LINE_END = /[\n\r]/;

/**
 * Whether a line, decoded as UTF-16, may in fact be text in another encoding that another program has
 * appended. A line of Chinese names whose UTF-16 bytes are all ASCII characters is refused, too.
 */
function isOtherText(line: string): boolean {
  const units = line.replace(/\r$/, '');
  const pairs = Buffer.from(units, 'utf16le').toString('latin1');
  if (ALL_PAIRS.test(pairs)) return true;
  for (const unit of units) {
    const code = unit.charCodeAt(0);
    const [high, low] = [String.fromCharCode(code >> 8), String.fromCharCode(code & 0xff)];
    if (LINE_END.test(high) && /[ -~\n\r]/.test(low)) return true;
  }
  return false;
}

/** A line in the form in which refusals show it. */
export function shown(line: string): string {
  const text = textOf(line);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
