/**
 * Lists of objects, versions and uploads under way. Where S3 marks the beginning of the next page with two values (key
 * and version id, or key and upload id), callers get both as one token.
 */
import {
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { ObjectStore } from '../../deploy/ports';
import { present } from '../../model/present';
import { type Caller, sends } from '../caller';
import { millis, pageOf } from '../sdk-answers';
import { nameOf, versionOf } from './location';

export function listsOf(
  client: S3Client,
  call: Caller,
): Pick<ObjectStore, 'list' | 'listVersions' | 'listMultiparts'> {
  return {
    async list(Bucket, Prefix, ContinuationToken, signal) {
      const command = new ListObjectsV2Command({ Bucket, Prefix, ContinuationToken });
      const name = nameOf({ bucket: Bucket, key: Prefix });
      const output = await call.request('ListObjectsV2', name, signal, sends(client, command));
      const objects = output.Contents?.map(({ Key = '', Size = 0, LastModified }) => ({
        key: Key,
        size: Size,
        isLatest: true,
        ...present({ modifiedAt: millis(LastModified) }),
      }));
      return pageOf(objects, output.NextContinuationToken);
    },
    async listVersions(Bucket, Prefix, next, signal) {
      const [KeyMarker, VersionIdMarker] = pairOf(next);
      const command = new ListObjectVersionsCommand({
        Bucket,
        Prefix,
        ...present({ KeyMarker, VersionIdMarker }),
      });
      const name = nameOf({ bucket: Bucket, key: Prefix });
      const output = await call.request('ListObjectVersions', name, signal, sends(client, command));
      const versions = output.Versions?.map(
        ({ Key = '', VersionId, Size = 0, IsLatest = false, LastModified }) => ({
          key: Key,
          size: Size,
          isLatest: IsLatest,
          ...present({ versionId: versionOf(VersionId, !IsLatest), modifiedAt: millis(LastModified) }),
        }),
      );
      return pageOf(versions, nextOf(output.IsTruncated, output.NextKeyMarker, output.NextVersionIdMarker));
    },
    async listMultiparts(Bucket, Prefix, next, signal) {
      const [KeyMarker, UploadIdMarker] = pairOf(next);
      const command = new ListMultipartUploadsCommand({
        Bucket,
        Prefix,
        ...present({ KeyMarker, UploadIdMarker }),
      });
      const name = nameOf({ bucket: Bucket, key: Prefix });
      const output = await call.request('ListMultipartUploads', name, signal, sends(client, command));
      const uploads = output.Uploads?.map(({ Key = '', UploadId = '', Initiated }) => ({
        bucket: Bucket,
        key: Key,
        uploadId: UploadId,
        ...present({ startedAt: millis(Initiated) }),
      }));
      return pageOf(uploads, nextOf(output.IsTruncated, output.NextKeyMarker, output.NextUploadIdMarker));
    },
  };
}

function nextOf(
  more: boolean | undefined,
  key: string | undefined,
  id: string | undefined,
): string | undefined {
  return more && key !== undefined ? JSON.stringify([key, id]) : undefined;
}

function pairOf(next: string | undefined): readonly (string | undefined)[] {
  if (next === undefined) return [];
  const pair: unknown = JSON.parse(next);
  return Array.isArray(pair)
    ? pair.map((part: unknown) => (typeof part === 'string' ? part : undefined))
    : [];
}
