/** Single objects: what is known of one, parts of its bytes, and putting one. */
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { ObjectStore } from '../../deploy/ports';
import { failed } from '../../model/failure';
import { given, millis, present } from '../answers';
import type { Caller } from '../caller';
import { absentOr } from '../failures';
import { DELETE_MARKER } from '../sdk-error';
import { sendBody } from './body';
import { addressOf, nameOf, versionOf } from './location';
import { cut, rangeHeader, sizeOf } from './ranges';

export function objectsOf(client: S3Client, call: Caller): Pick<ObjectStore, 'head' | 'read' | 'put'> {
  const head: ObjectStore['head'] = async (at, signal) => {
    const command = new HeadObjectCommand(addressOf(at));
    const output = await absentOr(
      ['NotFound', 'NoSuchKey', 'NoSuchVersion', 'MethodNotAllowed', DELETE_MARKER],
      call.request('HeadObject', nameOf(at), signal, (options) => client.send(command, options)),
    );
    return (
      output && {
        size: output.ContentLength ?? 0,
        etag: given(output.ETag, 'HeadObject'),
        metadata: output.Metadata ?? {},
        ...present({
          versionId: versionOf(output.VersionId, at.versionId !== undefined),
          modifiedAt: millis(output.LastModified),
        }),
      }
    );
  };
  return {
    head,
    async read(at, { start, length, ifMatch }, signal) {
      const range = rangeHeader(start, length);
      const command = new GetObjectCommand({
        ...addressOf(at),
        Range: range,
        ...present({ IfMatch: ifMatch }),
      });
      const output = await absentOr(
        ['InvalidRange', 'HTTP 416'],
        call.request('GetObject', nameOf(at), signal, async (options) => {
          const answer = await client.send(command, options);
          // Read here, so that a line that breaks in the middle is tried again.
          return { ...answer, bytes: await given(answer.Body, 'GetObject').transformToByteArray() };
        }),
      );
      if (output === undefined) {
        // Nothing lies in the range; the answer that says so does not say what the object is.
        const { size, etag, versionId } = given(await head(at, signal), 'HeadObject');
        return { bytes: new Uint8Array(), size, etag, ...present({ versionId }) };
      }
      const size = sizeOf(output);
      const bytes = cut(output, start, length, size);
      if (bytes === undefined) {
        throw failed({ kind: 'unexpected', message: `S3 sent other bytes of ${nameOf(at)} than asked for.` });
      }
      return {
        bytes,
        size,
        etag: given(output.ETag, 'GetObject'),
        ...present({ versionId: versionOf(output.VersionId, at.versionId !== undefined) }),
      };
    },
    async put({ bucket, key, body, contentType, metadata, onlyIfAbsent, onSent }, signal) {
      const name = nameOf({ bucket, key });
      const input = {
        Bucket: bucket,
        Key: key,
        ContentType: contentType,
        ...present({ Metadata: metadata, IfNoneMatch: onlyIfAbsent ? '*' : undefined }),
      };
      const { sent, ...output } = await call.request('PutObject', name, signal, (sending) =>
        sendBody(body, onSent, sending, async (sendable, options) => ({
          ...(await client.send(new PutObjectCommand({ ...input, ...sendable }), options)),
          sent: sendable.ChecksumCRC32,
        })),
      );
      return {
        etag: given(output.ETag, 'PutObject'),
        confirmed: output.ChecksumCRC32 === sent,
        ...present({ versionId: versionOf(output.VersionId) }),
      };
    },
  };
}
