/** Converts rows of the tree to their stored form, with the time when they were read, and back. */
import { listedIn } from '../branches';
import { type BranchNode, type ThingNode, thingKindOf } from '../node';
import type { SnapshotBranch, SnapshotRow } from './snapshot';

/** The stored form of rows; rows inside a cluster are left out. */
export function snapshotRows(rows: readonly ThingNode[]): readonly SnapshotRow[] {
  return rows.flatMap((row) => thingKindOf(row).memory?.keep(row) ?? []);
}

/**
 * The rows below a branch, made from their stored form. A row that already exists is not changed. Empty if
 * the rows of this kind are not stored.
 * @param rowOf returns the row with an id; it calls `make` if there is none yet.
 */
export function restoredRows(
  branch: BranchNode,
  { rows, readAt }: SnapshotBranch,
  rowOf: (id: string, make: () => ThingNode) => ThingNode,
): readonly ThingNode[] {
  const { kind, start } = listedIn(branch);
  const { memory } = kind;
  if (memory === undefined) return [];
  return rows.map(({ texts, at: asOf = readAt }) => {
    const from = { ...start(texts.id ?? texts.name), asOf };
    // The cast is safe: the type of `memory` covers every kind, and so promises only a `ThingRow`. The value of
    // `memory` belongs to just one kind of `ThingNode`, and restores only rows of that kind.
    return rowOf(from.id, () => memory.restore(texts, from) as ThingNode);
  });
}
