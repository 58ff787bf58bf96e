/** The difference between the entries of two manifests, which is sent in place of all entries. */
import type { ManifestEntry } from '../manifest';
import { compareUtf8 } from '../utf8-order';

/**
 * At index `at` of the earlier manifest, `removed` entries are replaced by the next `added` of {@link
 * ManifestDelta.entries}. The indexes of the splices ascend.
 */
export interface Splice {
  readonly at: number;
  readonly removed: number;
  readonly added: number;
}

export interface ManifestDelta {
  readonly splices: readonly Splice[];
  /** The added entries of all splices, in their order. */
  readonly entries: readonly ManifestEntry[];
}

type Entries = readonly ManifestEntry[];

/**
 * The difference of two manifests. Entries are equal only if they are the same object; others with the same path count
 * as changed.
 */
export function manifestDelta(before: Entries, now: Entries): ManifestDelta {
  const splices: Splice[] = [];
  const entries: ManifestEntry[] = [];
  let old = 0;
  let next = 0;
  while (old < before.length || next < now.length) {
    const at = old;
    const added = entries.length;
    for (
      let order = orderOf(before[old], now[next]);
      order !== 'same';
      order = orderOf(before[old], now[next])
    ) {
      const entry = now[next];
      if (order !== 'removed' && entry !== undefined) {
        entries.push(entry);
        next += 1;
      }
      if (order !== 'added') old += 1;
    }
    if (old > at || entries.length > added)
      splices.push({ at, removed: old - at, added: entries.length - added });
    old += 1;
    next += 1;
  }
  return { splices, entries };
}

function orderOf(
  old: ManifestEntry | undefined,
  next: ManifestEntry | undefined,
): 'same' | 'removed' | 'added' | 'replaced' {
  if (old === next) return 'same';
  if (next === undefined) return 'removed';
  if (old === undefined) return 'added';
  const order = compareUtf8(old.path, next.path);
  if (order === 0) return 'replaced';
  return order < 0 ? 'removed' : 'added';
}

/** The later manifest's entries, built from the earlier ones and the difference. */
export function applyDelta(before: Entries, { splices, entries }: ManifestDelta): Entries {
  const parts: Entries[] = [];
  let old = 0;
  let taken = 0;
  for (const { at, removed, added } of splices) {
    parts.push(before.slice(old, at), entries.slice(taken, taken + added));
    old = at + removed;
    taken += added;
  }
  return [...parts, before.slice(old)].flat();
}
