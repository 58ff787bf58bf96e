// The floor of a save: its zip and its record are put, the target is read and updated, by bare requests, one after the
// other.
import { createHash } from 'node:crypto';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { keeping } from './keeping.mjs';
import { nextUpdate, timesOf } from './update.mjs';

/** @typedef {import('@aws-sdk/client-s3').PutObjectCommandInput} Put */

/**
 * @param {import('../save-host.mjs').SaveTask} task
 * @param {import('./service.mjs').Service} service
 * @param {{ zip: Buffer, record: Buffer }} [given] What is put in place of what the last save has put.
 */
export async function openRequests(task, service, given) {
  const { url, region, credentials, saved, other } = task;
  const s3 = keeping(new S3Client({ endpoint: url, region, credentials, forcePathStyle: true }));
  const target = await service.open(task);
  let round = 0;

  /** The zip and the record that a save has put last, as new objects. @returns {Promise<readonly Put[]>} */
  async function savedObjects() {
    const { bucket: Bucket, key } = await target.code(saved);
    if (Bucket === undefined || key === undefined) throw new Error('no save has been deployed');
    const Prefix = `saved/deployments/${service.folder(saved)}/`;
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix }));
    const record = Contents.at(-1)?.Key;
    if (record === undefined) throw new Error('no save has left a record');
    return Promise.all(
      [key, record].map(async (Key) => {
        const { Body, ContentType, Metadata } = await s3.send(new GetObjectCommand({ Bucket, Key }));
        const bytes = Buffer.from((await Body?.transformToByteArray()) ?? []);
        return { Bucket, Key: Key.replace('saved/', `floor-${round}/`), Body: bytes, ContentType, Metadata };
      }),
    );
  }

  /** @param {{ zip: Buffer, record: Buffer }} objects @returns {readonly Put[]} */
  function givenObjects({ zip, record }) {
    return [
      { Bucket: task.bucket, Key: `floor-${round}/zip.zip`, Body: zip },
      { Bucket: task.bucket, Key: `floor-${round}/record.json`, Body: record },
    ];
  }

  return {
    /**
     * @param {() => Promise<number>} save Resolves at the event of a save, with its time.
     * @returns {Promise<import('../save-host.mjs').Times>}
     */
    async run(save) {
      round += 1;
      const [zip, record] = given ? givenObjects(given) : await savedObjects();
      if (!(zip?.Body instanceof Buffer) || record === undefined) throw new Error('nothing to put');
      const sha256 = createHash('sha256').update(zip.Body).digest('hex');
      const update = nextUpdate(service, other);
      const began = await save();
      const { VersionId: version = '' } = await s3.send(new PutObjectCommand({ ...zip, IfNoneMatch: '*' }));
      await s3.send(new PutObjectCommand({ ...record, IfNoneMatch: '*' }));
      await target.update(other, { bucket: zip.Bucket ?? '', key: zip.Key ?? '', version, sha256 });
      return timesOf(began, await update);
    },
    close() {
      s3.destroy();
      target.close();
    },
  };
}
