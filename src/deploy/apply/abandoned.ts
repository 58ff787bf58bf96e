/** What is left in S3 of a deployment that did not come to its update: perhaps an unfinished upload. */
import type { Clock } from '../../model/clock';
import { type Failure, failed, failureOf } from '../../model/failure';
import type { Json } from '../../model/json';
import { isOpen } from '../../operations/fold';
import type { Ledger } from '../../operations/ledger';
import type { Operation } from '../../operations/operation';
import { CODE_KIND } from '../plan/summary';
import type { MultipartUpload, ObjectStore } from '../ports';
import { memberOf, textIn, whole } from '../reading-json';
import { abortUploads, removeUploads } from '../upload/clean-up';

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
  if (failure !== undefined && mayPass(failure)) throw failed(failure);
}

/**
 * Removes the uploads of which operations that have ended say that they could not remove them, as after an outage; those
 * alone, since the same name may be uploaded anew. What AWS will not let be removed is written down as left, and not
 * tried again. Failures that pass are for the next time. @returns what went wrong otherwise, by the operation's id.
 */
export async function clearLeftBehind(
  ledger: Pick<Ledger, 'operations' | 'record'>,
  objectsOf: (connectionId: string) => Promise<ObjectStore>,
  clock: Clock,
): Promise<readonly { readonly id: string; readonly failure: Failure }[]> {
  const failures: { readonly id: string; readonly failure: Failure }[] = [];
  for (const operation of ledger.operations()) {
    const uploads = isOpen(operation.state) ? [] : leftBehind(operation);
    if (uploads.length === 0) continue;
    const { id, subject } = operation;
    try {
      const { left, failure } = await abortUploads(await objectsOf(subject.connectionId), clock, uploads);
      if (failure !== undefined && mayPass(failure)) continue;
      await ledger.record(id, { type: 'step', name: SETTLED, facts: { left: left.length } });
    } catch (thrown) {
      failures.push({ id, failure: failureOf(thrown) });
    }
  }
  return failures;
}

function leftBehind({ kind, steps }: Operation): readonly MultipartUpload[] {
  const told = steps.findLast(({ name }) => name === LEFT || name === SETTLED);
  if (kind !== CODE_KIND || told?.name !== LEFT) return [];
  const facts: Json = { ...told.facts };
  const at = whole({ bucket: textIn(facts, 'bucket'), key: textIn(facts, 'key') });
  const ids = memberOf(facts, 'uploads');
  if (at === undefined || !Array.isArray(ids)) return [];
  return ids.filter((uploadId) => typeof uploadId === 'string').map((uploadId) => ({ ...at, uploadId }));
}

/** Steps of an operation: uploads were left in S3, and what became of them. */
export const LEFT = 'multipart-left';
const SETTLED = 'multipart-settled';

function mayPass(failure: Failure): boolean {
  return failure.kind === 'credentials' || (failure.kind === 'aws' && failure.passing);
}
