/**
 * The AWS services that are needed to deploy code and to read logs. Every call throws its failure as data
 * (`model/failure`) and stops when `signal` aborts.
 */

import type { CodeLocation } from '../model/code';
import type { Identity } from '../model/connection';
import type { Facts } from '../model/json';
import type { Page } from '../model/page';

/** A service's answer that it accepted a change. */
export interface Accepted {
  readonly requestId?: string;
  /** Further facts of the answer that are needed to follow the change. */
  readonly facts?: Facts;
}

export interface Bucket {
  readonly name: string;
  readonly region?: string;
}

export interface PublicAccessBlock {
  readonly blockPublicAcls: boolean;
  readonly ignorePublicAcls: boolean;
  readonly blockPublicPolicy: boolean;
  readonly restrictPublicBuckets: boolean;
}

export interface ObjectHead {
  readonly size: number;
  readonly etag: string;
  readonly versionId?: string;
  /** Epoch milliseconds. */
  readonly modifiedAt?: number;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface ObjectVersion {
  readonly key: string;
  readonly versionId?: string;
  readonly size: number;
  readonly isLatest: boolean;
  /** Epoch milliseconds. */
  readonly modifiedAt?: number;
}

/** Bytes to send: in memory, or a range of a local file. */
export type Body = Uint8Array | { readonly file: string; readonly start: number; readonly length: number };

export interface PutRequest {
  readonly bucket: string;
  readonly key: string;
  readonly body: Body;
  readonly contentType: string;
  readonly metadata?: Readonly<Record<string, string>>;
  /**
   * True if the put carries the condition `If-None-Match: *`: S3 then refuses the put (failure reason `precondition`)
   * when the key already has an object.
   */
  readonly onlyIfAbsent: boolean;
  /** Called with the number of bytes that have been handed to the connection so far. */
  readonly onSent?: (bytes: number) => void;
  /**
   * Nothing is sent before this promise resolves; the request is prepared and signed meanwhile. If the
   * promise rejects, the put rejects with the same failure.
   */
  readonly mayLeave?: Promise<void>;
}

export interface StoredObject {
  readonly etag: string;
  readonly versionId?: string;
  /** True if S3 answered with the CRC32 of the sent bytes, which proves that S3 has exactly these bytes. */
  readonly confirmed: boolean;
}

export interface UploadedPart {
  readonly number: number;
  readonly etag: string;
  /** Base64 CRC32 of the part as S3 confirmed it. */
  readonly crc32?: string;
}

export interface MultipartUpload {
  readonly bucket: string;
  readonly key: string;
  readonly uploadId: string;
}

/**
 * Amazon S3 in the connection's region, or a store with the same API. Uploads carry a CRC32 that S3
 * verifies (failure reason `bad-digest`), unless the store does not support checksums.
 */
export interface ObjectStore {
  listBuckets(next: string | undefined, signal: AbortSignal): Promise<Page<Bucket>>;
  bucketRegion(bucket: string, signal: AbortSignal): Promise<string>;
  versioning(bucket: string, signal: AbortSignal): Promise<'enabled' | 'suspended' | 'off'>;
  /** The bucket policy's JSON text; undefined when there is none. */
  policy(bucket: string, signal: AbortSignal): Promise<string | undefined>;
  /** Undefined when none is set on the bucket. */
  publicAccessBlock(bucket: string, signal: AbortSignal): Promise<PublicAccessBlock | undefined>;
  /** Undefined when there is no such object or version. */
  head(at: CodeLocation, signal: AbortSignal): Promise<ObjectHead | undefined>;
  /** Bytes `start` to `start + length - 1`; fewer at the object's end. A negative `start` counts from the end. */
  read(
    at: CodeLocation,
    range: { readonly start: number; readonly length: number; readonly ifMatch?: string },
    signal: AbortSignal,
  ): Promise<{
    readonly bytes: Uint8Array;
    readonly size: number;
    readonly etag: string;
    readonly versionId?: string;
  }>;
  list(
    bucket: string,
    prefix: string,
    next: string | undefined,
    signal: AbortSignal,
  ): Promise<Page<ObjectVersion>>;
  listVersions(
    bucket: string,
    prefix: string,
    next: string | undefined,
    signal: AbortSignal,
  ): Promise<Page<ObjectVersion>>;
  put(request: PutRequest, signal: AbortSignal): Promise<StoredObject>;
  /**
   * `mayHaveTwin`: true if an earlier try of this request was not answered, and so may have started a second
   * upload.
   */
  startMultipart(
    request: Omit<PutRequest, 'body' | 'onSent' | 'onlyIfAbsent'>,
    signal: AbortSignal,
  ): Promise<MultipartUpload & { readonly mayHaveTwin?: true }>;
  putPart(upload: MultipartUpload, number: number, body: Body, signal: AbortSignal): Promise<UploadedPart>;
  /**
   * UploadPartCopy of a range of another object; refused (`precondition`) if that object's ETag is no longer
   * `ifMatch`.
   */
  copyPart(
    upload: MultipartUpload,
    number: number,
    source: {
      readonly at: CodeLocation;
      readonly start: number;
      readonly length: number;
      readonly ifMatch: string;
    },
    signal: AbortSignal,
  ): Promise<UploadedPart>;
  completeMultipart(
    upload: MultipartUpload,
    parts: readonly UploadedPart[],
    options: { readonly onlyIfAbsent: boolean },
    signal: AbortSignal,
  ): Promise<StoredObject>;
  abortMultipart(upload: MultipartUpload, signal: AbortSignal): Promise<void>;
  listMultiparts(
    bucket: string,
    prefix: string,
    next: string | undefined,
    signal: AbortSignal,
  ): Promise<Page<MultipartUpload & { readonly startedAt?: number }>>;
}

/** STS GetCallerIdentity. The answer is cached until the credentials change. */
export interface Identities {
  whoAmI(signal: AbortSignal): Promise<Identity>;
}

export interface LogEvent {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly stream: string;
  readonly message: string;
}

/** CloudWatch Logs. */
export interface Logs {
  /**
   * Reads one page of the events that the group has had since `from` (epoch milliseconds): the page `next`,
   * or the first page if `next` is undefined. @throws `not-found` when there is no such group.
   */
  events(
    group: string,
    from: number,
    next: string | undefined,
    signal: AbortSignal,
    /**
     * `terms`: a filter pattern of quoted terms; only events that contain all of these terms are read.
     * `streams`: only streams whose names begin with this text are read.
     */
    narrowed?: { readonly streams: string; readonly terms: string },
  ): Promise<Page<LogEvent>>;
}

/** The services that a deployment to any kind of target needs. */
export interface DeployPorts {
  readonly objects: ObjectStore;
  readonly identities: Identities;
}
