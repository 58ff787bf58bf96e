/** GetObject and HeadObject. */
import type { SandboxReply } from '../sandbox-service';
import { checksumHeaders, describeContent, versionHeader } from './attributes';
import type { Bucket, ObjectContent } from './bucket';
import type { BucketCall } from './call';
import { checkRead, type LiveVersion } from './conditions';
import { type ByteRange, readRange } from './ranges';
import { refuse } from './refusal';

export function readObject({ request, bucket, key }: BucketCall): SandboxReply {
  const { query, headers, method } = request;
  const version = liveVersion(bucket, key, query.get('versionId') ?? undefined);
  checkRead(headers, version);
  const { content } = version;
  const size = content.bytes.length;
  const part = query.get('partNumber');
  const range = part === null ? readRange(headers['range'], size) : partRange(content, Number(part));
  const wanted = range ?? { first: 0, last: size - 1 };
  const whole = wanted.first === 0 && wanted.last === size - 1;
  // The requested part may be empty, e.g. part 1 of an empty object. No Content-Range can name an empty
  // range, so the reply is then a 200 without that header.
  const isPartial = range !== undefined && range.last >= range.first;
  return {
    status: isPartial ? 206 : 200,
    headers: {
      ...describeContent(bucket, version, content),
      ...overrides(query),
      ...(headers['x-amz-checksum-mode'] === 'ENABLED' && whole && checksumHeaders(content.checksum)),
      ...(isPartial && { 'content-range': `bytes ${range.first}-${range.last}/${size}` }),
      ...(part !== null && content.partSizes && { 'x-amz-mp-parts-count': String(content.partSizes.length) }),
      'content-length': String(wanted.last - wanted.first + 1),
    },
    ...(method === 'GET' && { body: content.bytes.subarray(wanted.first, wanted.last + 1) }),
  };
}

/** The version to read. Refuses a missing version and a delete marker as S3 does. */
export function liveVersion(bucket: Bucket, key: string, versionId: string | undefined): LiveVersion {
  const version = versionId === undefined ? bucket.latest(key) : bucket.version(key, versionId);
  if (!version) {
    if (versionId === undefined) refuse('NoSuchKey', { fields: { Key: key } });
    refuse('NoSuchVersion', { fields: { Key: key, VersionId: versionId } });
  }
  if (version.content) return { ...version, content: version.content };
  const headers = { 'x-amz-delete-marker': 'true', ...versionHeader(bucket, version) };
  if (versionId === undefined) refuse('NoSuchKey', { fields: { Key: key }, headers });
  refuse('MethodNotAllowed', {
    fields: { Method: 'GET', ResourceType: 'DeleteMarker' },
    headers: { ...headers, allow: 'DELETE', 'last-modified': new Date(version.lastModified).toUTCString() },
  });
}

/**
 * The range of a part; an empty range if the part is empty. An object that was not uploaded in parts has
 * one part.
 */
function partRange({ bytes, partSizes = [bytes.length] }: ObjectContent, part: number): ByteRange {
  const size = partSizes[part - 1];
  if (size === undefined) {
    refuse('InvalidPartNumber', { fields: { PartNumberRequested: part, ActualPartCount: partSizes.length } });
  }
  const first = partSizes.slice(0, part - 1).reduce((sum, one) => sum + one, 0);
  return { first, last: first + size - 1 };
}

/**
 * The headers that replace the stored ones, from query parameters such as `response-content-type=…`.
 */
function overrides(query: URLSearchParams): Readonly<Record<string, string>> {
  const prefix = 'response-';
  return Object.fromEntries(
    [...query]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), value]),
  );
}
