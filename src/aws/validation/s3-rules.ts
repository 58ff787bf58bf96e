/**
 * The required form of Amazon S3's answers, for the members that Slipway uses. If a list is empty, S3 omits
 * its member, so only the root of the document shows that the answer is a list.
 */

import {
  count,
  flag,
  list,
  maybe,
  members,
  record,
  type Shape,
  text,
  time,
  where,
  word,
} from '../../model/shape';
import type { AnswerRule } from './rule';

const xml = (
  root: string,
  shapes: Readonly<Record<string, Shape>>,
  flags: readonly string[] = [],
): AnswerRule => ({
  body: { kind: 'xml', root, flags },
  output: members(shapes),
});

/**
 * A list that reports a further page must say where that page begins; otherwise the first page would count as
 * the whole list.
 */
const page = (root: string, next: string, shapes: Readonly<Record<string, Shape>>): AnswerRule => ({
  body: { kind: 'xml', root, flags: ['IsTruncated', 'IsLatest'] },
  output: where(
    members({ ...shapes, IsTruncated: maybe(flag), [next]: maybe(text) }),
    (output) => Reflect.get(output, 'IsTruncated') !== true || Boolean(Reflect.get(output, next)),
    `the list goes on, and ${next} is missing`,
  ),
});

const object = { Key: word, Size: count, LastModified: maybe(time) };
const BLOCKS = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'];
const headers = { kind: 'headers' } as const;

export const S3_ANSWERS: Readonly<Record<string, AnswerRule>> = {
  ListBuckets: xml('ListAllMyBucketsResult', {
    Buckets: maybe(list(members({ Name: word, BucketRegion: maybe(text) }))),
    ContinuationToken: maybe(text),
  }),
  HeadBucket: { body: headers, output: members({ BucketRegion: maybe(text) }) },
  GetBucketLocation: xml('LocationConstraint', { LocationConstraint: maybe(text) }),
  GetBucketVersioning: xml('VersioningConfiguration', { Status: maybe(text) }),
  GetBucketPolicy: { body: { kind: 'document' }, output: members({ Policy: word }) },
  GetPublicAccessBlock: xml(
    'PublicAccessBlockConfiguration',
    {
      PublicAccessBlockConfiguration: members(Object.fromEntries(BLOCKS.map((name) => [name, maybe(flag)]))),
    },
    BLOCKS,
  ),
  ListObjectsV2: page('ListBucketResult', 'NextContinuationToken', {
    Contents: maybe(list(members(object))),
  }),
  ListObjectVersions: page('ListVersionsResult', 'NextKeyMarker', {
    Versions: maybe(list(members({ ...object, VersionId: maybe(text), IsLatest: flag }))),
    NextVersionIdMarker: maybe(text),
  }),
  ListMultipartUploads: page('ListMultipartUploadsResult', 'NextKeyMarker', {
    Uploads: maybe(list(members({ Key: word, UploadId: word, Initiated: maybe(time) }))),
    NextUploadIdMarker: maybe(text),
  }),
  HeadObject: {
    body: headers,
    output: members({
      ContentLength: count,
      ETag: word,
      VersionId: maybe(text),
      LastModified: maybe(time),
      Metadata: maybe(record(text)),
    }),
  },
  GetObject: { body: { kind: 'range' }, output: members({ ETag: word, VersionId: maybe(text) }) },
  PutObject: {
    body: headers,
    output: members({ ETag: word, VersionId: maybe(text), ChecksumCRC32: maybe(text) }),
  },
  CreateMultipartUpload: xml('InitiateMultipartUploadResult', { UploadId: word }),
  UploadPart: { body: headers, output: members({ ETag: word, ChecksumCRC32: maybe(text) }) },
  UploadPartCopy: xml('CopyPartResult', {
    CopyPartResult: members({ ETag: word, ChecksumCRC32: maybe(text) }),
  }),
  CompleteMultipartUpload: xml('CompleteMultipartUploadResult', { ETag: word, VersionId: maybe(text) }),
  AbortMultipartUpload: { body: { kind: 'no-content' }, output: members({}) },
};
