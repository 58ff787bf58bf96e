/** GetObjectAttributes. */
import type { SandboxReply } from '../sandbox-service';
import { checksumElements, versionHeader } from './attributes';
import type { ObjectContent } from './bucket';
import { type BucketCall, countOf } from './call';
import { checksumElement } from './checksum';
import { checkRead } from './conditions';
import { liveVersion } from './read';
import { refuse } from './refusal';
import { document, group, leaf } from './xml';

const MAX_PARTS = 1000;
const NAMES = ['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize'];

export function getObjectAttributes({ request, bucket, key }: BucketCall): SandboxReply {
  const { headers, query } = request;
  const wanted = (headers['x-amz-object-attributes'] ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (wanted.length === 0 || wanted.some((name) => !NAMES.includes(name))) {
    refuse('InvalidArgument', {
      message:
        wanted.length === 0
          ? 'The x-amz-object-attributes header specifying the attributes to be retrieved is either missing or empty'
          : 'Invalid attribute name specified.',
      fields: { ArgumentName: 'x-amz-object-attributes', ArgumentValue: wanted.join(',') },
    });
  }
  const version = liveVersion(bucket, key, query.get('versionId') ?? undefined);
  checkRead(headers, version);
  const { content } = version;
  const shown = (name: string, element: () => string): string => (wanted.includes(name) ? element() : '');
  return {
    status: 200,
    headers: {
      'content-type': 'application/xml',
      'last-modified': new Date(version.lastModified).toUTCString(),
      ...versionHeader(bucket, version),
    },
    body: document(
      'GetObjectAttributesResponse',
      shown('ETag', () => leaf('ETag', content.etag)),
      shown('Checksum', () =>
        content.checksum ? group('Checksum', checksumElements(content.checksum)) : '',
      ),
      shown('ObjectParts', () => partsOf(content, headers)),
      shown('StorageClass', () => leaf('StorageClass', 'STANDARD')),
      shown('ObjectSize', () => leaf('ObjectSize', content.bytes.length)),
    ),
  };
}

/**
 * The `ObjectParts` element; empty for an object that was not uploaded in parts. Lists the individual parts
 * only if each of them had a checksum.
 */
function partsOf(
  { partSizes, partChecksums, checksum }: ObjectContent,
  headers: Readonly<Record<string, string>>,
): string {
  if (!partSizes) return '';
  const asked = new URLSearchParams({
    'max-parts': headers['x-amz-max-parts'] ?? '',
    'part-number-marker': headers['x-amz-part-number-marker'] ?? '',
  });
  const marker = headers['x-amz-part-number-marker'] ? countOf(asked, 'part-number-marker', 10_000) : 0;
  const size = countOf(asked, 'max-parts', MAX_PARTS);
  const page = partSizes.slice(marker, marker + size);
  return group(
    'ObjectParts',
    leaf('PartsCount', partSizes.length),
    leaf('PartNumberMarker', marker),
    leaf('NextPartNumberMarker', marker + page.length),
    leaf('MaxParts', size),
    leaf('IsTruncated', marker + page.length < partSizes.length),
    ...(checksum && partChecksums
      ? page.map((bytes, at) =>
          group(
            'Part',
            leaf('PartNumber', marker + at + 1),
            leaf('Size', bytes),
            leaf(checksumElement(checksum.algorithm), partChecksums[marker + at]),
          ),
        )
      : []),
  );
}
