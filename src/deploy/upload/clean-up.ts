/** Removes unfinished multipart uploads: their parts are invisible, and paid for until somebody aborts them. */
import type { Clock } from '../../model/clock';
import type { CodeLocation } from '../../model/code';
import { type Failure, failureOf } from '../../model/failure';
import { allItems } from '../../model/page';
import type { MultipartUpload, ObjectStore } from '../ports';
import { retrying } from './retrying';

const TRIES = 3;

export interface CleanUp {
  /** Uploads that are still there. */
  readonly left: readonly MultipartUpload[];
  /** Nobody knows what is there: the uploads could not be listed. */
  readonly unseen: boolean;
  /** The first thing that AWS refused or did not answer. */
  readonly failure?: Failure;
}

type Name = Pick<CodeLocation, 'bucket' | 'key'>;

/**
 * Aborts every upload to this very name, `known` among them, also those whose start was never answered. Another
 * window's upload of the same code may be hit: it then finds the object, or begins again. Works also after the user
 * has cancelled.
 */
export async function removeUploads(
  objects: ObjectStore,
  clock: Clock,
  at: Name,
  known?: MultipartUpload,
): Promise<CleanUp> {
  const listed = await tried(uploadsTo(objects, clock, at));
  const aborted = await abortUploads(objects, clock, listed.value ?? (known ? [known] : []));
  const failure = listed.failure ?? aborted.failure;
  return { left: aborted.left, unseen: listed.value === undefined, ...(failure && { failure }) };
}

/** Uploads to this very name that nobody completed or aborted, with the time of their start where S3 tells it. */
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
 * Aborts these uploads and no others. One that is gone already is as good as aborted; one that is listed all the same
 * is aborted again, as S3 asks for, and in the end is still there.
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
    failure ??= asked.failure ?? seen.failure;
    waiting = seen.left;
    // Where nobody can look, another round would not show more.
    if (seen.failure !== undefined) break;
  }
  return { left: [...left, ...waiting], ...(failure && { failure }) };
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
    if (!isOver) first ??= failure;
  }
  return { gone, left, ...(first && { failure: first }) };
}

/** Who may not list takes S3's word; where the list does not come, nobody knows whose word it was. */
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
  return { left, ...(failure && { failure }) };
}

/** Cleaning up is what a cancellation asks for, so its signal does not end it; the tries are few. */
function uncancelled(): AbortSignal {
  return new AbortController().signal;
}

async function tried<T>(question: Promise<T>): Promise<{ readonly value?: T; readonly failure?: Failure }> {
  try {
    return { value: await question };
  } catch (error) {
    const failure = failureOf(error);
    if (failure.kind === 'unexpected') throw error;
    return { failure };
  }
}

/** An upload that is not found is gone, as was asked. */
function isGone(failure: Failure): boolean {
  return failure.kind === 'aws' && failure.reason === 'not-found';
}
