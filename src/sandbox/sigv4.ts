/**
 * Checks the signatures of requests: AWS Signature Version 4, and Version 2 in presigned URLs. Uses none
 * of the SDK's code, so that a mistake of the SDK is noticed.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import {
  ALGORITHM,
  type AuthorizationProblem,
  authorizationOf,
  type CredentialScope,
  type SignedHead,
  type V4Authorization,
} from './authorization';
import { canonicalRequest } from './canonical-request';
import { type V2Authorization, v2Signature } from './sigv2';

export interface KeyPair {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** A signed request in the form in which it arrived. */
export interface SignedRequest extends SignedHead {
  /**
   * Undefined if the body has not been read. The body is then not checked. A signature that depends on the
   * body's hash is not checked either, if the request does not declare this hash.
   */
  readonly body: Buffer | undefined;
}

/**
 * Why a signature is not accepted. `unsupported`: AWS accepts signatures of this form, but the sandbox cannot
 * read them. `payload`: the signature is right, but the body is not the one that was signed. `outside`: a
 * presigned URL is used before or after its time.
 */
export type SignatureProblem =
  | AuthorizationProblem
  | { readonly kind: 'unknown-key' | 'mismatch' | 'payload' }
  | { readonly kind: 'unsigned-header' | 'unsupported'; readonly detail: string }
  | { readonly kind: 'skewed'; readonly sent: Date; readonly now: Date }
  | { readonly kind: 'outside'; readonly from?: Date; readonly until: Date; readonly now: Date };

export type Verdict =
  | {
      readonly ok: true;
      readonly scope: SignatureScope;
      readonly presigned: boolean;
      /**
       * False if the signature depends on the body's hash and the request does not declare this hash: the
       * signature can then be checked only with the body.
       */
      readonly vouched: boolean;
    }
  | { readonly ok: false; readonly problem: SignatureProblem; readonly scope?: SignatureScope };

/** The region is absent for Signature Version 2, whose signatures name no region. */
type SignatureScope = Pick<CredentialScope, 'service'> & Partial<Pick<CredentialScope, 'region'>>;

/** AWS rejects a request whose date differs from AWS's own time by more than this many milliseconds. */
export const MAX_SKEW_MS = 15 * 60_000;

/** A new, random key pair, whose access key id shows that it belongs to the sandbox. */
export function newKeyPair(): KeyPair {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const tail = [...randomBytes(9)].map((byte) => letters[byte % letters.length]).join('');
  return { accessKeyId: `AKIASANDBOX${tail}`, secretAccessKey: randomBytes(30).toString('base64') };
}

/** Checks the Authorization header of a request, or the query of a presigned URL, against one key pair. */
export function verifySignature(request: SignedRequest, keys: KeyPair, now: Date): Verdict {
  const authorization = authorizationOf(request);
  switch (authorization.kind) {
    case 'header':
    case 'query': {
      const { scope } = authorization;
      const payload = declaredPayload(request, authorization);
      const problem = problemOf(request, authorization, payload, keys, now);
      return problem
        ? { ok: false, problem, scope }
        : { ok: true, scope, presigned: authorization.kind === 'query', vouched: payload !== undefined };
    }
    case 'v2': {
      const scope = { service: 's3' };
      const problem = v2Problem(request, authorization, keys, now);
      return problem ? { ok: false, problem, scope } : { ok: true, scope, presigned: true, vouched: true };
    }
    default:
      return { ok: false, problem: authorization };
  }
}

/**
 * The body's hash that the request declares, or a marker such as `UNSIGNED-PAYLOAD`; undefined if the
 * request declares neither. A presigned S3 URL without a declaration counts as unsigned.
 */
function declaredPayload(
  { headers, query }: SignedHead,
  { kind, scope }: V4Authorization,
): string | undefined {
  const header = headers['x-amz-content-sha256'];
  if (header !== undefined || kind === 'header') return header;
  return query.get('X-Amz-Content-Sha256') ?? (scope.service === 's3' ? 'UNSIGNED-PAYLOAD' : undefined);
}

