/** Reads a zip in S3 in pieces: the directory by ranged gets, and each file by one further get. */

import type { CodeLocation } from '../model/code';
import { type AwsFailure, failureOf, isReason, type Refusal } from '../model/failure';
import { present } from '../model/present';
import { type RangeSource, readZipDirectory, type ZipDirectory } from '../package/zip-directory';
import type { ObjectStore } from './ports';
import { refuse } from './refusal';

/** A zip whose directory was read. Later reads are refused if the object has changed since. */
export interface OpenZip {
  readonly source: RangeSource;
  readonly directory: ZipDirectory;
  readonly etag: string;
  /** The version id in S3, where the bucket keeps versions. */
  readonly versionId?: string;
}

/**
 * Opens a zip. Later reads are refused with `zip-changed` if the object has changed since.
 * @param ifMatch an ETag; if the object's ETag is different, the first read is refused as well
 */
export async function openZip(
  objects: ObjectStore,
  at: CodeLocation,
  signal: AbortSignal,
  ifMatch?: string,
): Promise<OpenZip> {
  let etag = ifMatch;
  let versionId: string | undefined;
  const source: RangeSource = {
    async read(start, length, readSignal) {
      const range = { start, length, ...present({ ifMatch: etag }) };
      const read = await objects.read(at, range, readSignal).catch((error: unknown) => {
        if (isReason(error, 'precondition')) {
          throw refuse('zip-changed', { bucket: at.bucket, key: at.key }, error);
        }
        throw error;
      });
      etag ??= read.etag;
      versionId ??= read.versionId;
      return read;
    },
  };
  const directory = await readZipDirectory(source, signal);
  return { source, directory, etag: etag ?? '', ...present({ versionId }) };
}

/**
 * A zip, or why it cannot be read. Other failures, such as cancellation or missing credentials, are thrown,
 * since they concern the whole plan.
 */
export type ZipOrFailure =
  | { readonly kind: 'zip'; readonly zip: OpenZip }
  | { readonly kind: 'unreadable'; readonly failure: AwsFailure | Refusal };

/**
 * As {@link openZip}, but a failure of AWS, or a refusal because of the zip itself, is returned and not
 * thrown.
 */
export async function tryOpenZip(
  objects: ObjectStore,
  at: CodeLocation,
  signal: AbortSignal,
): Promise<ZipOrFailure> {
  try {
    return { kind: 'zip', zip: await openZip(objects, at, signal) };
  } catch (error) {
    const failure = failureOf(error);
    if (failure.kind === 'aws' || failure.kind === 'refused') return { kind: 'unreadable', failure };
    throw error;
  }
}
