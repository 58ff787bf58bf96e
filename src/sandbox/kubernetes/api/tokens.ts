/**
 * Finds the owner of a bearer token, which is either the sandbox's own token or a token of EKS. A token of
 * EKS contains a presigned URL of STS, which is checked by the rules of aws-iam-authenticator
 * (https://github.com/kubernetes-sigs/aws-iam-authenticator, pkg/token). The authenticator would then ask
 * STS; the sandbox need not, since it knows the keys.
 */
import { type KeyPair, parseStamp, sameText, verifySignature } from '../../sigv4';

export interface TokenChecks {
  readonly keys: KeyPair;
  /** The sandbox's own token, which is in its kubeconfig. */
  readonly ownToken: string;
}

/** `own`: the request had the sandbox's own token. `aws`: the token was signed with the sandbox's keys. */
export type TokenHolder = 'own' | 'aws';

const PREFIX = 'k8s-aws-v1.';
const MAX_LENGTH = 4096;
const CLUSTER_HEADER = 'x-k8s-aws-id';
const MINUTE_MS = 60_000;
/**
 * STS accepts a URL for 15 minutes after it was signed, whatever period the URL names; EKS rejects it a
 * minute earlier.
 */
const LIFETIME_MS = 14 * MINUTE_MS;
/** The most milliseconds by which the signer's clock may be ahead. */
const MAX_AHEAD_MS = 5 * MINUTE_MS;

const PARAMETERS = new Set([
  ...['action', 'version', 'x-amz-algorithm', 'x-amz-credential', 'x-amz-date', 'x-amz-expires'],
  ...['x-amz-security-token', 'x-amz-signature', 'x-amz-signedheaders'],
]);

/** STS's hosts: https://docs.aws.amazon.com/general/latest/gr/sts.html */
const STS_HOST =
  /^sts(?:\.(?<region>[a-z]{2}(?:-[a-z]+)+-\d)(?:\.amazonaws\.com|\.amazonaws\.com\.cn)|\.amazonaws\.com)$/;

/** @returns undefined if the token is not valid for this cluster at this time */
export function tokenHolder(
  token: string,
  clusterName: string,
  { keys, ownToken }: TokenChecks,
  now: Date,
): TokenHolder | undefined {
  if (sameText(token, ownToken)) return 'own';
  const url = token.length <= MAX_LENGTH ? presignedUrl(token) : undefined;
  if (!url) return undefined;
  const { query } = url;
  const signedAt = parseStamp(query.get('X-Amz-Date') ?? '');
  if (!signedAt) return undefined;
  const age = now.getTime() - signedAt.getTime();
  if (age > LIFETIME_MS || age < -MAX_AHEAD_MS) return undefined;
  const signedHeaders = (query.get('X-Amz-SignedHeaders') ?? '').split(';');
  if (!signedHeaders.includes(CLUSTER_HEADER)) return undefined;
  const verdict = verifySignature(
    {
      method: 'GET',
      path: '/',
      query,
      headers: { host: url.host, [CLUSTER_HEADER]: clusterName },
      body: Buffer.alloc(0),
    },
    keys,
    // The URL is verified as if it were used when it was signed: STS ignores X-Amz-Expires, which is 60
    // seconds for historical reasons. The checks above limit the URL's age.
    signedAt,
  );
  if (!verdict.ok || verdict.scope.service !== 'sts' || verdict.scope.region !== url.region) return undefined;
  return 'aws';
}

interface PresignedUrl {
  readonly host: string;
  /** The region that STS serves at this host. */
  readonly region: string;
  readonly query: URLSearchParams;
}

function presignedUrl(token: string): PresignedUrl | undefined {
  if (!token.startsWith(PREFIX)) return undefined;
  const text = token.slice(PREFIX.length);
  // Go's decoder for base64url accepts neither padding nor `+` and `/`, the characters of plain base64.
  if (!/^[A-Za-z0-9_-]+$/.test(text)) return undefined;
  const decoded = Buffer.from(text, 'base64url').toString('utf8');
  if (!URL.canParse(decoded)) return undefined;
  const { protocol, host, pathname, searchParams, username, hash } = new URL(decoded);
  const sts = STS_HOST.exec(host);
  if (protocol !== 'https:' || !sts || pathname !== '/' || username !== '' || hash !== '') return undefined;
  const names = [...searchParams.keys()].map((name) => name.toLowerCase());
  if (names.some((name) => !PARAMETERS.has(name)) || new Set(names).size !== names.length) return undefined;
  if (searchParams.get('Action') !== 'GetCallerIdentity') return undefined;
  return { host, region: sts.groups?.['region'] ?? 'us-east-1', query: searchParams };
}
