// What nobody can do without: the same bytes put, the target read and updated, by bare requests, one after the other.
import { createHash } from 'node:crypto';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { nextUpdate } from './update.mjs';

/**
 * Has a client's connections kept from one request to the next, as Slipway's are: VS Code would have each closed after its
 * answer.
 * @template {{ middlewareStack: { add(middleware: any, options: any): void } }} T
 * @param {T} client
 */
export function keeping(client) {
  const middleware = (/** @type {any} */ next) => (/** @type {any} */ args) => {
    args.request.headers.connection = 'keep-alive';
    return next(args);
  };
  client.middlewareStack.add(middleware, { step: 'finalizeRequest', priority: 'low' });
  return client;
}

/** @param {import('../save-host.mjs').SaveTask} task @param {import('./service.mjs').Service} service */
export async function openFloor(task, service) {
  const { url, region, credentials, saved, other } = task;
  const s3 = keeping(new S3Client({ endpoint: url, region, credentials, forcePathStyle: true }));
  const target = await service.open(task);
  let round = 0;

  /** The zip and the record that a save has put last, as new objects. */
  async function objects() {
    const { bucket: Bucket, key } = await target.code(saved);
    if (Bucket === undefined || key === undefined) throw new Error('no save has been deployed');
    const Prefix = `saved/deployments/${service.folder(saved)}/`;
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix }));
    const record = Contents.at(-1)?.Key;
    if (record === undefined) throw new Error('no save has left a record');
    round += 1;
    return Promise.all(
      [key, record].map(async (Key) => {
        const { Body, ContentType, Metadata } = await s3.send(new GetObjectCommand({ Bucket, Key }));
        return {
          Bucket,
          Key: Key.replace('saved/', `floor-${round}/`),
          Body: Buffer.from((await Body?.transformToByteArray()) ?? []),
          ContentType,
          Metadata,
          IfNoneMatch: '*',
        };
      }),
    );
  }

  return {
    /**
     * @param {() => Promise<number>} save Resolves at the event of a save, with its time.
     * @returns {Promise<import('../save-host.mjs').Times>}
     */
    async run(save) {
      const [zip, record] = await objects();
      if (zip === undefined || record === undefined) throw new Error('nothing to put');
      const sha256 = createHash('sha256').update(zip.Body).digest('hex');
      const update = nextUpdate(service, other);
      const began = await save();
      const { VersionId: version = '' } = await s3.send(new PutObjectCommand(zip));
      await s3.send(new PutObjectCommand(record));
      await target.update(other, { bucket: zip.Bucket, key: zip.Key, version, sha256 });
      const { sentAt, acceptedAt } = await update;
      return { sent: sentAt - began, accepted: acceptedAt - began };
    },
    close() {
      s3.destroy();
      target.close();
    },
  };
}
