/**
 * Reads the signature of a request: Version 4 from the Authorization header or from the query of a presigned
 * URL, Version 2 from such a query only.
 */
import { bySigV2, type V2Authorization } from './sigv2';

/** A request without its body. Header names: lower case. Values of a repeated header: joined by a comma. */
export interface SignedHead {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The access key with which a request is signed, and the day, region and service for which the signature is
 * valid.
 */
export interface CredentialScope {
  readonly accessKeyId: string;
  /** YYYYMMDD. */
  readonly day: string;
  readonly region: string;
  readonly service: string;
}

export interface V4Authorization {
  readonly kind: 'header' | 'query';
  readonly scope: CredentialScope;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** The signing time as it was sent. */
  readonly stamp: string;
  /** How long a presigned URL is valid, in seconds. */
  readonly expires?: number;
}

/**
 * Why a signature cannot be read. `two-ways`: the request carries more than one signature. `other-way`: the
 * Authorization header does not contain a Signature Version 4. `malformed` and `malformed-query`: the
 * signature breaks a rule, and `detail` is AWS's message about it.
 */
export type AuthorizationProblem =
  | { readonly kind: 'missing' | 'two-ways' | 'other-way' }
  | { readonly kind: 'malformed' | 'malformed-query'; readonly detail: string };

export type Authorization = V4Authorization | V2Authorization | AuthorizationProblem;

export const ALGORITHM = 'AWS4-HMAC-SHA256';

/** Seven days: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html */
const MAX_EXPIRES = 604_800;

/**
 * Reads the signature of a request. Rules:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function authorizationOf({ headers, query }: SignedHead): Authorization {
  const header = headers['authorization'];
  const v2 = bySigV2(query);
  const ways = [header, query.get('X-Amz-Algorithm') ?? undefined, v2].filter((way) => way !== undefined);
  if (ways.length === 0) return { kind: 'missing' };
  if (ways.length > 1) return { kind: 'two-ways' };
  if (v2) return v2;
  return header === undefined ? fromQuery(query) : fromHeader(header, headers['x-amz-date'] ?? '');
}

function fromHeader(header: string, stamp: string): Authorization {
  const malformed = (detail: string): AuthorizationProblem => ({ kind: 'malformed', detail });
  if (!header.startsWith(`${ALGORITHM} `)) return { kind: 'other-way' };
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
  if (!credential) return malformed("Authorization header requires 'Credential' parameter.");
  if (!signedHeaders) return malformed("Authorization header requires 'SignedHeaders' parameter.");
  if (!signature) return malformed("Authorization header requires 'Signature' parameter.");
  const scope = scopeOf(credential);
  if (!scope) return malformed(wrongCredential(credential));
  return { kind: 'header', scope, signedHeaders: signedHeaders.split(';'), signature, stamp };
}

function fromQuery(query: URLSearchParams): Authorization {
  const malformed = (detail: string): AuthorizationProblem => ({ kind: 'malformed-query', detail });
  const given = (name: string): string => query.get(`X-Amz-${name}`) ?? '';
  if (given('Algorithm') !== ALGORITHM) return malformed(`X-Amz-Algorithm only supports "${ALGORITHM}"`);
  const missing = ['Credential', 'SignedHeaders', 'Signature', 'Date', 'Expires'].some(
    (name) => !given(name),
  );
  if (missing) {
    return malformed(
      'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
    );
  }
  const scope = scopeOf(given('Credential'));
  if (!scope) return malformed(wrongCredential(given('Credential')));
  if (!/^\d{1,9}$/.test(given('Expires'))) return malformed('X-Amz-Expires should be a number');
  const expires = Number(given('Expires'));
  if (expires > MAX_EXPIRES) {
    return malformed(
      'X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds',
    );
  }
  return {
    kind: 'query',
    scope,
    signedHeaders: given('SignedHeaders').split(';'),
    signature: given('Signature'),
    stamp: given('Date'),
    expires,
  };
}

function scopeOf(credential: string): CredentialScope | undefined {
  const [accessKeyId, day, region, service, end, ...rest] = credential.split('/');
  if (!accessKeyId || !day || !region || !service || end !== 'aws4_request' || rest.length > 0)
    return undefined;
  return { accessKeyId, day, region, service };
}

function wrongCredential(credential: string): string {
  return `Credential must have the form <key>/<date>/<region>/<service>/aws4_request: ${credential}`;
}
