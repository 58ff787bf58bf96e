/** DeleteObject, and DeleteObjects for up to a thousand objects at once. */

import { present } from '../present';
import type { SandboxReply } from '../sandbox-service';
import { versionHeader } from './attributes';
import type { Bucket, ObjectVersion } from './bucket';
import type { BucketCall } from './call';
import { checkWrite } from './conditions';
import { readPayload } from './payload';
import { refusalOf, refuse } from './refusal';
import { childText, document, group, leaf, ownText, parseXml, type XmlElement } from './xml';

interface Deletion {
  readonly key: string;
  readonly versionId?: string;
  /** The entity tag that the object must have to be deleted. */
  readonly etag?: string;
}

interface Deleted {
  /** The delete marker that was made. */
  readonly marker?: ObjectVersion;
  /** The version that was removed for good. */
  readonly removed?: ObjectVersion;
}

export function deleteObject({ request, bucket, key }: BucketCall): SandboxReply {
  const versionId = request.query.get('versionId') ?? undefined;
  const etag = request.headers['if-match'];
  const { marker, removed } = deleteOne(bucket, {
    key,
    ...present({ versionId, etag }),
  });
  const isMarker = marker !== undefined || (removed !== undefined && !removed.content);
  return {
    status: 204,
    headers: {
      ...(isMarker && { 'x-amz-delete-marker': 'true' }),
      ...(versionId === undefined
        ? versionHeader(bucket, marker)
        : bucket.hasVersions && { 'x-amz-version-id': versionId }),
    },
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
const MAX_DELETIONS = 1000;

export function deleteObjects({ request, bucket }: BucketCall): SandboxReply {
  const { bytes, checksum } = readPayload(request);
  if (!checksum && request.headers['content-md5'] === undefined) {
    refuse('InvalidRequest', {
      message: 'Missing required header for this request: Content-MD5 OR x-amz-checksum-*',
    });
  }
  const root = parseXml(bytes.toString('utf8'));
  const listed = root?.children.filter(({ name }) => name === 'Object') ?? [];
  if (root?.name !== 'Delete' || listed.length === 0 || listed.length > MAX_DELETIONS) refuse('MalformedXML');
  const quiet = childText(root, 'Quiet') === 'true';
  // All deletions are read before the first is carried out, so that a malformed document deletes nothing.
  const results = listed.map(readDeletion).map((deletion) => resultOf(bucket, deletion, quiet));
  return {
    status: 200,
    headers: { 'content-type': 'application/xml' },
    body: document('DeleteResult', ...results),
  };
}

function readDeletion(element: XmlElement): Deletion {
  const key = ownText(element, 'Key');
  if (key === undefined || key === '') refuse('MalformedXML');
  const versionId = childText(element, 'VersionId');
  const etag = childText(element, 'ETag');
  return { key, ...(versionId && { versionId }), ...(etag && { etag }) };
}

function resultOf(bucket: Bucket, deletion: Deletion, quiet: boolean): string {
  const asked = leaf('Key', deletion.key) + leaf('VersionId', deletion.versionId);
  try {
    const { marker, removed } = deleteOne(bucket, deletion);
    if (quiet) return '';
    const shown = marker ?? (removed && !removed.content ? removed : undefined);
    return group(
      'Deleted',
      asked,
      leaf('DeleteMarker', shown && true),
      leaf('DeleteMarkerVersionId', shown?.versionId),
    );
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (!refusal) throw thrown;
    return group('Error', asked, leaf('Code', refusal.code), leaf('Message', refusal.message));
  }
}

function deleteOne(bucket: Bucket, { key, versionId, etag }: Deletion): Deleted {
  if (etag !== undefined) {
    const found = versionId === undefined ? bucket.latest(key) : bucket.version(key, versionId);
    checkWrite({ 'if-match': etag }, key, found);
  }
  if (versionId === undefined) {
    const marker = bucket.hide(key);
    return marker ? { marker } : {};
  }
  const removed = bucket.remove(key, versionId);
  return removed ? { removed } : {};
}
