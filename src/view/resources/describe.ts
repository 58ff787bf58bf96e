/** Reads those details of a thing that its list does not give, and assesses what needs attention. */
import type { Clock } from '../../model/clock';
import { failureOf } from '../../model/failure';
import type { DetailedKind } from './kinds/kind';
import { DETAILED } from './kinds/table';
import type { DetailedNode } from './node';
import { connectionNodeOf, type DetailedRow } from './row';
import type { AttentionReader, Priority, ResourceSource } from './source';

export interface DescribeParts {
  readonly source: ResourceSource;
  readonly attention: AttentionReader;
  readonly clock: Clock;
}

/** The declaration of the row's kind. */
export function detailedKindOf(node: DetailedNode): DetailedKind<DetailedRow> {
  return DETAILED[node.kind];
}

/**
 * Reads the details of a row. A failure is stored on the row, which keeps the part of the earlier
 * details that may be remembered; only an abort is thrown.
 */
export async function describe(
  node: DetailedNode,
  { source, clock }: DescribeParts,
  priority: Priority,
  signal: AbortSignal,
): Promise<void> {
  const row: DetailedRow = node;
  const kind = detailedKindOf(node);
  row.triedAt = clock.now();
  try {
    const services = await source.services(connectionNodeOf(row).connection, priority);
    row.details = await kind.details(row, services, signal);
    row.readAt = clock.now();
    delete row.failure;
    delete row.remembered;
    delete row.asOf;
  } catch (thrown) {
    signal.throwIfAborted();
    row.failure = failureOf(thrown);
    age(row, kind);
  }
}

/**
 * Called after a failed read: keeps the part of the earlier details that may be remembered, with the
 * time when they were read, and drops the other details and the assessment.
 */
function age(row: DetailedRow, kind: DetailedKind<DetailedRow>): void {
  if (row.details) row.remembered = kind.remembered(row.details);
  delete row.details;
  delete row.assessment;
  if (row.remembered && row.readAt !== undefined) row.asOf ??= row.readAt;
}

/** Assesses what needs attention on a row, if enough is known for an assessment. */
export async function assess(
  node: DetailedNode,
  { attention }: DescribeParts,
  signal: AbortSignal,
): Promise<void> {
  const row: DetailedRow = node;
  const assessment = await detailedKindOf(node).assessment.ask(row, attention, signal);
  if (assessment) row.assessment = assessment;
}
