/**
 * Presigned URLs of Signature Version 2, which AWS CLI 1 and boto3 still create for S3 in the older regions. Rules:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/RESTAuthentication.html
 */
import { createHmac } from 'node:crypto';
import { bucketOfHost } from './hosts';

export interface V2Authorization {
  readonly kind: 'v2';
  readonly accessKeyId: string;
  readonly signature: string;
  /** Epoch seconds, as sent. */
  readonly expires: string;
}

interface V2Request {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
}

/** Names of query parameters that change the meaning of a request and are therefore signed. */
const SIGNED_NAMES = new Set([
  ...['accelerate', 'acl', 'analytics', 'cors', 'delete', 'inventory', 'lifecycle', 'location', 'logging'],
  ...['metrics', 'notification', 'object-lock', 'partNumber', 'policy', 'replication', 'requestPayment'],
  ...['restore', 'select', 'select-type', 'tagging', 'torrent', 'uploadId', 'uploads', 'versionId'],
  ...['versioning', 'versions', 'website', 'response-cache-control', 'response-content-disposition'],
  ...['response-content-encoding', 'response-content-language', 'response-content-type', 'response-expires'],
]);

/** The Version 2 signature in a query; undefined if the query has none. */
export function bySigV2(query: URLSearchParams): V2Authorization | undefined {
  const accessKeyId = query.get('AWSAccessKeyId');
  if (accessKeyId === null) return undefined;
  return {
    kind: 'v2',
    accessKeyId,
    signature: query.get('Signature') ?? '',
    expires: query.get('Expires') ?? '',
  };
}

/** The signature that the request should have, in base64. */
export function v2Signature(
  { method, path, query, headers }: V2Request,
  expires: string,
  secret: string,
): string {
  const given = (name: string): string => headers[name] ?? query.get(name) ?? '';
  const amz = Object.entries({ ...Object.fromEntries(query), ...headers })
    .filter(([name]) => name.startsWith('x-amz-'))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}:${value.trim()}\n`);
  const bucket = bucketOfHost(headers['host']);
  const asked = [...query]
    .filter(([name]) => SIGNED_NAMES.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`));
  const resource = (bucket === undefined ? '' : `/${bucket}`) + path;
  const text = [
    method,
    given('content-md5'),
    given('content-type'),
    expires,
    amz.join('') + resource + (asked.length > 0 ? `?${asked.join('&')}` : ''),
  ].join('\n');
  return createHmac('sha1', secret).update(text).digest('base64');
}
