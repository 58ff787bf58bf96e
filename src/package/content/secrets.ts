/** Finds the secrets in a file's content, and the line of each. */
import type { SecretFinding } from '../packer';
import { findLogins } from './login-rules';
import { lookThrough } from './secret-places';
import { findTokens } from './token-places';

/** A finding without the file's path. */
export type Finding = Omit<SecretFinding, 'path'>;

const MOST_PER_FILE = 20;

/**
 * With this mark, in the line of a finding or in a comment line right above it, the user declares that the
 * finding is not a secret.
 */
const ALLOWED = 'slipway:allow-secret';
const COMMENT_LINE = /^\s*(?:\/|#|--|;|%|<!--|\*|rem\b)/i;

/** Findings in the order of the file, at most {@link MOST_PER_FILE}; none for binary files. */
export function findSecrets(content: Buffer): readonly Finding[] {
  const bytes = inSingleBytes(content);
  if (isBinary(bytes)) return [];
  const worthALook = lookThrough(bytes);
  const places = [...findTokens(bytes, worthALook.runs), ...findLogins(bytes, worthALook)].sort(
    (a, b) => a.position - b.position,
  );
  if (places.length === 0) return [];
  const mayBeAllowed = bytes.includes(ALLOWED);
  const findings: Finding[] = [];
  let line = 1;
  let counted = 0;
  for (const { position, pattern } of places) {
    line += lineFeeds(bytes, counted, position);
    counted = position;
    if (mayBeAllowed && isAllowed(bytes, position)) continue;
    findings.push({ line, pattern });
    if (findings.length === MOST_PER_FILE) return findings;
  }
  return findings;
}

function isAllowed(bytes: Buffer, position: number): boolean {
  const start = lineStart(bytes, position);
  const lineEnd = bytes.indexOf(0x0a, position);
  if (bytes.subarray(start, lineEnd === -1 ? bytes.length : lineEnd).includes(ALLOWED)) return true;
  const above = bytes.toString('latin1', lineStart(bytes, start - 1), start);
  return COMMENT_LINE.test(above) && above.includes(ALLOWED);
}

function lineStart(bytes: Buffer, position: number): number {
  return position <= 0 ? 0 : bytes.lastIndexOf(0x0a, position - 1) + 1;
}

/**
 * Drops the high bytes of UTF-16 with a byte order mark, as PowerShell writes it: secrets consist of ASCII.
 * Any other text is returned as it is.
 */
function inSingleBytes(bytes: Buffer): Buffer {
  const [first, second] = bytes;
  const low = first === 0xff && second === 0xfe ? 0 : first === 0xfe && second === 0xff ? 1 : undefined;
  if (low === undefined) return bytes;
  const single = Buffer.alloc(bytes.length >> 1);
  for (let at = 0; at < single.length; at += 1) single[at] = bytes.readUInt8(2 * at + low);
  return single;
}

function isBinary(bytes: Buffer): boolean {
  return bytes.subarray(0, 8000).includes(0);
}

function lineFeeds(bytes: Buffer, from: number, to: number): number {
  let count = 0;
  for (const byte of bytes.subarray(from, to)) if (byte === 0x0a) count++;
  return count;
}
