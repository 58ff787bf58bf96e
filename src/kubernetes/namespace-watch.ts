/**
 * Watches one resource in one namespace, for callers that read the objects themselves and only need to know when to do
 * so.
 */

import { failureOf } from '../model/failure';
import type { Controller } from '../model/kubernetes';
import { present } from '../model/present';
import { members } from '../model/shape';
import { backOff, sleepUntilAborted } from '../model/waiting';
import { type Metadata, metadata, type ObjectReader, parsed } from './answers/object';
import { textOf } from './body';
import type { ClusterCaller } from './cluster-caller';
import type { Resource } from './request';
import { PASSING, resourceVersionIn, watchOnce } from './watch-stream';

/** The fields that are read of a changed object. */
export interface ChangedObject {
  readonly namespace: string;
  readonly name: string;
  readonly controller?: Controller;
}

export interface ChangeListener {
  changed(object: ChangedObject): void;
  /**
   * Called when a watch begins that does not continue an earlier watch: changes before this call may not
   * have been reported.
   */
  begun(): void;
}

/**
 * Milliseconds. The wait after a watch that did not work is `FIRST_WAIT_MS` plus a random part. The limit
 * of that part doubles with each failure in a row, up to `LONGEST_WAIT_MS`. After a failure whose reason is
 * not in {@link PASSING}, the wait is `LONGEST_WAIT_MS`.
 */
const [FIRST_WAIT_MS, LONGEST_WAIT_MS] = [5_000, 120_000];
/** Milliseconds after which a watch counts as working, even without events. */
const LONG_LIFE_MS = 60_000;

/**
 * The `Accept` header that asks only for the metadata of each object; an API server that does not support
 * this sends whole objects.
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#metadata-only-fetches
 */
const metadataOnly = (kind: string): string =>
  `application/json;as=${kind};g=meta.k8s.io;v=v1, application/json`;

const changedObjects: ObjectReader<ChangedObject> = {
  shape: members({ metadata }),
  read: ({ metadata: about }: { readonly metadata: Metadata & { readonly namespace: string } }) => {
    const controller = about.ownerReferences?.find((owner) => owner.controller === true);
    return { namespace: about.namespace, name: about.name, ...present({ controller }) };
  },
};

/**
 * Watches until `signal` aborts, and stores no objects. Never rejects: without the right to watch, no
 * changes are reported, and the watch is tried again only rarely.
 */
export async function watchNamespace(
  client: ClusterCaller,
  at: { readonly resource: Resource; readonly namespace: string },
  listener: ChangeListener,
  signal: AbortSignal,
): Promise<void> {
  const { clock } = client;
  let resourceVersion: string | undefined;
  let hasBegun = false;
  let failures = 0;
  while (!signal.aborted) {
    const startedAt = clock.now();
    let isFruitless = true;
    let isDenied = false;
    try {
      resourceVersion ??= await newestVersion(client, at, signal);
      await watchOnce(
        client,
        { ...placed(at), resourceVersion, accept: metadataOnly('PartialObjectMetadata') },
        changedObjects,
        {
          opened: () => {
            if (!hasBegun) listener.begun();
            hasBegun = true;
          },
          changed: (object) => listener.changed(object),
          removed: (object) => listener.changed(object),
          heard: (version) => {
            resourceVersion = version;
            isFruitless = false;
            failures = 0;
          },
        },
        signal,
      );
      if (!isFruitless || clock.now() - startedAt >= LONG_LIFE_MS) continue;
    } catch (thrown) {
      const failure = failureOf(thrown);
      const isExpired = failure.kind === 'kubernetes' && failure.reason === 'expired';
      if (isExpired) {
        resourceVersion = undefined;
        hasBegun = false;
      }
      isDenied = !(failure.kind === 'kubernetes' && PASSING.has(failure.reason));
    }
    failures += 1;
    const wait = isDenied
      ? LONGEST_WAIT_MS
      : FIRST_WAIT_MS + backOff(FIRST_WAIT_MS, failures, LONGEST_WAIT_MS);
    await sleepUntilAborted(clock, wait, signal);
  }
}

function placed({ resource, namespace }: { readonly resource: Resource; readonly namespace: string }) {
  return { resource, place: { namespace } };
}

/**
 * The present resourceVersion, for a watch that reports only later changes: without it, the watch would report all
 * existing objects.
 */
async function newestVersion(
  client: ClusterCaller,
  at: { readonly resource: Resource; readonly namespace: string },
  signal: AbortSignal,
): Promise<string> {
  return await client.send(
    {
      verb: 'list',
      ...placed(at),
      query: { limit: '1' },
      accept: metadataOnly('PartialObjectMetadataList'),
    },
    // Only one try: the watch itself tries again, with growing waits.
    { signal, attempts: 1 },
    async (answer) => resourceVersionIn(parsed(await textOf(answer, client))),
  );
}
