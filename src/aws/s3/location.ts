/** Names of objects and versions, as S3 writes them. */
import type { CodeLocation } from '../../model/kdb';

/** For the log and for failures. */
export function nameOf({ bucket, key, versionId }: CodeLocation): string {
  return `s3://${bucket}/${key}${versionId === undefined ? '' : `?versionId=${versionId}`}`;
}

/** Without versioning S3 calls the only version `null`; for the domain there is none then. */
export function versionOf(versionId: string | undefined): string | undefined {
  return versionId === 'null' ? undefined : versionId;
}

/** The members that name an object, and its version where there is one. */
export function addressOf({ bucket, key, versionId }: CodeLocation) {
  return { Bucket: bucket, Key: key, ...(versionId !== undefined && { VersionId: versionId }) };
}

/** Value of `x-amz-copy-source`. */
export function copySourceOf({ bucket, key, versionId }: CodeLocation): string {
  const path = [bucket, ...key.split('/')].map(encodeURIComponent).join('/');
  return versionId === undefined ? path : `${path}?versionId=${encodeURIComponent(versionId)}`;
}
