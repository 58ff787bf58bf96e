/**
 * Stores a zip in parts, several at a time. Only a part that fails is sent again, and the parts of a failed
 * upload are removed.
 */
import type { Clock } from '../../model/clock';
import type { CodeLocation } from '../../model/code';
import { failureOf, isNotImplemented } from '../../model/failure';
import { ZIP_TYPE } from '../plan/requests';
import type { MultipartUpload, ObjectStore, StoredObject, UploadedPart } from '../ports';
import { removeUploads } from './clean-up';
import type { Part } from './parts';
import { retrying } from './retrying';

const AT_ONCE = 4;

/** An earlier zip in S3 whose bytes are known. */
export interface CopySource {
  readonly at: CodeLocation;
  readonly etag: string;
}

export interface MultipartRequest {
  readonly bucket: string;
  readonly key: string;
  readonly file: string;
  readonly parts: readonly Part[];
  /** Needed for parts that are copied. */
  readonly copySource?: CopySource;
  readonly metadata: Readonly<Record<string, string>>;
  readonly onlyIfAbsent: boolean;
}

export interface MultipartEvents {
  /** Awaited before the first part, so that the upload is on record if this process dies. */
  started(upload: MultipartUpload): Promise<void>;
  /** Called with the number of bytes that are in S3 so far, including copied ones. */
  progress(bytes: number): void;
  /**
   * Called with the uploads that still exist or may still exist: their parts cost money. The list may be
   * empty. `unseen`: there may be further uploads, which are not in the list.
   */
  leftBehind(uploads: readonly MultipartUpload[], unseen: boolean): Promise<void>;
}

/**
 * Stores a zip in parts. Finally, even if the zip could not be stored, removes the unfinished uploads to
 * the key, and calls `leftBehind` if some of them are left or may be left.
 */
export async function storeInParts(
  objects: ObjectStore,
  clock: Clock,
  request: MultipartRequest,
  events: MultipartEvents,
  signal: AbortSignal,
): Promise<StoredObject> {
  const { bucket, key, metadata, onlyIfAbsent } = request;
  let upload: MultipartUpload | undefined;
  let isStored = false;
  let mayHaveTwin = false;
  try {
    const begun = await retrying(clock, signal, async () => {
      try {
        return await objects.startMultipart({ bucket, key, contentType: ZIP_TYPE, metadata }, signal);
      } catch (error) {
        const failure = failureOf(error);
        mayHaveTwin ||= failure.kind === 'aws' && !failure.answered;
        throw error;
      }
    });
    mayHaveTwin ||= begun.mayHaveTwin === true;
    upload = begun;
    await events.started(begun);
    const stored = await storeParts(objects, clock, begun, request, events, signal);
    const sorted = [...stored].sort((a, b) => a.number - b.number);
    const complete = (condition: boolean) =>
      retrying(clock, signal, () =>
        objects.completeMultipart(begun, sorted, { onlyIfAbsent: condition }, signal),
      );
    const object = await complete(onlyIfAbsent).catch((error: unknown) => {
      // All parts are stored; the endpoint only refuses the condition, so the upload is completed without it.
      if (!onlyIfAbsent || !isNotImplemented(error)) throw error;
      return complete(false);
    });
    isStored = true;
    return object;
  } finally {
    const { left, unseen } = await removeUploads(objects, clock, { bucket, key }, upload);
    // A completed upload no longer exists, even where uploads cannot be listed. An upload whose start was not answered
    // may still appear.
    const isOpen = (unseen && !isStored) || mayHaveTwin;
    if (left.length > 0 || isOpen) await events.leftBehind(left, isOpen);
  }
}

/** Stores all parts, several at a time. The first failure stops the parts that are under way. */
async function storeParts(
  objects: ObjectStore,
  clock: Clock,
  upload: MultipartUpload,
  request: MultipartRequest,
  events: MultipartEvents,
  outer: AbortSignal,
): Promise<readonly UploadedPart[]> {
  const stop = new AbortController();
  const signal = AbortSignal.any([outer, stop.signal]);
  const waiting = request.parts.values();
  const stored: UploadedPart[] = [];
  let bytes = 0;
  const work = async (): Promise<void> => {
    for (const part of waiting) {
      stored.push(await retrying(clock, signal, () => storePart(objects, upload, request, part, signal)));
      bytes += part.length;
      events.progress(bytes);
    }
  };
  const workers = Array.from({ length: AT_ONCE }, work);
  try {
    await Promise.all(workers);
    return stored;
  } catch (error) {
    stop.abort();
    await Promise.allSettled(workers);
    throw error;
  }
}

function storePart(
  objects: ObjectStore,
  upload: MultipartUpload,
  { file, copySource }: MultipartRequest,
  { number, start, length, copiedFrom }: Part,
  signal: AbortSignal,
): Promise<UploadedPart> {
  if (copiedFrom === undefined || copySource === undefined) {
    return objects.putPart(upload, number, { file, start, length }, signal);
  }
  const { at, etag } = copySource;
  return objects.copyPart(upload, number, { at, start: copiedFrom, length, ifMatch: etag }, signal);
}
