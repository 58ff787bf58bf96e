/** The sandbox's S3: buckets, objects with versions and tags, multipart uploads, conditions and checksums. */
import { randomBytes } from 'node:crypto';
import type { SandboxClock, SandboxReply, SandboxRequest, SandboxService } from '../sandbox-service';
import * as buckets from './buckets';
import { type BucketCall, openBucket, type S3State } from './call';
import { completeMultipartUpload } from './complete';
import { deleteObject, deleteObjects } from './delete';
import * as list from './list';
import * as multipart from './multipart';
import { getObjectAttributes } from './object-attributes';
import { resourceOf, type S3Operation, s3OperationOf } from './operations';
import { readObject } from './read';
import { errorReply, refusalReply, refuse } from './refusal';
import type { ObjectStore } from './store';
import * as tagging from './tagging';
import { Uploads } from './uploads';
import { copyObject, putObject } from './write';

type WithoutBucket = 'ListBuckets' | 'CreateBucket';

const HANDLERS: Readonly<Record<Exclude<S3Operation, WithoutBucket>, (call: BucketCall) => SandboxReply>> = {
  DeleteBucket: buckets.deleteBucket,
  HeadBucket: buckets.headBucket,
  GetBucketLocation: buckets.getBucketLocation,
  GetBucketVersioning: buckets.getBucketVersioning,
  PutBucketVersioning: buckets.putBucketVersioning,
  GetBucketPolicy: buckets.getBucketPolicy,
  PutBucketPolicy: buckets.putBucketPolicy,
  DeleteBucketPolicy: buckets.deleteBucketPolicy,
  GetPublicAccessBlock: buckets.getPublicAccessBlock,
  PutPublicAccessBlock: buckets.putPublicAccessBlock,
  DeletePublicAccessBlock: buckets.deletePublicAccessBlock,
  ListObjects: list.listObjects,
  ListObjectsV2: list.listObjectsV2,
  ListObjectVersions: list.listObjectVersions,
  ListMultipartUploads: list.listMultipartUploads,
  GetObject: readObject,
  HeadObject: readObject,
  PutObject: putObject,
  CopyObject: copyObject,
  DeleteObject: deleteObject,
  DeleteObjects: deleteObjects,
  GetObjectAttributes: getObjectAttributes,
  GetObjectTagging: tagging.getObjectTagging,
  PutObjectTagging: tagging.putObjectTagging,
  DeleteObjectTagging: tagging.deleteObjectTagging,
  CreateMultipartUpload: multipart.createMultipartUpload,
  UploadPart: multipart.uploadPart,
  UploadPartCopy: multipart.uploadPartCopy,
  ListParts: multipart.listParts,
  CompleteMultipartUpload: completeMultipartUpload,
  AbortMultipartUpload: multipart.abortMultipartUpload,
};

export class S3Service implements SandboxService {
  readonly signingName = 's3';
  private readonly state: S3State;

  constructor(objects: ObjectStore, clock: SandboxClock) {
    this.state = { objects, uploads: new Uploads(clock) };
  }

  operationOf(request: SandboxRequest): S3Operation | undefined {
    return s3OperationOf(request);
  }

  async handle(request: SandboxRequest): Promise<SandboxReply> {
    const reply = this.replyOrRefusal(request);
    const ids = { 'x-amz-request-id': request.requestId, 'x-amz-id-2': randomBytes(48).toString('base64') };
    return { ...reply, headers: { ...ids, ...reply.headers } };
  }

  refuse(
    status: number,
    code: string,
    message: string,
    fields?: Readonly<Record<string, string>>,
  ): SandboxReply {
    return errorReply(status, code, message, fields);
  }

  private replyOrRefusal(request: SandboxRequest): SandboxReply {
    try {
      return this.dispatch(request);
    } catch (thrown) {
      const refusal = refusalReply(thrown, request.requestId);
      if (!refusal) throw thrown;
      return refusal;
    }
  }

  private dispatch(request: SandboxRequest): SandboxReply {
    const resource = resourceOf(request.path);
    if (!resource) refuse('InvalidURI', { fields: { URI: request.path } });
    const operation = s3OperationOf(request);
    switch (operation) {
      case undefined:
        return refuse('NotImplemented');
      case 'ListBuckets':
        return buckets.listBuckets(this.state, request);
      case 'CreateBucket':
        return buckets.createBucket(this.state, request, resource.bucket);
      default: {
        // S3 answers GetBucketLocation in every region, and a signature without a region is valid in every
        // region.
        const isForAny = operation === 'GetBucketLocation' || request.region === '';
        const region = isForAny ? undefined : request.region;
        const bucket = openBucket(this.state, request, resource.bucket, region);
        return HANDLERS[operation]({ ...this.state, request, bucket, key: resource.key });
      }
    }
  }
}
