/** Removes unfinished multipart uploads: their parts are invisible, and paid for until somebody aborts them. */
import type { Clock } from '../../model/clock';
import { type Failure, failureOf } from '../../model/failure';
import type { CodeLocation } from '../../model/kdb';
import { allItems } from '../../model/page';
import type { MultipartUpload, ObjectStore } from '../ports';
import { retrying } from './retrying';

const TRIES = 3;

export interface CleanUp {
  /** Uploads that are still there. */
  readonly left: readonly MultipartUpload[];
  /** The first thing that AWS refused or did not answer. */
  readonly failure?: Failure;
}

/**
 * Aborts every upload to this very name, `known` among them, also those whose start was never answered. Another
 * window's upload of the same code may be hit: it then finds the object, or begins again. Works also after the user
 * has cancelled.
 */
export async function removeUploads(
  objects: ObjectStore,
  clock: Clock,
  { bucket, key }: Pick<CodeLocation, 'bucket' | 'key'>,
  known?: MultipartUpload,
): Promise<CleanUp> {
  // Cleaning up is what a cancellation asks for, so its signal does not end it; the tries are few.
  const { signal } = new AbortController();
  const list = () => allItems((next) => objects.listMultiparts(bucket, key, next, signal));
  const listed = await tried(retrying(clock, signal, list, TRIES));
  const uploads = listed.value?.filter((upload) => upload.key === key) ?? (known ? [known] : []);
  const aborted = await abortUploads(objects, clock, uploads);
  const failure = listed.failure ?? aborted.failure;
  return { left: aborted.left, ...(failure && { failure }) };
}

/** Aborts these uploads and no others. One that is gone already is as good as aborted. */
export async function abortUploads(
  objects: ObjectStore,
  clock: Clock,
  uploads: readonly MultipartUpload[],
): Promise<CleanUp> {
  const { signal } = new AbortController();
  const left: MultipartUpload[] = [];
  let failure: Failure | undefined;
  for (const upload of uploads) {
    const abort = () => objects.abortMultipart(upload, signal);
    const aborted = await tried(retrying(clock, signal, abort, TRIES));
    if (aborted.failure === undefined || isGone(aborted.failure)) continue;
    left.push(upload);
    failure ??= aborted.failure;
  }
  return { left, ...(failure && { failure }) };
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
