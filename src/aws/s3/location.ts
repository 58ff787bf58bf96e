/** Names an object and its version in each of the forms that the log and the requests to S3 need. */

import type { CodeLocation } from '../../model/code';
import { present } from '../../model/present';

/** The object's name for the log and for failures. */
export function nameOf({ bucket, key, versionId }: CodeLocation): string {
  return `s3://${bucket}/${key}${versionId === undefined ? '' : `?versionId=${versionId}`}`;
}

/**
 * The version id by which to name an object; undefined if there is none, or if it does not pin the
 * object's content. S3 gives the version id `null` to objects put while versioning was off or suspended.
 * If such a version is the latest, the next put may overwrite it, so `null` does not pin its content.
 * @param isPinned true for an earlier version, or for one that the caller named: `null` is then an id like
 * any other
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
