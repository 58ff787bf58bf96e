/** Checks AWS Signature Version 4 on requests, with code of its own so that the SDK is judged and not echoed. */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

export interface KeyPair {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** A request as it came over the wire. Header names are lower case, repeated ones joined by a comma. */
export interface SignedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What the signature was made for. */
export interface CredentialScope {
  readonly accessKeyId: string;
  /** YYYYMMDD. */
  readonly day: string;
  readonly region: string;
  readonly service: string;
}

/**
 * Why a signature is not accepted. `unsupported` is one that AWS would take and the sandbox does not read;
 * `payload` means that the signature fits but the body is not the signed one.
 */
export type SignatureProblem =
  | { readonly kind: 'missing' | 'unknown-key' | 'mismatch' | 'payload' }
  | { readonly kind: 'malformed' | 'unsigned-header' | 'unsupported'; readonly detail: string }
  | { readonly kind: 'skewed'; readonly sent: Date; readonly now: Date };

export type Verdict =
  | { readonly ok: true; readonly scope: CredentialScope }
  | { readonly ok: false; readonly problem: SignatureProblem; readonly scope?: CredentialScope };

const ALGORITHM = 'AWS4-HMAC-SHA256';

/** AWS refuses requests whose date is further than this from its own. */
export const MAX_SKEW_MS = 15 * 60_000;

/** A fresh key pair that nobody else has; the id says what it is for. */
export function newKeyPair(): KeyPair {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const tail = [...randomBytes(9)].map((byte) => letters[byte % letters.length]).join('');
  return { accessKeyId: `AKIASANDBOX${tail}`, secretAccessKey: randomBytes(30).toString('base64') };
}

/**
 * Checks the Authorization header of a request against one key pair.
 * Rules: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function verifySignature(request: SignedRequest, keys: KeyPair, now: Date): Verdict {
  const header = request.headers['authorization'];
  if (header === undefined) return { ok: false, problem: { kind: 'missing' } };
  const parsed = parseAuthorization(header);
  if (typeof parsed === 'string') return { ok: false, problem: { kind: 'malformed', detail: parsed } };
  const problem = problemOf(request, parsed, keys, now);
  return problem ? { ok: false, problem, scope: parsed.scope } : { ok: true, scope: parsed.scope };
}

interface Authorization {
  readonly scope: CredentialScope;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

function problemOf(
  request: SignedRequest,
  authorization: Authorization,
  keys: KeyPair,
  now: Date,
): SignatureProblem | undefined {
  const { headers, body } = request;
  const { scope, signedHeaders, signature } = authorization;
  if (scope.accessKeyId !== keys.accessKeyId) return { kind: 'unknown-key' };
  // The sandbox hands out no session tokens, so one that comes is somebody else's.
  if (headers['x-amz-security-token'] !== undefined) return { kind: 'unknown-key' };

  const stamp = headers['x-amz-date'] ?? '';
  const sent = parseStamp(stamp);
  if (!sent) return { kind: 'malformed', detail: 'x-amz-date must be a date of the form YYYYMMDDTHHMMSSZ' };
  if (!stamp.startsWith(scope.day)) {
    return { kind: 'malformed', detail: `Date in Credential scope does not match x-amz-date: ${stamp}` };
  }
  if (Math.abs(now.getTime() - sent.getTime()) > MAX_SKEW_MS) return { kind: 'skewed', sent, now };

  const unsigned = unsignedHeader(headers, signedHeaders, scope.service);
  if (unsigned) return { kind: 'unsigned-header', detail: unsigned };

  const payload = headers['x-amz-content-sha256'] ?? (scope.service === 's3' ? undefined : sha256(body));
  if (payload === undefined) {
    return { kind: 'malformed', detail: 'Missing required header for this request: x-amz-content-sha256' };
  }
  const scopeText = `${scope.day}/${scope.region}/${scope.service}/aws4_request`;
  const canonical = canonicalRequest(request, authorization, payload);
  const expected = hmac(signingKey(keys, scope), [ALGORITHM, stamp, scopeText, sha256(canonical)].join('\n'));
  if (!sameText(expected.toString('hex'), signature)) return { kind: 'mismatch' };
  return payloadProblem(payload, body, scope.service);
}

function canonicalRequest(
  { method, path, query, headers }: SignedRequest,
  { scope, signedHeaders }: Authorization,
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

function payloadProblem(signed: string, body: Buffer, service: string): SignatureProblem | undefined {
  if (signed === 'UNSIGNED-PAYLOAD') return undefined;
  if (signed === 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' && service === 's3') return undefined;
  if (signed.startsWith('STREAMING-')) return { kind: 'unsupported', detail: signed };
  return signed === sha256(body) ? undefined : { kind: 'payload' };
}

/** Host must be signed everywhere, for S3 every x-amz header as well. */
function unsignedHeader(
  headers: Readonly<Record<string, string>>,
  signed: readonly string[],
  service: string,
): string | undefined {
  if (!signed.includes('host')) return 'host';
  if (service !== 's3') return undefined;
  return Object.keys(headers).find((name) => name.startsWith('x-amz-') && !signed.includes(name));
}

function parseAuthorization(header: string): Authorization | string {
  if (!header.startsWith(`${ALGORITHM} `)) return 'Unsupported Authorization Type';
  const fields = new Map(
    header
      .slice(ALGORITHM.length)
      .split(',')
      .map((field) => field.trim())
      .map((field): [string, string] => {
        const at = field.indexOf('=');
        return [field.slice(0, at), field.slice(at + 1)];
      }),
  );
  const credential = fields.get('Credential');
  const signedHeaders = fields.get('SignedHeaders');
  const signature = fields.get('Signature');
  if (!credential) return "Authorization header requires 'Credential' parameter.";
  if (!signedHeaders) return "Authorization header requires 'SignedHeaders' parameter.";
  if (!signature) return "Authorization header requires 'Signature' parameter.";
  const [accessKeyId, day, region, service, end, ...rest] = credential.split('/');
  if (!accessKeyId || !day || !region || !service || end !== 'aws4_request' || rest.length > 0) {
    return `Credential must have the form <key>/<date>/<region>/<service>/aws4_request: ${credential}`;
  }
  return { scope: { accessKeyId, day, region, service }, signedHeaders: signedHeaders.split(';'), signature };
}

function parseStamp(stamp: string): Date | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(stamp);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** S3 encodes the path once and keeps it as it is; all other services normalize it and encode it a second time. */
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

/** What cannot be decoded stays as it is: S3 has an error of its own for it. */
function recode(part: string): string {
  try {
    return encode(decodeURIComponent(part));
  } catch {
    return part;
  }
}

function signingKey(keys: KeyPair, scope: CredentialScope): Buffer {
  return [scope.day, scope.region, scope.service, 'aws4_request'].reduce<Buffer>(
    (key, part) => hmac(key, part),
    Buffer.from(`AWS4${keys.secretAccessKey}`),
  );
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

/** Compares in a time that tells nothing about where the texts differ. */
export function sameText(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest());
  return left !== undefined && right !== undefined && timingSafeEqual(left, right);
}
