/** From rows of the tree to what is kept of them, with the time when they were read, and back. */
import { listedIn } from '../branches';
import { type BranchNode, type ThingNode, thingKindOf } from '../node';
import type { SnapshotBranch, SnapshotRow } from './snapshot';

/** What is kept of rows; nothing of rows inside a cluster. */
export function snapshotRows(rows: readonly ThingNode[]): readonly SnapshotRow[] {
  return rows.flatMap((row) => thingKindOf(row).memory?.keep(row) ?? []);
}

/**
 * The rows below a branch as they were. A row that is known already stays as it is.
 * @param rowOf gives the one row of an id, made by `make` where there is none yet.
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
    // The kind makes rows for this branch alone.
    return rowOf(from.id, () => memory.restore(texts, from) as ThingNode);
  });
}
