/** Amazon S3 in one region. */
import type { ObjectStore } from '../../deploy/ports';
import type { Adapter } from '../adapter';
import { type ClientSettings, clientConfig } from '../client-config';
import { bucketsOf } from './buckets';
import { storeClients } from './checksums';
import { listsOf } from './lists';
import { multipartsOf } from './multiparts';
import { objectsOf } from './objects';

export function openObjects(settings: ClientSettings): Adapter<ObjectStore> {
  const clients = storeClients({
    ...clientConfig(settings),
    // The bucket goes into the path, not into the host name: for an endpoint that the user has configured, a host
    // name with the bucket may not exist.
    forcePathStyle: settings.endpoint !== undefined,
    requestChecksumCalculation: 'WHEN_SUPPORTED',
    // S3 sends no checksum with a range of an object; the CRCs in the deployed zip itself verify the bytes.
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  return {
    close: () => clients.destroy(),
    port: (call) => ({
      ...bucketsOf(clients.checking, call, settings),
      ...objectsOf(clients, call),
      ...listsOf(clients.checking, call),
      ...multipartsOf(clients, call),
    }),
  };
}
