/** Single objects: their metadata, ranges of their bytes, and uploads. */
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { ObjectStore } from '../../deploy/ports';
import type { CodeLocation } from '../../model/code';
import { failed, isNotImplemented } from '../../model/failure';
import { present } from '../../model/present';
import { type Caller, sends } from '../caller';
import { absentOr } from '../failures';
import { given, millis } from '../sdk-answers';
import { DELETE_MARKER } from '../sdk-error';
import { sendBody } from './body';
import { orWithoutChecksums, type StoreClients } from './checksums';
import { addressOf, nameOf, versionOf } from './location';
import { cut, rangeHeader, sizeOf } from './ranges';

export function objectsOf(clients: StoreClients, call: Caller): Pick<ObjectStore, 'head' | 'read' | 'put'> {
  const { checking } = clients;
  const head: ObjectStore['head'] = async (at, signal) => {
    const command = new HeadObjectCommand(addressOf(at));
    const output = await absentOr(
      ['NotFound', 'NoSuchKey', 'NoSuchVersion', 'MethodNotAllowed', DELETE_MARKER],
      call.request('HeadObject', nameOf(at), signal, sends(checking, command)),
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
      const ask = (condition: { readonly IfMatch?: string }) =>
        call.request('GetObject', nameOf(at), signal, async (options) => {
          const command = new GetObjectCommand({ ...addressOf(at), Range: range, ...condition });
          const answer = await checking.send(command, options);
          // The bytes are read inside the request, so that a connection that breaks in the middle causes another try.
          return { ...answer, bytes: await given(answer.Body, 'GetObject').transformToByteArray() };
        });
      const asked = ask(present({ IfMatch: ifMatch })).catch((thrown: unknown) => {
        // If the store does not support the condition, the request is sent again without it. The entity tag of
        // the answer is compared below.
        if (ifMatch === undefined || !isNotImplemented(thrown)) throw thrown;
        return ask({});
      });
      const output = await absentOr(['InvalidRange', 'HTTP 416'], asked);
      if (output === undefined) {
        // The object has no bytes in the range, and the answer that S3 gives in that case does not describe the
        // object.
        const { size, etag, versionId } = given(await head(at, signal), 'HeadObject');
        return { bytes: new Uint8Array(), size, etag, ...present({ versionId }) };
      }
      if (ifMatch !== undefined && !isSameTag(output.ETag, ifMatch)) throw changedSince(at);
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
    async put({ bucket, key, body, contentType, metadata, onlyIfAbsent, onSent, mayLeave }, signal) {
      const name = nameOf({ bucket, key });
      const input = {
        Bucket: bucket,
        Key: key,
        ContentType: contentType,
        ...present({ Metadata: metadata, IfNoneMatch: onlyIfAbsent ? '*' : undefined }),
      };
      const send = (client: S3Client) =>
        call.request('PutObject', name, signal, (sending) =>
          sendBody(body, onSent, sending, async (sendable, options) => ({
            ...(await client.send(
              leaving(new PutObjectCommand({ ...input, ...sendable }), mayLeave),
              options,
            )),
            sent: sendable.ChecksumCRC32,
          })),
        );
      const { sent, ...output } = await orWithoutChecksums(clients, onlyIfAbsent, send);
      return {
        etag: given(output.ETag, 'PutObject'),
        confirmed: output.ChecksumCRC32 === sent,
        ...present({ versionId: versionOf(output.VersionId) }),
      };
    },
  };
}

/**
 * Makes the command's request wait for `mayLeave` after it is prepared and signed, and before any of it is
 * sent.
 */
function leaving(command: PutObjectCommand, mayLeave: Promise<void> | undefined): PutObjectCommand {
  if (mayLeave === undefined) return command;
  command.middlewareStack.add(
    (next) => async (args) => {
      await mayLeave;
      return next(args);
    },
    // Runs after the request is signed.
    { step: 'finalizeRequest', priority: 'low', name: 'mayLeave' },
  );
  return command;
}

/**
 * Compares entity tags without quotes and without the mark `W/` of a weak tag: gateways may add this mark,
 * and leave out the quotes.
 */
function isSameTag(a: string | undefined, b: string): boolean {
  const bare = (tag: string) => tag.replace(/^W\//, '').replaceAll('"', '');
  return a !== undefined && bare(a) === bare(b);
}

/** The failure for an object whose entity tag has changed: the same that S3 returns where it checks the tag itself. */
function changedSince(at: CodeLocation): Error {
  return failed({
    kind: 'aws',
    service: 's3',
    operation: 'GetObject',
    resource: nameOf(at),
    reason: 'precondition',
    name: 'PreconditionFailed',
    message: 'The object is another one than before.',
    passing: false,
    answered: true,
  });
}
