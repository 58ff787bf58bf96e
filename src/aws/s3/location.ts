/** Names of objects and versions, as S3 writes them. */

import type { CodeLocation } from '../../model/code';
import { present } from '../../model/present';

/** For the log and for failures. */
export function nameOf({ bucket, key, versionId }: CodeLocation): string {
  return `s3://${bucket}/${key}${versionId === undefined ? '' : `?versionId=${versionId}`}`;
}

/**
 * The version by which an object is named. S3 calls `null` what was put while no versions were kept: as long as it is the
 * latest it can be overwritten, and the name pins nothing; where it is an earlier one, or was asked for by that name, it
 * is a version like any other.
 */
export function versionOf(versionId: string | undefined, isPinned = false): string | undefined {
  return versionId === 'null' && !isPinned ? undefined : versionId;
}

/** The members that name an object, and its version where there is one. */
export function addressOf({ bucket, key, versionId }: CodeLocation) {
  return { Bucket: bucket, Key: key, ...present({ VersionId: versionId }) };
}

/** Value of `x-amz-copy-source`. */
export function copySourceOf({ bucket, key, versionId }: CodeLocation): string {
  const path = [bucket, ...key.split('/')].map(encodeURIComponent).join('/');
  return versionId === undefined ? path : `${path}?versionId=${encodeURIComponent(versionId)}`;
}
