/** PutObject and CopyObject. */

import { present } from '../present';
import type { SandboxReply } from '../sandbox-service';
import { attributesOf, checksumElements, checksumHeaders, versionHeader } from './attributes';
import type { ChecksumAlgorithm, ObjectAttributes } from './bucket';
import type { BucketCall } from './call';
import { fullObject, isAlgorithm } from './checksum';
import { checkWrite } from './conditions';
import { copySourceOf } from './copy-source';
import { readPayload } from './payload';
import { refuse } from './refusal';
import { document, isoTime, leaf } from './xml';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const MAX_KEY_BYTES = 1024;

export function putObject({ request, bucket, key }: BucketCall): SandboxReply {
  checkKey(key);
  const payload = readPayload(request);
  checkWrite(request.headers, key, bucket.latest(key));
  // If the client sends no checksum, S3 computes and keeps a CRC64NVME.
  const checksum = payload.checksum
    ? ({ ...payload.checksum, type: 'FULL_OBJECT' } as const)
    : fullObject('CRC64NVME', payload.bytes);
  const version = bucket.put(key, payload.bytes, { ...attributesOf(request.headers), checksum });
  return {
    status: 200,
    headers: {
      etag: `"${version.content?.etag}"`,
      'x-amz-server-side-encryption': version.content?.headers?.['x-amz-server-side-encryption'] ?? 'AES256',
      ...checksumHeaders(checksum),
      ...versionHeader(bucket, version),
    },
  };
}

export function copyObject(call: BucketCall): SandboxReply {
  const { request, bucket, key } = call;
  checkKey(key);
  const source = copySourceOf(call);
  const replaces = request.headers['x-amz-metadata-directive'] === 'REPLACE';
  if (
    source.bucket === bucket.name &&
    source.version.key === key &&
    !replaces &&
    !namesVersion(request.headers)
  ) {
    refuse('InvalidRequest', {
      message:
        "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    });
  }
  checkWrite(request.headers, key, bucket.latest(key));
  const { bytes, checksum: former, headers, metadata, tags } = source.version.content;
  const asked = attributesOf(request.headers);
  const described: ObjectAttributes = replaces
    ? asked
    : { ...present({ headers }), ...present({ metadata }) };
  // Tags have a directive of their own; the directive for metadata does not apply to them.
  const retags = request.headers['x-amz-tagging-directive'] === 'REPLACE';
  const kept: ObjectAttributes = { ...described, tags: (retags ? asked.tags : tags) ?? {} };
  const checksum = fullObject(wantedAlgorithm(request.headers) ?? former?.algorithm ?? 'CRC64NVME', bytes);
  const version = bucket.put(key, bytes, { ...kept, checksum });
  return {
    status: 200,
    headers: { 'content-type': 'application/xml', ...source.headers, ...versionHeader(bucket, version) },
    body: document(
      'CopyObjectResult',
      leaf('LastModified', isoTime(version.lastModified)),
      leaf('ETag', `"${version.content?.etag}"`),
      checksumElements(checksum),
    ),
  };
}

export function checkKey(key: string): void {
  const size = Buffer.byteLength(key);
  if (size > MAX_KEY_BYTES)
    refuse('KeyTooLongError', { fields: { Size: size, MaxSizeAllowed: MAX_KEY_BYTES } });
}

/** The algorithm in `x-amz-checksum-algorithm`. */
export function wantedAlgorithm(headers: Readonly<Record<string, string>>): ChecksumAlgorithm | undefined {
  const name = headers['x-amz-checksum-algorithm'];
  if (name === undefined || isAlgorithm(name)) return name;
  refuse('InvalidRequest', {
    message:
      'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]',
  });
}

/**
 * True if a copy names a version of its source. A copy of an object onto itself is then allowed, since it
 * restores that version.
 */
function namesVersion(headers: Readonly<Record<string, string>>): boolean {
  return headers['x-amz-copy-source']?.includes('?versionId=') ?? false;
}
