/**
 * Finds the S3 operation of a request by the method, the resource in the path, the query, and the header
 * `x-amz-copy-source`.
 */
import type { SandboxRequest } from '../sandbox-service';

interface Rule {
  readonly name: S3Operation;
  readonly method: string;
  readonly on: 'service' | 'bucket' | 'object';
  /** Names of query parameters that must be present. */
  readonly needs?: readonly string[];
  /**
   * Names of query parameters that may also be present. The rule does not fit a request with any other
   * parameter, apart from `x-id`.
   */
  readonly takes?: readonly string[];
  /** A header that must be present or, with `!`, must be absent. */
  readonly header?: 'x-amz-copy-source' | '!x-amz-copy-source';
}

export type S3Operation =
  | 'ListBuckets'
  | 'CreateBucket'
  | 'DeleteBucket'
  | 'HeadBucket'
  | 'GetBucketLocation'
  | 'GetBucketVersioning'
  | 'PutBucketVersioning'
  | 'GetBucketPolicy'
  | 'PutBucketPolicy'
  | 'DeleteBucketPolicy'
  | 'GetPublicAccessBlock'
  | 'PutPublicAccessBlock'
  | 'DeletePublicAccessBlock'
  | 'ListObjects'
  | 'ListObjectsV2'
  | 'ListObjectVersions'
  | 'ListMultipartUploads'
  | 'GetObject'
  | 'HeadObject'
  | 'PutObject'
  | 'CopyObject'
  | 'DeleteObject'
  | 'DeleteObjects'
  | 'GetObjectAttributes'
  | 'GetObjectTagging'
  | 'PutObjectTagging'
  | 'DeleteObjectTagging'
  | 'CreateMultipartUpload'
  | 'UploadPart'
  | 'UploadPartCopy'
  | 'ListParts'
  | 'CompleteMultipartUpload'
  | 'AbortMultipartUpload';

const READ = [
  'versionId',
  'partNumber',
  'response-content-type',
  'response-content-disposition',
  'response-content-encoding',
  'response-content-language',
  'response-cache-control',
  'response-expires',
];
const LIST = ['prefix', 'delimiter', 'encoding-type'];
const PART = ['partNumber', 'uploadId'];

