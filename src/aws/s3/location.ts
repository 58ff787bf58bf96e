/** Names of objects and versions in S3's spelling. */

import type { CodeLocation } from '../../model/code';
import { present } from '../../model/present';

/** The object's name for the log and for failures. */
export function nameOf({ bucket, key, versionId }: CodeLocation): string {
  return `s3://${bucket}/${key}${versionId === undefined ? '' : `?versionId=${versionId}`}`;
}

/**
 * The version id by which to name an object; undefined if an id would not pin its content. S3 gives the
 * version id `null` to objects put while versioning was off or suspended. The latest such version can be
 * overwritten, so its id does not pin any content. An earlier one, or one that the user chose (`isPinned`),
 * is an ordinary version.
 */
export function versionOf(versionId: string | undefined, isPinned = false): string | undefined {
  return versionId === 'null' && !isPinned ? undefined : versionId;
}

/** The members that identify an object, with its version if there is one. */
export function addressOf({ bucket, key, versionId }: CodeLocation) {
  return { Bucket: bucket, Key: key, ...present({ VersionId: versionId }) };
}

/** Value of `x-amz-copy-source`. */
export function copySourceOf({ bucket, key, versionId }: CodeLocation): string {
  const path = [bucket, ...key.split('/')].map(encodeURIComponent).join('/');
  return versionId === undefined ? path : `${path}?versionId=${encodeURIComponent(versionId)}`;
}
