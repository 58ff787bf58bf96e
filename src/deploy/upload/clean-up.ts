/**
 * Removes unfinished multipart uploads: the parts of such an upload are invisible, and cost money until the
 * upload is aborted.
 */

import type { Clock } from '../../model/clock';
import type { CodeLocation } from '../../model/code';
import { type Failure, failureOf } from '../../model/failure';
import { allItems } from '../../model/page';
import { present } from '../../model/present';
import type { MultipartUpload, ObjectStore } from '../ports';
import { retrying } from './retrying';

const TRIES = 3;

export interface CleanUp {
  /** Uploads that still exist or may still exist. */
  readonly left: readonly MultipartUpload[];
  /** True if the uploads could not be listed, so that there may be others. */
  readonly unseen: boolean;
  /** The first failure after which another try may go well, or else the first failure of all. */
  readonly failure?: Failure;
}

type Name = Pick<CodeLocation, 'bucket' | 'key'>;

/**
 * Aborts every upload to this key, even one whose start was never answered. This may include another
 * window's upload of the same code: that window then finds the object or begins again. If the uploads
 * cannot be listed, only `known` is aborted. Also works after the user has cancelled.
 */
export async function removeUploads(
  objects: ObjectStore,
  clock: Clock,
  at: Name,
  known?: MultipartUpload,
): Promise<CleanUp> {
  const listed = await tried(uploadsTo(objects, clock, at));
  const aborted = await abortUploads(objects, clock, listed.value ?? (known ? [known] : []));
  const failure = telling(listed.failure, aborted.failure);
  return { left: aborted.left, unseen: listed.value === undefined, ...present({ failure }) };
}

/** Uploads to this key that were neither completed nor aborted, with the time of their start where S3 gives it. */
export async function uploadsTo(
  objects: ObjectStore,
  clock: Clock,
  { bucket, key }: Name,
): Promise<readonly (MultipartUpload & { readonly startedAt?: number })[]> {
  const signal = uncancelled();
  const list = () => allItems((next) => objects.listMultiparts(bucket, key, next, signal));
  const uploads = await retrying(clock, signal, list, TRIES);
  return uploads.filter((upload) => upload.key === key);
}

/**
 * Aborts these uploads and no others. An upload that no longer exists counts as aborted. An upload that is
 * still listed is aborted again, as S3 recommends, and finally reported as left.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html
 */
export async function abortUploads(
  objects: ObjectStore,
  clock: Clock,
  uploads: readonly MultipartUpload[],
): Promise<Omit<CleanUp, 'unseen'>> {
  const left: MultipartUpload[] = [];
  let failure: Failure | undefined;
  let waiting = uploads;
  for (let round = 0; round < TRIES && waiting.length > 0; round += 1) {
    const asked = await abortEach(objects, clock, waiting);
    left.push(...asked.left);
    const seen = await stillListed(objects, clock, asked.gone);
    failure = telling(failure, telling(asked.failure, seen.failure));
    waiting = seen.left;
    // If the uploads cannot be listed, another round cannot show which of them still exist.
    if (seen.failure !== undefined) break;
  }
  return { left: [...left, ...waiting], ...present({ failure }) };
}

async function abortEach(
  objects: ObjectStore,
  clock: Clock,
  uploads: readonly MultipartUpload[],
): Promise<Omit<CleanUp, 'unseen'> & { readonly gone: readonly MultipartUpload[] }> {
  const signal = uncancelled();
  const gone: MultipartUpload[] = [];
  const left: MultipartUpload[] = [];
  let first: Failure | undefined;
  for (const upload of uploads) {
    const abort = () => objects.abortMultipart(upload, signal);
    const { failure } = await tried(retrying(clock, signal, abort, TRIES));
    const isOver = failure === undefined || isGone(failure);
    (isOver ? gone : left).push(upload);
    if (!isOver) first = telling(first, failure);
  }
  return { gone, left, ...present({ failure: first }) };
}

/**
 * The uploads that S3 still lists. If AWS refuses the listing for good, for example for lack of permission,
 * the answers to the aborts are believed, and no upload counts as left. If the listing fails otherwise, the
 * state is not known, and all uploads count as left.
 */
async function stillListed(
  objects: ObjectStore,
  clock: Clock,
  uploads: readonly MultipartUpload[],
): Promise<Omit<CleanUp, 'unseen'>> {
  const [first] = uploads;
  if (first === undefined) return { left: [] };
  const { value, failure } = await tried(uploadsTo(objects, clock, first));
  if (failure?.kind === 'aws' && !failure.passing) return { left: [] };
  const ids = new Set(value?.map(({ uploadId }) => uploadId));
  const left = uploads.filter(({ uploadId }) => value === undefined || ids.has(uploadId));
  return { left, ...present({ failure }) };
}

/**
 * A signal that never aborts: the clean-up continues after a cancellation, and ends by itself after a few
 * tries.
 */
function uncancelled(): AbortSignal {
  return new AbortController().signal;
}

/** Returns true if another try may go well: the failure is temporary, or a login solves it. */
export function mayPass(failure: Failure): boolean {
  return failure.kind === 'credentials' || (failure.kind === 'aws' && failure.passing);
}

/** Chooses the failure to report: the first, unless only after the second another try may go well. */
export function telling(first: Failure | undefined, second: Failure | undefined): Failure | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  return !mayPass(first) && mayPass(second) ? second : first;
}

/** The answer or the failure. @throws failures of the kind `unexpected` */
export async function tried<T>(
  question: Promise<T>,
): Promise<{ readonly value?: T; readonly failure?: Failure }> {
  try {
    return { value: await question };
  } catch (error) {
    const failure = failureOf(error);
    if (failure.kind === 'unexpected') throw error;
    return { failure };
  }
}

/** Returns true if S3 did not find the upload: an upload that no longer exists counts as aborted. */
function isGone(failure: Failure): boolean {
  return failure.kind === 'aws' && failure.reason === 'not-found';
}