const RULES: readonly Rule[] = [
  {
    name: 'ListBuckets',
    method: 'GET',
    on: 'service',
    takes: ['prefix', 'max-buckets', 'continuation-token', 'bucket-region'],
  },
  { name: 'CreateBucket', method: 'PUT', on: 'bucket' },
  { name: 'DeleteBucket', method: 'DELETE', on: 'bucket' },
  { name: 'HeadBucket', method: 'HEAD', on: 'bucket' },
  { name: 'GetBucketLocation', method: 'GET', on: 'bucket', needs: ['location'] },
  { name: 'GetBucketVersioning', method: 'GET', on: 'bucket', needs: ['versioning'] },
  { name: 'PutBucketVersioning', method: 'PUT', on: 'bucket', needs: ['versioning'] },
  { name: 'GetBucketPolicy', method: 'GET', on: 'bucket', needs: ['policy'] },
  { name: 'PutBucketPolicy', method: 'PUT', on: 'bucket', needs: ['policy'] },
  { name: 'DeleteBucketPolicy', method: 'DELETE', on: 'bucket', needs: ['policy'] },
  { name: 'GetPublicAccessBlock', method: 'GET', on: 'bucket', needs: ['publicAccessBlock'] },
  { name: 'PutPublicAccessBlock', method: 'PUT', on: 'bucket', needs: ['publicAccessBlock'] },
  { name: 'DeletePublicAccessBlock', method: 'DELETE', on: 'bucket', needs: ['publicAccessBlock'] },
  { name: 'ListObjects', method: 'GET', on: 'bucket', takes: [...LIST, 'max-keys', 'marker'] },
  {
    name: 'ListObjectsV2',
    method: 'GET',
    on: 'bucket',
    needs: ['list-type'],
    takes: [...LIST, 'max-keys', 'start-after', 'continuation-token', 'fetch-owner'],
  },
  {
    name: 'ListObjectVersions',
    method: 'GET',
    on: 'bucket',
    needs: ['versions'],
    takes: [...LIST, 'max-keys', 'key-marker', 'version-id-marker'],
  },
  {
    name: 'ListMultipartUploads',
    method: 'GET',
    on: 'bucket',
    needs: ['uploads'],
    takes: ['prefix', 'encoding-type', 'max-uploads', 'key-marker', 'upload-id-marker'],
  },
  { name: 'GetObject', method: 'GET', on: 'object', takes: READ },
  { name: 'HeadObject', method: 'HEAD', on: 'object', takes: READ },
  { name: 'PutObject', method: 'PUT', on: 'object', header: '!x-amz-copy-source' },
  { name: 'CopyObject', method: 'PUT', on: 'object', header: 'x-amz-copy-source' },
  { name: 'DeleteObject', method: 'DELETE', on: 'object', takes: ['versionId'] },
  { name: 'DeleteObjects', method: 'POST', on: 'bucket', needs: ['delete'] },
  { name: 'GetObjectAttributes', method: 'GET', on: 'object', needs: ['attributes'], takes: ['versionId'] },
  { name: 'GetObjectTagging', method: 'GET', on: 'object', needs: ['tagging'], takes: ['versionId'] },
  { name: 'PutObjectTagging', method: 'PUT', on: 'object', needs: ['tagging'], takes: ['versionId'] },
  { name: 'DeleteObjectTagging', method: 'DELETE', on: 'object', needs: ['tagging'], takes: ['versionId'] },
  { name: 'CreateMultipartUpload', method: 'POST', on: 'object', needs: ['uploads'] },
  { name: 'UploadPart', method: 'PUT', on: 'object', needs: PART, header: '!x-amz-copy-source' },
  { name: 'UploadPartCopy', method: 'PUT', on: 'object', needs: PART, header: 'x-amz-copy-source' },
  {
    name: 'ListParts',
    method: 'GET',
    on: 'object',
    needs: ['uploadId'],
    takes: ['max-parts', 'part-number-marker'],
  },
  { name: 'CompleteMultipartUpload', method: 'POST', on: 'object', needs: ['uploadId'] },
  { name: 'AbortMultipartUpload', method: 'DELETE', on: 'object', needs: ['uploadId'] },
];

/** The resource in a path-style path. The key is empty for a bucket; key and bucket are empty for the service. */
export interface Resource {
  readonly bucket: string;
  readonly key: string;
}

/** The resource that a path names; undefined if the path's percent-encoding is broken. */
export function resourceOf(path: string): Resource | undefined {
  const slash = path.indexOf('/', 1);
  try {
    return {
      bucket: decodeURIComponent(slash < 0 ? path.slice(1) : path.slice(1, slash)),
      key: slash < 0 ? '' : decodeURIComponent(path.slice(slash + 1)),
    };
  } catch {
    return undefined;
  }
}

/**
 * The operation's name in the API model; undefined if the sandbox lacks the operation, or if the path's
 * percent-encoding is broken.
 */
export function s3OperationOf(request: SandboxRequest): S3Operation | undefined {
  const resource = resourceOf(request.path);
  if (!resource) return undefined;
  const on = resource.key !== '' ? 'object' : resource.bucket !== '' ? 'bucket' : 'service';
  // The SDK adds the operation's name as the parameter `x-id`, which no operation needs.
  const names = [...request.query.keys()].filter((name) => name !== 'x-id');
  return RULES.find(
    (rule) => rule.method === request.method && rule.on === on && fits(rule, names, request.headers),
  )?.name;
}

function fits(
  { needs = [], takes = [], header }: Rule,
  names: readonly string[],
  headers: Readonly<Record<string, string>>,
): boolean {
  if (header && header.startsWith('!') === (headers[header.replace('!', '')] !== undefined)) return false;
  return (
    needs.every((name) => names.includes(name)) &&
    names.every((name) => needs.includes(name) || takes.includes(name))
  );
}
