/** Amazon S3 in one region. */
import { S3Client } from '@aws-sdk/client-s3';
import type { ObjectStore } from '../../deploy/ports';
import type { Adapter } from '../adapter';
import { type ClientSettings, clientConfig } from '../client-config';
import { bucketsOf } from './buckets';
import { listsOf } from './lists';
import { multipartsOf } from './multiparts';
import { objectsOf } from './objects';

export function openObjects(settings: ClientSettings): Adapter<ObjectStore> {
  const client = new S3Client({
    ...clientConfig(settings),
    // A bucket as part of the host's name needs a domain of its own: not for an address of the user's.
    forcePathStyle: settings.endpoint !== undefined,
    requestChecksumCalculation: 'WHEN_SUPPORTED',
    // Ranges carry no checksum; what is read is compared by the zip's own.
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  return {
    close: () => client.destroy(),
    port: (call) => ({
      ...bucketsOf(client, call),
      ...objectsOf(client, call),
      ...listsOf(client, call),
      ...multipartsOf(client, call),
    }),
  };
}
