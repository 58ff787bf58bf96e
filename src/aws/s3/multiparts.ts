/** Multipart uploads: an object is put in parts, some of which may be copied from another object. */
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import type { MultipartUpload, ObjectStore, UploadedPart } from '../../deploy/ports';
import { present } from '../../model/present';
import { type Caller, sends } from '../caller';
import { absentOr, sdkFailure } from '../failures';
import { given } from '../sdk-answers';
import { sendBody } from './body';
import { orWithoutChecksums, type StoreClients } from './checksums';
import { copySourceOf, nameOf, versionOf } from './location';

export function multipartsOf(
  clients: StoreClients,
  call: Caller,
): Pick<ObjectStore, 'startMultipart' | 'putPart' | 'copyPart' | 'completeMultipart' | 'abortMultipart'> {
  const { checking } = clients;
  return {
    async startMultipart({ bucket, key, contentType, metadata }, signal) {
      const input = {
        Bucket: bucket,
        Key: key,
        ContentType: contentType,
        ...present({ Metadata: metadata }),
      };
      const operation = 'CreateMultipartUpload';
      let lost = 0;
      const output = await orWithoutChecksums(clients, false, (client) =>
        call.request(operation, nameOf({ bucket, key }), signal, async (options) => {
          const command = new CreateMultipartUploadCommand({ ...input, ChecksumAlgorithm: 'CRC32' });
          try {
            return await client.send(command, options);
          } catch (thrown) {
            const failure = sdkFailure(thrown, { service: 's3', operation });
            if (failure.kind === 'aws' && !failure.answered) lost += 1;
            throw thrown;
          }
        }),
      );
      const uploadId = given(output.UploadId, operation);
      return { bucket, key, uploadId, ...(lost > 0 && { mayHaveTwin: true as const }) };
    },
    async putPart(upload, number, body, signal) {
      const input = { ...uploadOf(upload), PartNumber: number };
      const output = await orWithoutChecksums(clients, false, (client) =>
        call.request('UploadPart', nameOf(upload), signal, (sending) =>
          sendBody(body, undefined, sending, (sendable, options) =>
            client.send(new UploadPartCommand({ ...input, ...sendable }), options),
          ),
        ),
      );
      return partOf(number, output.ETag, output.ChecksumCRC32, 'UploadPart');
    },
    async copyPart(upload, number, { at, start, length, ifMatch }, signal) {
      const command = new UploadPartCopyCommand({
        ...uploadOf(upload),
        PartNumber: number,
        CopySource: copySourceOf(at),
        CopySourceRange: `bytes=${start}-${start + length - 1}`,
        CopySourceIfMatch: ifMatch,
      });
      const name = `${nameOf(upload)} from ${nameOf(at)}`;
      const output = await call.request('UploadPartCopy', name, signal, sends(checking, command));
      const result = given(output.CopyPartResult, 'UploadPartCopy');
      return partOf(number, result.ETag, result.ChecksumCRC32, 'UploadPartCopy');
    },
    async completeMultipart(upload, parts, { onlyIfAbsent }, signal) {
      const command = new CompleteMultipartUploadCommand({
        ...uploadOf(upload),
        MultipartUpload: {
          Parts: parts.map(({ number, etag, crc32 }) => ({
            PartNumber: number,
            ETag: etag,
            ...present({ ChecksumCRC32: crc32 }),
          })),
        },
        ...present({ IfNoneMatch: onlyIfAbsent ? '*' : undefined }),
      });
      const output = await call.request(
        'CompleteMultipartUpload',
        nameOf(upload),
        signal,
        sends(checking, command),
      );
      return {
        etag: given(output.ETag, 'CompleteMultipartUpload'),
        // S3 answers with a checksum of the parts' checksums, not with the CRC32 of all bytes. A store that
        // supports checksums has checked each uploaded part as it arrived.
        confirmed: false,
        ...present({ versionId: versionOf(output.VersionId) }),
      };
    },
    async abortMultipart(upload, signal) {
      const command = new AbortMultipartUploadCommand(uploadOf(upload));
      // An upload that no longer exists needs no abort.
      await absentOr(
        ['NoSuchUpload'],
        call.request('AbortMultipartUpload', nameOf(upload), signal, sends(checking, command)),
      );
    },
  };
}

function uploadOf({ bucket, key, uploadId }: MultipartUpload) {
  return { Bucket: bucket, Key: key, UploadId: uploadId };
}

function partOf(
  number: number,
  etag: string | undefined,
  crc32: string | undefined,
  operation: string,
): UploadedPart {
  return { number, etag: given(etag, operation), ...present({ crc32 }) };
}
