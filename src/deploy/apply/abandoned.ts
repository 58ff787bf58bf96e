/** Removes unfinished uploads that a deployment has left in S3. */
import type { Clock } from '../../model/clock';
import { type Failure, failed, failureOf } from '../../model/failure';
import type { Json } from '../../model/json';
import { isOpen } from '../../operations/fold';
import type { Ledger } from '../../operations/ledger';
import type { Operation } from '../../operations/operation';
import { isDeployment } from '../port/operation-kind';
import type { MultipartUpload, ObjectStore } from '../ports';
import { memberOf, textIn, whole } from '../reading-json';
import { refuse } from '../refusal';
import { abortUploads, mayPass, removeUploads, telling, tried, uploadsTo } from '../upload/clean-up';

/**
 * Removes the unfinished multipart uploads of an operation that no process carries out any more. An upload stays
 * if AWS does not allow its removal.
 * @throws failures that are temporary or that a login solves; refused `parts-left` if S3 accepted the
 * removal, but still lists an upload. The caller tries again later.
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
  const known = uploadId === undefined ? undefined : { ...at, uploadId };
  const { left, failure } = await removeUploads(objects, clock, at, known);
  if (failure !== undefined && mayPass(failure)) throw failed(failure);
  if (failure === undefined && left.length > 0) throw refuse('parts-left', at);
}

/**
 * Removes the uploads that operations could not remove before they ended, for example during an outage: the
 * uploads that an operation recorded and, if it may have left unrecorded ones, all uploads to its key that were
 * begun while it ran. Other uploads to the key stay, since they may still run. If the listing or the removal
 * fails for good, for example for lack of permission, this is recorded, and not tried again. After a failure that
 * is temporary or that a login solves, the next call tries again.
 * @returns all other failures, each with the id of its operation
 */
export async function clearLeftBehind(
  ledger: Pick<Ledger, 'operations' | 'record'>,
  objectsOf: (connectionId: string) => Promise<ObjectStore>,
  clock: Clock,
): Promise<readonly { readonly id: string; readonly failure: Failure }[]> {
  const failures: { readonly id: string; readonly failure: Failure }[] = [];
  for (const operation of ledger.operations()) {
    const told = isOpen(operation.state) ? undefined : leftBehind(operation);
    if (told === undefined) continue;
    const { id, subject } = operation;
    try {
      const objects = await objectsOf(subject.connectionId);
      // If the uploads cannot be listed, at least those that the operation recorded are removed.
      const listed = told.unseen ? await tried(begunDuring(operation, told.at, objects, clock)) : undefined;
      const aborted = await abortUploads(objects, clock, [...told.uploads, ...(listed?.value ?? [])]);
      const failure = telling(listed?.failure, aborted.failure);
      if (failure !== undefined && mayPass(failure)) continue;
      const left = aborted.left.length;
      if (failure === undefined && left > 0) throw refuse('parts-left', told.at);
      const unseen = listed?.failure !== undefined;
      await ledger.record(id, {
        type: 'step',
        name: SETTLED,
        facts: { left, ...(unseen && { unseen }) },
      });
    } catch (thrown) {
      const failure = failureOf(thrown);
      if (!mayPass(failure)) failures.push({ id, failure });
    }
  }
  return failures;
}

/** Milliseconds by which the clocks of S3 and of this machine may differ. */
const CLOCKS_MS = 60_000;

async function begunDuring(
  { createdAt, endedAt = createdAt }: Operation,
  at: Name,
  objects: ObjectStore,
  clock: Clock,
): Promise<readonly MultipartUpload[]> {
  const uploads = await uploadsTo(objects, clock, at);
  return uploads.filter(
    ({ startedAt = createdAt }) => startedAt >= createdAt - CLOCKS_MS && startedAt <= endedAt + CLOCKS_MS,
  );
}

type Name = Pick<MultipartUpload, 'bucket' | 'key'>;

interface LeftBehind {
  readonly at: Name;
  readonly uploads: readonly MultipartUpload[];
  readonly unseen: boolean;
}

function leftBehind(operation: Operation): LeftBehind | undefined {
  const told = operation.steps.findLast(({ name }) => name === LEFT || name === SETTLED);
  if (!isDeployment(operation) || told?.name !== LEFT) return undefined;
  const facts: Json = { ...told.facts };
  const at = whole({ bucket: textIn(facts, 'bucket'), key: textIn(facts, 'key') });
  const ids = memberOf(facts, 'uploads');
  const unseen = memberOf(facts, 'unseen') === true;
  if (at === undefined || !Array.isArray(ids) || (ids.length === 0 && !unseen)) return undefined;
  const uploads = ids.filter((id) => typeof id === 'string').map((uploadId) => ({ ...at, uploadId }));
  return { at, uploads, unseen };
}

/** Names of the steps which say that an operation left uploads in S3, and what became of the uploads. */
export const LEFT = 'multipart-left';
const SETTLED = 'multipart-settled';
