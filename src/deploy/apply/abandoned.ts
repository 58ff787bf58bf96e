/** What is left of a deployment whose process ended before it sent anything: perhaps an unfinished upload. */
import type { Clock } from '../../model/clock';
import { failed } from '../../model/failure';
import type { Json } from '../../model/json';
import type { Operation } from '../../operations/operation';
import type { ObjectStore } from '../ports';
import { textIn, whole } from '../reading-json';
import { removeUploads } from '../upload/clean-up';

/**
 * Removes unfinished multipart uploads of the operation. For an operation that nobody carries out any more. What AWS
 * will not let be removed stays. @throws failures that pass or that a login helps against: try again later.
 */
export async function clearAbandoned(
  { steps }: Operation,
  objects: ObjectStore,
  clock: Clock,
): Promise<void> {
  const factsOf = (name: string): Json | undefined => {
    const facts = steps.findLast((step) => step.name === name)?.facts;
    return facts && { ...facts };
  };
  const upload = factsOf('multipart') ?? factsOf('uploading');
  const at = whole({ bucket: textIn(upload, 'bucket'), key: textIn(upload, 'key') });
  if (at === undefined || factsOf('uploaded') !== undefined) return;
  const uploadId = textIn(upload, 'uploadId');
  const { failure } = await removeUploads(
    objects,
    clock,
    at,
    uploadId === undefined ? undefined : { ...at, uploadId },
  );
  if (failure?.kind === 'credentials' || (failure?.kind === 'aws' && failure.passing)) throw failed(failure);
}
