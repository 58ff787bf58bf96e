/** Decodes an entry's name, whichever tool wrote it. */
import { crc32 } from 'node:zlib';

/** The zip format's codes of systems whose entries have a Unix mode. */
const UNIX = 3;
const MACOS = 19;

/**
 * The characters for the bytes from 0x80 on in IBM's code page 437, the zip format's original
 * encoding.
 */
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

/** Whether an entry made on this system has a Unix mode. */
export function hasUnixMode(system: number): boolean {
  return system === UNIX || system === MACOS;
}

export interface RawName {
  readonly bytes: Uint8Array;
  /** True if bit 11 of the flags is set. */
  readonly saysUtf8: boolean;
  /** The high byte of "version made by". */
  readonly system: number;
  /** Content of the Unicode path extra field (0x7075), if there is one. */
  readonly unicodePath: Uint8Array | undefined;
}

/**
 * Follows APPNOTE.TXT 4.4.17, 4.6.9 and appendix D. In addition, a name from Unix or macOS that is valid
 * UTF-8 counts as UTF-8, since tools on these systems write it; `\` from other systems counts as `/`; `/` and
 * `./` at the beginning are removed.
 */
export function nameOf(raw: RawName): string {
  const name = decoded(raw);
  const path = hasUnixMode(raw.system) ? name : name.replaceAll('\\', '/');
  return path.replace(/^(?:\.?\/)+/, '');
}

function decoded({ bytes, saysUtf8, system, unicodePath }: RawName): string {
  if (saysUtf8) return utf8(bytes);
  const other = unicodePath && unicodeName(bytes, unicodePath);
  if (other !== undefined) return other;
  return (hasUnixMode(system) ? strictUtf8(bytes) : undefined) ?? fromCp437(bytes);
}

/**
 * The name in the field. The field counts only if it was made for `bytes`, since another tool may have
 * renamed the entry; otherwise, or if the field is malformed, undefined.
 */
function unicodeName(bytes: Uint8Array, field: Uint8Array): string | undefined {
  if (field.length < 5 || field[0] !== 1) return undefined;
  const view = new DataView(field.buffer, field.byteOffset, field.byteLength);
  return view.getUint32(1, true) === crc32(bytes) ? strictUtf8(field.subarray(5)) : undefined;
}

/** Keeps a byte order mark at the beginning: in a name it is an ordinary character. */
function utf8(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

function strictUtf8(bytes: Uint8Array): string | undefined {
  const text = utf8(bytes);
  return text.includes('\uFFFD') ? undefined : text;
}

function fromCp437(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) =>
    byte < 0x80 ? String.fromCharCode(byte) : (CP437[byte - 0x80] ?? ''),
  ).join('');
}
