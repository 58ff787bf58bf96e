// What nobody can do without: the same bytes put, the cluster read and updated, by the bare SDK, one after the other.
import {
  FinspaceClient,
  GetKxClusterCommand,
  UpdateKxClusterCodeConfigurationCommand,
} from '@aws-sdk/client-finspace';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { nextUpdate } from './update.mjs';

/** @param {import('../save-host.mjs').SaveTask} task */
export function openFloor({ url, region, credentials, saved, other }) {
  const settings = { endpoint: url, region, credentials };
  const s3 = new S3Client({ ...settings, forcePathStyle: true });
  const finspace = new FinspaceClient(settings);
  let round = 0;

  /** The zip and the record that a save has put last, as new objects. */
  async function objects() {
    const { code } = await finspace.send(new GetKxClusterCommand(saved));
    if (code?.s3Bucket === undefined || code.s3Key === undefined)
      throw new Error('no save has been deployed');
    const Bucket = code.s3Bucket;
    const Prefix = `saved/deployments/${saved.environmentId}/${saved.clusterName}/`;
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix }));
    const record = Contents.at(-1)?.Key;
    if (record === undefined) throw new Error('no save has left a record');
    round += 1;
    return Promise.all(
      [code.s3Key, record].map(async (Key) => {
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
     * @param {() => Promise<number>} saved Resolves at the event of a save, with its time.
     * @returns {Promise<import('../save-host.mjs').Times>}
     */
    async run(saved) {
      const [zip, record] = await objects();
      if (zip === undefined || record === undefined) throw new Error('nothing to put');
      const update = nextUpdate(other);
      const began = await saved();
      const { VersionId } = await s3.send(new PutObjectCommand(zip));
      await s3.send(new PutObjectCommand(record));
      await finspace.send(new GetKxClusterCommand(other));
      await finspace.send(
        new UpdateKxClusterCodeConfigurationCommand({
          ...other,
          code: { s3Bucket: zip.Bucket, s3Key: zip.Key, ...(VersionId && { s3ObjectVersion: VersionId }) },
          deploymentConfiguration: { deploymentStrategy: 'NO_RESTART' },
        }),
      );
      const { sentAt, acceptedAt } = await update;
      return { sent: sentAt - began, accepted: acceptedAt - began };
    },
    close() {
      s3.destroy();
      finspace.destroy();
    },
  };
}
