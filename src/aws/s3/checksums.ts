/** Repeats requests without checksums for stores that are compatible with S3 but do not know S3's checksums. */
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { isNotImplemented } from '../../model/failure';

/** Clients of S3, with and without checksums. */
export interface StoreClients {
  readonly checking: S3Client;
  /** The client without checksums, created when it is first needed. */
  readonly bare: () => S3Client;
  destroy(): void;
}

export function storeClients(config: S3ClientConfig): StoreClients {
  const checking = new S3Client(config);
  let bare: S3Client | undefined;
  return {
    checking,
    bare: () => {
      bare ??= withoutChecksums(new S3Client(config));
      return bare;
    },
    destroy: () => {
      checking.destroy();
      bare?.destroy();
    },
  };
}

/**
 * Sends a request with checksums; if the store does not support them, sends it again without them. The store
 * then does not confirm the content, so the caller has to read it back. A request with a condition is not
 * sent again, since the store may not support the condition either.
 */
export async function orWithoutChecksums<T>(
  { checking, bare }: StoreClients,
  hasCondition: boolean,
  send: (client: S3Client) => Promise<T>,
): Promise<T> {
  try {
    return await send(checking);
  } catch (thrown) {
    if (hasCondition || !isNotImplemented(thrown)) throw thrown;
    return send(bare());
  }
}

function withoutChecksums(client: S3Client): S3Client {
  client.middlewareStack.add(
    (next) => (args) => {
      const headers = headersIn(args.request);
      for (const name of Object.keys(headers)) {
        if (/^x-amz-(sdk-)?checksum-/i.test(name)) Reflect.deleteProperty(headers, name);
      }
      return next(args);
    },
    // Runs after the checksums are set, and before the request is signed.
    { step: 'build', priority: 'low', name: 'withoutChecksums' },
  );
  return client;
}

function headersIn(request: unknown): object {
  const headers: unknown = request instanceof Object ? Reflect.get(request, 'headers') : undefined;
  return headers instanceof Object ? headers : {};
}
