/** The attributes of an object: read from the headers of a write, and returned in the headers of a read. */
import type { Bucket, ObjectAttributes, ObjectContent, ObjectVersion, StoredChecksum } from './bucket';
import { checksumElement, checksumHeader } from './checksum';
import { refuse } from './refusal';
import { tagsOfHeader } from './tags';
import { leaf } from './xml';

type Headers = Readonly<Record<string, string>>;

const META = 'x-amz-meta-';
const KEPT = [
  'content-type',
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'expires',
  'x-amz-server-side-encryption',
  'x-amz-server-side-encryption-aws-kms-key-id',
  'x-amz-server-side-encryption-bucket-key-enabled',
];

/**
 * The limit in bytes for all user metadata of an object together:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html
 */
const MAX_METADATA = 2048;

export function attributesOf(headers: Headers): ObjectAttributes {
  const kept = KEPT.flatMap((name) => {
    const value = name === 'content-encoding' ? withoutChunking(headers[name]) : headers[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const metadata = Object.entries(headers)
    .filter(([name]) => name.startsWith(META))
    .map(([name, value]) => [name.slice(META.length), value] as const);
  const size = metadata.reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value),
    0,
  );
  if (size > MAX_METADATA)
    refuse('MetadataTooLarge', { fields: { Size: size, MaxSizeAllowed: MAX_METADATA } });
  return {
    headers: Object.fromEntries(kept),
    metadata: Object.fromEntries(metadata),
    tags: tagsOfHeader(headers['x-amz-tagging']),
  };
}

/**
 * The headers that describe this version in replies of GetObject and HeadObject, except the headers for the
 * version's checksum.
 */
export function describeContent(bucket: Bucket, version: ObjectVersion, content: ObjectContent): Headers {
  const tags = Object.keys(content.tags ?? {}).length;
  return {
    'content-type': 'binary/octet-stream',
    'x-amz-server-side-encryption': 'AES256',
    ...content.headers,
    ...Object.fromEntries(
      Object.entries(content.metadata ?? {}).map(([name, value]) => [META + name, value]),
    ),
    etag: `"${content.etag}"`,
    'last-modified': new Date(version.lastModified).toUTCString(),
    'accept-ranges': 'bytes',
    ...(tags > 0 && { 'x-amz-tagging-count': String(tags) }),
    ...versionHeader(bucket, version),
  };
}

/** The version id as a header; empty if the bucket keeps no versions, or if `version` is undefined. */
export function versionHeader(bucket: Bucket, version: ObjectVersion | undefined): Headers {
  return bucket.hasVersions && version ? { 'x-amz-version-id': version.versionId } : {};
}

export function checksumHeaders(checksum: StoredChecksum | undefined): Headers {
  if (!checksum) return {};
  return { [checksumHeader(checksum.algorithm)]: checksum.value, 'x-amz-checksum-type': checksum.type };
}

export function checksumElements(checksum: StoredChecksum | undefined): string {
  if (!checksum) return '';
  return leaf(checksumElement(checksum.algorithm), checksum.value) + leaf('ChecksumType', checksum.type);
}

/** The content encoding without `aws-chunked`, which describes only how the body was sent. */
function withoutChunking(encoding: string | undefined): string | undefined {
  const kept = encoding
    ?.split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '' && one !== 'aws-chunked');
  return kept && kept.length > 0 ? kept.join(',') : undefined;
}
