/** The files of the ledger's folder, and durable writes to them. */
import { type FileHandle, mkdir, open, readdir, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { present } from '../model/present';
import { fileErrorCode } from './problems';

const ENDING = '.jsonl';
const ARCHIVE = 'archive-';
/**
 * Appended to an incomplete line, so that it is never parsed as an event. A line that lacks only its line
 * break must not count either, since the caller was told that it could not be written.
 */
const TORN = '#torn\n';

/** A ledger file, as found in the folder. */
export interface LedgerFile {
  readonly path: string;
  /** Undefined for an archive, which nobody writes to. */
  readonly writer?: string;
  /**
   * Number of the file among those of its writer, from 0. The writer writes only to the file with the highest
   * number.
   */
  readonly part: number;
  readonly size: number;
  /** The file's time of modification, epoch milliseconds: the writer's last sign of life in this file. */
  readonly touchedAt: number;
}

/**
 * Path of a ledger file of `writer`. `part` numbers the writer's files from 0: when a file has grown large,
 * the writer begins the next one.
 */
export function ledgerPath(folder: string, writer: string, part: number): string {
  return join(ledgerFolder(folder), (part === 0 ? writer : `${writer}.${part}`) + ENDING);
}

/** The path of the archive with this name. */
export function archivePath(folder: string, name: string): string {
  return join(ledgerFolder(folder), ARCHIVE + name + ENDING);
}

export function ledgerFolder(folder: string): string {
  return join(folder, 'ledger');
}

/**
 * All files of the ledger except those of the writer `without`; empty for a folder that does not exist.
 * Undefined if a file was removed during the listing.
 */
export async function ledgerFiles(
  folder: string,
  without?: string,
): Promise<readonly LedgerFile[] | undefined> {
  const names = (await namesIn(ledgerFolder(folder))).filter((name) => name.endsWith(ENDING));
  const others = names.filter((name) => without === undefined || writerOf(name) !== without);
  const files = others.map((name) => ledgerFile(folder, name));
  const found = (await Promise.all(files)).filter((file) => file !== undefined);
  return found.length === files.length ? found : undefined;
}

async function ledgerFile(folder: string, name: string): Promise<LedgerFile | undefined> {
  const path = join(ledgerFolder(folder), name);
  const found = await unlessMissing(stat(path));
  if (found === undefined) return undefined;
  const [, part = '0'] = name.slice(0, -ENDING.length).split('.');
  const file = { path, part: Number(part), size: found.size, touchedAt: found.mtimeMs };
  return { ...file, ...present({ writer: writerOf(name) }) };
}

function writerOf(name: string): string | undefined {
  return name.startsWith(ARCHIVE) ? undefined : name.slice(0, -ENDING.length).split('.')[0];
}

/**
 * Appends whole lines, and returns when they are on the disk. If an earlier write failed in the middle of a
 * line, as on a full disk, that line is ended first, so that no other line is lost. `now` (epoch milliseconds)
 * becomes the file's time of modification: the writer's sign of life. Returns the size that the file had
 * before the call.
 */
export async function appendLines(path: string, lines: string, now: number): Promise<number> {
  const file = await openMaking(path, 'a+');
  let size: number;
  try {
    ({ size } = await file.stat());
    await file.appendFile((await endsInLine(file, size)) ? lines : TORN + lines);
    await Promise.all([file.datasync(), file.utimes(now / 1000, now / 1000)]);
  } finally {
    await file.close();
  }
  if (size === 0) await syncFolder(dirname(path));
  return size;
}

/** Opens a file for appending, and creates it and its folder if they do not exist. */
export async function openMaking(path: string, flags: 'a' | 'a+'): Promise<FileHandle> {
  const opened = await unlessMissing(open(path, flags, 0o600));
  if (opened !== undefined) return opened;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  return open(path, flags, 0o600);
}

/**
 * Records a sign of life as the file's time of modification. Does nothing if the file does not exist yet.
 */
export async function touch(path: string, now: number): Promise<void> {
  await unlessMissing(utimes(path, now / 1000, now / 1000));
}

/**
 * Flushes a folder's list of names to the disk, so that new files stay after a power failure. Windows has no
 * call for this and needs none.
 */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Names in a folder; empty for a folder that does not exist. */
export async function namesIn(path: string): Promise<readonly string[]> {
  return (await unlessMissing(readdir(path))) ?? [];
}

/** The result of a file operation; undefined if the file or folder does not exist. */
export async function unlessMissing<T>(operation: Promise<T>): Promise<T | undefined> {
  try {
    return await operation;
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function endsInLine(file: FileHandle, size: number): Promise<boolean> {
  if (size === 0) return true;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] === LINE_END;
}

/** The byte that ends a line. */
export const LINE_END = 0x0a;
