/** Compares a folder's manifest with the directory of a zip. */
import type { Manifest, ManifestEntry } from './manifest';
import type { ZipDirectory, ZipEntry } from './zip-read/far-zip';

/** The members of a file that are compared; entries of manifests and of zip directories both have them. */
type Compared = Pick<ManifestEntry, 'path' | 'size' | 'crc32'>;

/**
 * The result of a comparison. `removed` keeps the order of the zip, the other lists keep that of the
 * manifest.
 */
export interface Comparison<Now extends Compared = ManifestEntry> {
  /** Files that are only in the manifest. */
  readonly added: readonly Now[];
  readonly changed: readonly { readonly now: Now; readonly was: ZipEntry }[];
  /** Files that are only in the zip. */
  readonly removed: readonly ZipEntry[];
  readonly same: readonly Now[];
}

/**
 * Compares files of the same path by CRC-32 and size. Both can be forged, so the result is only for display
 * and proves nothing. Executable bits are not compared, because many tools do not write them. An encrypted
 * entry counts as changed, since its CRC may be meaningless.
 */
export function compareWithManifest<Now extends Compared>(
  { entries }: { readonly entries: readonly Now[] },
  directory: ZipDirectory,
): Comparison<Now> {
  const there = new Map(directory.entries.map((entry) => [entry.path, entry]));
  const added: Now[] = [];
  const changed: { now: Now; was: ZipEntry }[] = [];
  const same: Now[] = [];
  for (const now of entries) {
    const was = there.get(now.path);
    there.delete(now.path);
    if (was === undefined) added.push(now);
    else if (hasContentOf(was, now)) same.push(now);
    else changed.push({ now, was });
  }
  return { added, changed, removed: [...there.values()], same };
}

/**
 * Whether a zip's directory lists exactly the manifest's files, none twice and none encrypted, each with the
 * same size, CRC-32 and executable bit. Checked before an existing zip is used in place of a new upload.
 */
export function directoryMatches({ entries }: Manifest, directory: ZipDirectory): boolean {
  if (directory.duplicates !== undefined || directory.entries.length !== entries.length) return false;
  const there = new Map(directory.entries.map((entry) => [entry.path, entry]));
  return entries.every((now) => {
    const was = there.get(now.path);
    return was !== undefined && hasContentOf(was, now) && was.executable === now.executable;
  });
}

function hasContentOf(was: ZipEntry, now: Compared): boolean {
  return !was.encrypted && was.size === now.size && was.crc32 === now.crc32;
}
