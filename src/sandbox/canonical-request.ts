/** The canonical request: the text from which Signature Version 4 is computed. */
import type { SignedHead, V4Authorization } from './authorization';

/** @param payload the hash of the body, or the text that replaces the hash, such as `UNSIGNED-PAYLOAD` */
export function canonicalRequest(
  { method, path, query, headers }: SignedHead,
  { scope, signedHeaders }: V4Authorization,
  payload: string,
): string {
  return [
    method,
    canonicalPath(path, scope.service),
    canonicalQuery(query),
    ...signedHeaders.map((name) => `${name}:${(headers[name] ?? '').trim().replace(/\s+/g, ' ')}`),
    '',
    signedHeaders.join(';'),
    payload,
  ].join('\n');
}

/**
 * S3 encodes the path once, and otherwise leaves it unchanged. All other services normalize the path, and
 * encode it a second time.
 */
function canonicalPath(path: string, service: string): string {
  if (service === 's3') return path.split('/').map(recode).join('/');
  const kept: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') kept.pop();
    else if (part !== '' && part !== '.') kept.push(encode(part));
  }
  return `/${kept.join('/')}${kept.length > 0 && path.endsWith('/') ? '/' : ''}`;
}

function canonicalQuery(query: URLSearchParams): string {
  return [...query]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]): [string, string] => [encode(name), encode(value)])
    .sort(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/**
 * Decodes a part of a path and encodes it again. A part that cannot be decoded stays unchanged: S3 reports
 * such a part with its own error.
 */
function recode(part: string): string {
  try {
    return encode(decodeURIComponent(part));
  } catch {
    return part;
  }
}
