/**
 * Reads a file only if it does not change during the read: same inode, size and times before and after, and as many
 * bytes as its size.
 */

import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  realpathSync,
  type Stats,
} from 'node:fs';
import { codeOf, refuse } from '../refusal';

/**
 * The facts that show whether a file was changed or replaced. Times are epoch milliseconds with the system's
 * own fractions.
 */
export interface FileStat {
  readonly size: number;
  readonly modifiedMs: number;
  readonly changedMs: number;
  readonly inode: number;
  readonly device: number;
  /** True if the file's owner may execute the file; always false on systems without such a bit. */
  readonly executable: boolean;
}

/** A file as the walk found it. `path`: in the zip; `place`: on disk, with links resolved. */
export interface DiskFile {
  readonly path: string;
  readonly place: string;
  readonly stat: FileStat;
}

export function fileStat(stats: Stats): FileStat {
  return {
    size: stats.size,
    modifiedMs: stats.mtimeMs,
    changedMs: stats.ctimeMs,
    inode: stats.ino,
    device: stats.dev,
    executable: (stats.mode & 0o100) !== 0,
  };
}

export function sameStat(a: FileStat, b: FileStat): boolean {
  return (
    a.size === b.size &&
    a.modifiedMs === b.modifiedMs &&
    a.changedMs === b.changedMs &&
    a.inode === b.inode &&
    a.device === b.device &&
    a.executable === b.executable
  );
}

// Windows has neither flag: there, only the comparison of inodes notices that a link has replaced the file.
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Opens a file, lets `use` read it, and checks that it did not change meanwhile. Refuses with `file-changing` if it
 * changed, disappeared or became a link, and with `file-unreadable` if the system denies the read.
 */
export function whileSteady<T>(file: DiskFile, use: (descriptor: number, stat: FileStat) => T): T {
  const descriptor = open(file);
  try {
    const before = fstatSync(descriptor);
    if (!before.isFile()) throw changing(file);
    const stat = fileStat(before);
    if (stat.inode !== file.stat.inode || stat.device !== file.stat.device) refuseStranger(file, stat);
    const result = use(descriptor, stat);
    if (!sameStat(stat, fileStat(fstatSync(descriptor)))) throw changing(file);
    return result;
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Fills `target` with the content of a file that has not changed since the walk found it and does not
 * change during the read. Faster than {@link whileSteady}, since it needs one stat and not two. Returns
 * false for any other file; {@link whileSteady} then finds out why.
 */
export function readAsFound(file: DiskFile, target: Uint8Array): boolean {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file.place, FLAGS);
    const count = readSync(descriptor, target, 0, target.length, 0);
    return count === file.stat.size && sameStat(file.stat, fileStat(fstatSync(descriptor)));
  } catch (error) {
    codeOf(error);
    return false;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/**
 * Fills `target` from `position` on; refuses with `file-changing` if the file ends before `target` is
 * full.
 */
export function readFully(file: DiskFile, descriptor: number, target: Uint8Array, position: number): void {
  for (let filled = 0; filled < target.length; ) {
    const count = read(file, descriptor, target, filled, position + filled);
    if (count === 0) throw changing(file);
    filled += count;
  }
}

export function changing(file: DiskFile): Error {
  return refuse('file-changing', { path: file.path });
}

function open(file: DiskFile): number {
  try {
    return openSync(file.place, FLAGS);
  } catch (error) {
    const code = codeOf(error);
    // Since the walk, the file was deleted or replaced by a link or a folder, or a folder above it was replaced by a
    // file.
    if (['ENOENT', 'ELOOP', 'EMLINK', 'ENOTDIR', 'ENXIO'].includes(code)) throw changing(file);
    throw refuse('file-unreadable', { path: file.path, code }, error);
  }
}

function read(
  file: DiskFile,
  descriptor: number,
  target: Uint8Array,
  offset: number,
  position: number,
): number {
  try {
    return readSync(descriptor, target, offset, target.length - offset, position);
  } catch (error) {
    throw refuse('file-unreadable', { path: file.path, code: codeOf(error) }, error);
  }
}

/**
 * Called if the opened file is not the file that the walk found. An editor may replace a file by renaming a
 * new one to the same name: this is no reason to refuse. Refuses with `file-changing` if the opened file no
 * longer is at its path, or a folder above it has become a link.
 */
function refuseStranger(file: DiskFile, stat: FileStat): void {
  try {
    const there = lstatSync(file.place);
    if (
      realpathSync.native(file.place) === file.place &&
      there.ino === stat.inode &&
      there.dev === stat.device
    )
      return;
  } catch (error) {
    throw refuse('file-changing', { path: file.path, code: codeOf(error) }, error);
  }
  throw changing(file);
}
