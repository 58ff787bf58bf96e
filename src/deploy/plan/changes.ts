/** Which files a deployment adds, changes and removes. */
import type { Failure } from '../../model/failure';

/** A file as manifests and zip directories both have it. */
export interface ComparedFile {
  readonly path: string;
  readonly size: number;
  readonly crc32: number;
}

export interface ChangedFile {
  readonly path: string;
  /** Absent for a removed file. */
  readonly size?: number;
  /** Absent for an added file. */
  readonly previousSize?: number;
}

export type Changes =
  | {
      readonly kind: 'known';
      readonly added: readonly ChangedFile[];
      readonly changed: readonly ChangedFile[];
      readonly removed: readonly ChangedFile[];
      readonly unchanged: number;
    }
  /** The cluster has no code so far: every file is added. */
  | { readonly kind: 'first'; readonly files: number }
  /** Nobody looked. */
  | { readonly kind: 'not-compared' }
  /** The deployed zip is gone, forbidden or damaged. */
  | { readonly kind: 'unreadable'; readonly failure: Failure };

/** Each list in the order of `after`, what was removed in that of `before`. */
export function changesBetween(before: readonly ComparedFile[], after: readonly ComparedFile[]): Changes {
  const known = new Map(before.map((file) => [file.path, file]));
  const kept = new Set(after.map(({ path }) => path));
  const pairs = after.map((file) => ({ file, previous: known.get(file.path) }));
  const added = pairs
    .filter(({ previous }) => previous === undefined)
    .map(({ file: { path, size } }) => ({ path, size }));
  const changed = pairs.flatMap(({ file, previous }) =>
    previous === undefined || sameContent(file, previous)
      ? []
      : [{ path: file.path, size: file.size, previousSize: previous.size }],
  );
  const removed = before
    .filter(({ path }) => !kept.has(path))
    .map(({ path, size }) => ({ path, previousSize: size }));
  const unchanged = after.length - added.length - changed.length;
  return { kind: 'known', added, changed, removed, unchanged };
}

/** Zips made by other tools may not know the executable bit: it does not count. */
function sameContent(a: ComparedFile, b: ComparedFile): boolean {
  return a.size === b.size && a.crc32 === b.crc32;
}
