/** Puts a packed zip into S3 under its key, in one piece or in parts. */

import type { Clock } from '../../model/clock';
import type { CodeLocation } from '../../model/code';
import { failureOf, isNotImplemented, isReason } from '../../model/failure';
import { present } from '../../model/present';
import type { PackedZip } from '../../package/packer';
import { ZIP_TYPE } from '../plan/requests';
import type { MultipartUpload, ObjectStore, StoredObject } from '../ports';
import { isPutIfAbsent, lookAtStored, realVersion, type StoredBefore } from '../stored';
import { type CopySource, storeInParts } from './multipart';
import { partsOf } from './parts';
import { retrying } from './retrying';

/** Bytes; a zip up to this size is sent in one piece. */
const ONE_PIECE = 16 * 1024 * 1024;

/** Returns true if the zip is sent in parts, so that its upload may be left unfinished in the bucket. */
export function goesInParts({ size }: Pick<PackedZip, 'size'>): boolean {
  return size > ONE_PIECE;
}

/** A zip in S3. */
export interface StoredZip {
  readonly at: CodeLocation;
  readonly etag: string;
  /**
   * True if a zip of the same code was already in S3. The bytes of that zip may differ from those of the
   * packed one: another zlib may have packed it.
   */
  readonly found: boolean;
  /** True if S3 has confirmed that it has the sent bytes. */
  readonly confirmed: boolean;
}

export interface UploadEvents {
  multipartStarted(upload: MultipartUpload): Promise<void>;
  /**
   * Called with the uploads that still exist or may still exist; the list may be empty. `unseen`: there may
   * be further uploads, which are not in the list.
   */
  multipartLeftBehind(uploads: readonly MultipartUpload[], unseen: boolean): Promise<void>;
  /**
   * Called when parts of an earlier zip could not be copied, so that the whole zip is sent. `name`: the name
   * of AWS's error.
   */
  copyRefused(name: string): Promise<void>;
  progress(sent: number, total: number): void;
}

export interface UploadContext {
  readonly objects: ObjectStore;
  readonly clock: Clock;
  readonly events: UploadEvents;
  /** Nothing is put into S3 before this promise resolves. */
  readonly mayPut: Promise<void>;
  /** Finds a zip in S3 by its SHA-256 (hex), if this machine stored it before. */
  readonly earlier: (sha256: string) => CopySource | undefined;
}

/**
 * Puts the zip under its key, unless the object that is there now contains the same code. Any other object is
 * replaced.
 * @param before the object under the key when the plan was made
 * @throws failures of S3. Parts of the zip that could not be removed are reported before that.
 */
export async function storeZip(
  context: UploadContext,
  at: Pick<CodeLocation, 'bucket' | 'key'>,
  zip: PackedZip,
  before: StoredBefore,
  signal: AbortSignal,
): Promise<StoredZip> {
  // If the plan did not look the key up, a conditional put shows whether the key has an object. A large zip is
  // the exception: its key is looked up first, since otherwise the zip might be sent in vain.
  const puts = before.kind === 'not-looked' && !goesInParts(zip);
  if (!puts) await context.mayPut;
  const now = puts ? before : await lookAtStored(context.objects, at, zip.manifest, signal);
  if (now.kind === 'same') return found(at, now);
  const onlyIfAbsent = isPutIfAbsent(now);
  try {
    return await put(context, at, zip, onlyIfAbsent, signal);
  } catch (error) {
    // Either another upload has taken the key, or another window has aborted this multipart upload, or the answer
    // to an earlier try was lost: the next try then found the object already stored, or no longer found the
    // multipart upload.
    const isTaken = isReason(error, 'precondition') || isReason(error, 'not-found');
    // Some endpoints do not support conditional puts. For these, Slipway first looks at the key, and then puts
    // the zip without a condition.
    if (!isTaken && !(onlyIfAbsent && isNotImplemented(error))) throw error;
    const there = await lookAtStored(context.objects, at, zip.manifest, signal);
    return there.kind === 'same' ? found(at, there) : put(context, at, zip, false, signal);
  }
}

async function put(
  context: UploadContext,
  { bucket, key }: Pick<CodeLocation, 'bucket' | 'key'>,
  zip: PackedZip,
  onlyIfAbsent: boolean,
  signal: AbortSignal,
): Promise<StoredZip> {
  const { objects, clock, events, mayPut } = context;
  const metadata = { 'slipway-digest': zip.manifest.digest, 'slipway-sha256': zip.sha256 };
  if (goesInParts(zip)) {
    const stored = await putParts(context, { bucket, key, metadata, onlyIfAbsent }, zip, signal);
    return located({ bucket, key }, stored);
  }
  const body = { file: zip.file, start: 0, length: zip.size };
  const onSent = (bytes: number): void => events.progress(bytes, zip.size);
  const stored = await retrying(clock, signal, () =>
    objects.put(
      { bucket, key, body, contentType: ZIP_TYPE, metadata, onlyIfAbsent, onSent, mayLeave: mayPut },
      signal,
    ),
  );
  return located({ bucket, key }, stored);
}

async function putParts(
  { objects, clock, events, earlier }: UploadContext,
  request: { bucket: string; key: string; metadata: Record<string, string>; onlyIfAbsent: boolean },
  zip: PackedZip,
  signal: AbortSignal,
): Promise<StoredObject> {
  const { file, size, reusedRanges } = zip;
  const hooks = {
    started: events.multipartStarted,
    leftBehind: events.multipartLeftBehind,
    progress: (bytes: number) => events.progress(bytes, size),
  };
  const copySource = reusedRanges && earlier(reusedRanges.from.sha256);
  if (reusedRanges !== undefined && copySource !== undefined) {
    try {
      const parts = partsOf(size, reusedRanges.ranges);
      return await storeInParts(objects, clock, { ...request, file, parts, copySource }, hooks, signal);
    } catch (error) {
      const failure = failureOf(error);
      if (failure.kind !== 'aws' || failure.operation !== 'UploadPartCopy') throw error;
      await events.copyRefused(failure.name);
    }
  }
  return storeInParts(objects, clock, { ...request, file, parts: partsOf(size) }, hooks, signal);
}

function found(
  at: Pick<CodeLocation, 'bucket' | 'key'>,
  there: Extract<StoredBefore, { kind: 'same' }>,
): StoredZip {
  return { ...located(at, { ...there, confirmed: false }), found: true };
}

function located(
  { bucket, key }: Pick<CodeLocation, 'bucket' | 'key'>,
  { etag, versionId, confirmed }: StoredObject,
): StoredZip {
  const version = realVersion(versionId);
  const at = { bucket, key, ...present({ versionId: version }) };
  return { at, etag, confirmed, found: false };
}
