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
    // A bucket as part of the host's name needs a domain of its own: not for an address of the user's.
    forcePathStyle: settings.endpoint !== undefined,
    requestChecksumCalculation: 'WHEN_SUPPORTED',
    // Ranges carry no checksum; what is read is compared by the zip's own.
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