function problemOf(
  request: SignedRequest,
  authorization: V4Authorization,
  declared: string | undefined,
  keys: KeyPair,
  now: Date,
): SignatureProblem | undefined {
  const { headers, query, body } = request;
  const { scope, signedHeaders, signature, stamp } = authorization;
  if (scope.accessKeyId !== keys.accessKeyId) return { kind: 'unknown-key' };
  // The sandbox issues no session tokens, so a token belongs to other credentials.
  if (headers['x-amz-security-token'] !== undefined || query.has('X-Amz-Security-Token'))
    return { kind: 'unknown-key' };

  const late = timeProblem(authorization, now);
  if (late) return late;
  const unsigned = unsignedHeader(headers, signedHeaders, scope.service);
  if (unsigned) return { kind: 'unsigned-header', detail: unsigned };

  if (declared === undefined && scope.service === 's3') {
    return { kind: 'malformed', detail: 'Missing required header for this request: x-amz-content-sha256' };
  }
  const payload = declared ?? (body && sha256(body));
  if (payload === undefined) return undefined;
  const scopeText = `${scope.day}/${scope.region}/${scope.service}/aws4_request`;
  const canonical = canonicalRequest(request, authorization, payload);
  const expected = hmac(signingKey(keys, scope), [ALGORITHM, stamp, scopeText, sha256(canonical)].join('\n'));
  if (!sameText(expected.toString('hex'), signature)) return { kind: 'mismatch' };
  return payloadProblem(payload, body, scope.service);
}

function timeProblem(
  { kind, scope, stamp, expires = 0 }: V4Authorization,
  now: Date,
): SignatureProblem | undefined {
  const malformed = (detail: string): SignatureProblem => ({
    kind: kind === 'query' ? 'malformed-query' : 'malformed',
    detail,
  });
  const sent = parseStamp(stamp);
  const name = kind === 'query' ? 'X-Amz-Date' : 'x-amz-date';
  if (!sent) return malformed(`${name} must be a date of the form YYYYMMDDTHHMMSSZ`);
  if (!stamp.startsWith(scope.day)) {
    return malformed(`Date in Credential scope does not match ${name}: ${stamp}`);
  }
  if (kind === 'header')
    return Math.abs(now.getTime() - sent.getTime()) > MAX_SKEW_MS ? { kind: 'skewed', sent, now } : undefined;
  const until = new Date(sent.getTime() + expires * 1000);
  const early = sent.getTime() - now.getTime() > MAX_SKEW_MS;
  return early || now > until ? { kind: 'outside', from: sent, until, now } : undefined;
}

function v2Problem(
  request: SignedHead,
  { accessKeyId, signature, expires }: V2Authorization,
  keys: KeyPair,
  now: Date,
): SignatureProblem | undefined {
  const { headers, query } = request;
  if (accessKeyId !== keys.accessKeyId) return { kind: 'unknown-key' };
  if (headers['x-amz-security-token'] !== undefined || query.has('x-amz-security-token'))
    return { kind: 'unknown-key' };
  if (!/^\d{1,12}$/.test(expires)) {
    return { kind: 'malformed-query', detail: `Invalid date (should be seconds since epoch): ${expires}` };
  }
  if (!sameText(v2Signature(request, expires, keys.secretAccessKey), signature)) return { kind: 'mismatch' };
  const until = new Date(Number(expires) * 1000);
  return now > until ? { kind: 'outside', until, now } : undefined;
}

function payloadProblem(
  signed: string,
  body: Buffer | undefined,
  service: string,
): SignatureProblem | undefined {
  if (signed === 'UNSIGNED-PAYLOAD') return undefined;
  if (signed === 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' && service === 's3') return undefined;
  if (signed.startsWith('STREAMING-')) return { kind: 'unsupported', detail: signed };
  return body === undefined || signed === sha256(body) ? undefined : { kind: 'payload' };
}

/**
 * The name of the first header that must be signed but is not. Every service requires Host to be signed;
 * S3 also requires every x-amz header.
 */
function unsignedHeader(
  headers: Readonly<Record<string, string>>,
  signed: readonly string[],
  service: string,
): string | undefined {
  if (!signed.includes('host')) return 'host';
  if (service !== 's3') return undefined;
  return Object.keys(headers).find((name) => name.startsWith('x-amz-') && !signed.includes(name));
}

/** Reads a time of the form YYYYMMDDTHHMMSSZ. */
export function parseStamp(stamp: string): Date | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(stamp);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(date.getTime()) ? undefined : date;
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

/** Compares two texts in a time that does not reveal where they first differ. */
export function sameText(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest());
  return left !== undefined && right !== undefined && timingSafeEqual(left, right);
}
