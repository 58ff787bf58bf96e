/** Removes unfinished multipart uploads: their parts are invisible, and paid for until somebody aborts them. */
import type { Clock } from '../../model/clock';
import { failureOf } from '../../model/failure';
import type { CodeLocation } from '../../model/kdb';
import { allItems } from '../../model/page';
import type { MultipartUpload, ObjectStore } from '../ports';
import { retrying } from './retrying';

const TRIES = 3;

/**
 * Aborts every upload to this very name, `known` among them, also those whose start was never answered. Another
 * window's upload of the same code may be hit: it then finds the object, or begins again. Works also after the user
 * has cancelled. Resolves to the uploads that are still there, as far as AWS lets it be seen.
 */
export async function removeUploads(
  objects: ObjectStore,
  clock: Clock,
  { bucket, key }: Pick<CodeLocation, 'bucket' | 'key'>,
  known?: MultipartUpload,
): Promise<readonly MultipartUpload[]> {
  // Cleaning up is what a cancellation asks for, so its signal does not end it; the tries are few.
  const { signal } = new AbortController();
  const found = await listed(objects, clock, { bucket, key }, signal);
  const uploads = found ?? (known === undefined ? [] : [known]);
  const left: MultipartUpload[] = [];
  for (const upload of uploads) {
    if (!(await aborted(objects, clock, upload, signal))) left.push(upload);
  }
  return left;
}

/** Undefined when AWS refuses to list, or does not answer. */
async function listed(
  objects: ObjectStore,
  clock: Clock,
  { bucket, key }: Pick<CodeLocation, 'bucket' | 'key'>,
  signal: AbortSignal,
): Promise<readonly MultipartUpload[] | undefined> {
  const list = () => allItems((next) => objects.listMultiparts(bucket, key, next, signal));
  try {
    const uploads = await retrying(clock, signal, list, TRIES);
    return uploads.filter((upload) => upload.key === key);
  } catch (error) {
    if (failureOf(error).kind === 'unexpected') throw error;
    return undefined;
  }
}

/** An upload that is not found is gone, as was asked. */
async function aborted(
  objects: ObjectStore,
  clock: Clock,
  upload: MultipartUpload,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await retrying(clock, signal, () => objects.abortMultipart(upload, signal), TRIES);
    return true;
  } catch (error) {
    const failure = failureOf(error);
    if (failure.kind === 'unexpected') throw error;
    return failure.kind === 'aws' && failure.reason === 'not-found';
  }
}
