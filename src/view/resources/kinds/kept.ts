/** What is kept of a row whose details are read one by one. */
import type { SnapshotRow } from '../memory/snapshot';
import type { DetailedRow } from '../row';

/** @param textsOf what the row shows of its thing. Without anything seen the name alone is kept. */
export function keptOf<N extends DetailedRow>(
  { name, details, remembered, readAt, asOf }: N,
  textsOf: (seen: NonNullable<N['remembered']>) => Readonly<Record<string, string | undefined>>,
): SnapshotRow {
  const seen = details ?? remembered;
  const at = details ? readAt : asOf;
  return seen && at !== undefined ? { texts: { name, ...textsOf(seen) }, at } : { texts: { name } };
}
