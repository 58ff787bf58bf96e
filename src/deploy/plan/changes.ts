/** Which files a deployment adds, changes and removes. */
import type { Failure } from '../../model/failure';
import { compareWithManifest, type ZipDirectory, type ZipEntry } from '../../package/zip-directory';

/** The members by which both manifests and zip directories describe a file. */
export type ComparedFile = Pick<ZipEntry, 'path' | 'size' | 'crc32'>;

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
  /** There is no earlier code: every file is added. */
  | { readonly kind: 'first'; readonly files: number }
  /** The new code was not compared with the deployed zip, or the result was not kept with the plan. */
  | { readonly kind: 'not-compared' }
  /** The zip that is deployed, or the zip to deploy, is gone or damaged, or may not be read. */
  | { readonly kind: 'unreadable'; readonly zip: 'deployed' | 'next'; readonly failure: Failure };

export type KnownChanges = Extract<Changes, { readonly kind: 'known' }>;

/**
 * The changes from the zip `before` to the files `after`. `removed` keeps the order of the zip, the other
 * lists keep the order of `after`.
 */
export function changesBetween(before: ZipDirectory, after: readonly ComparedFile[]): KnownChanges {
  const { added, changed, removed, same } = compareWithManifest({ entries: after }, before);
  return {
    kind: 'known',
    added: added.map(({ path, size }) => ({ path, size })),
    changed: changed.map(({ now, was }) => ({ path: now.path, size: now.size, previousSize: was.size })),
    removed: removed.map(({ path, size }) => ({ path, previousSize: size })),
    unchanged: same.length,
  };
}
