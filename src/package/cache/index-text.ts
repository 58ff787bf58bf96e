/** How what is known of a folder stands in its index file. */
import { createHash } from 'node:crypto';
import type { Hashed } from '../pack/job';
import { RECIPE } from '../zip/compress';
import type { KnownEntry, KnownFile, KnownFolder, KnownZip } from './known-folder';

/** To be raised when the shape below changes, or the order of the files. */
const FORMAT = 2;
const ZLIB = process.versions.zlib;

type FileRow = readonly [
  path: string,
  stat: readonly [
    size: number,
    modified: number,
    changed: number,
    inode: number,
    device: number,
    executable: boolean,
  ],
  sha256: string,
  crc32: number,
  racy: boolean,
  ...found: [] | [Hashed['secrets'], Hashed['loads']],
];

type EntryRow = readonly [
  path: string,
  executable: boolean,
  method: KnownEntry['method'],
  crc32: number,
  size: number,
  compressedSize: number,
  offset: number,
  sha256: string,
];

interface Content {
  readonly format: number;
  readonly recipe: number;
  readonly zlib: string | undefined;
  readonly files: readonly FileRow[];
  readonly zip?: Omit<KnownZip, 'entries'> & { readonly entries: readonly EntryRow[] };
}

/** The first line is the SHA-256 of the rest, so that a damaged index is noticed as a whole. */
export function indexText(known: KnownFolder): string {
  const content: Content = {
    format: FORMAT,
    recipe: RECIPE,
    zlib: ZLIB,
    files: known.files.map(fileRow),
    ...(known.zip === undefined ? {} : { zip: { ...known.zip, entries: known.zip.entries.map(entryRow) } }),
  };
  const text = JSON.stringify(content);
  return `${sha256(text)}\n${text}`;
}

/**
 * Undefined for a text that is damaged or of another version of Slipway: it only costs time, so it is thrown away
 * silently. A zip that another zlib or another recipe has made is left out.
 */
export function parseIndex(text: string): KnownFolder | undefined {
  const body = text.slice(text.indexOf('\n') + 1);
  if (text !== `${sha256(body)}\n${body}`) return undefined;
  const content = JSON.parse(body) as Content;
  if (content.format !== FORMAT) return undefined;
  const { zip } = content;
  const usable = zip !== undefined && content.recipe === RECIPE && content.zlib === ZLIB;
  return {
    files: content.files.map(fileOf),
    ...(usable ? { zip: { ...zip, entries: zip.entries.map(entryOf) } } : {}),
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function fileRow({ stat, entry, racy, secrets, loads }: KnownFile): FileRow {
  const { size, modifiedMs, changedMs, inode, device, executable } = stat;
  const times = [size, modifiedMs, changedMs, inode, device, executable] as const;
  const found: [] | [Hashed['secrets'], Hashed['loads']] =
    secrets.length + loads.length > 0 ? [secrets, loads] : [];
  return [entry.path, times, entry.sha256, entry.crc32, racy, ...found];
}

function fileOf([path, stat, sha256, crc32, racy, secrets = [], loads = []]: FileRow): KnownFile {
  const [size, modifiedMs, changedMs, inode, device, executable] = stat;
  return {
    stat: { size, modifiedMs, changedMs, inode, device, executable },
    entry: { path, size, executable, sha256, crc32 },
    racy,
    secrets,
    loads,
  };
}

function entryRow({
  path,
  executable,
  method,
  crc32,
  size,
  compressedSize,
  offset,
  sha256,
}: KnownEntry): EntryRow {
  return [path, executable, method, crc32, size, compressedSize, offset, sha256];
}

function entryOf([
  path,
  executable,
  method,
  crc32,
  size,
  compressedSize,
  offset,
  sha256,
]: EntryRow): KnownEntry {
  return { path, executable, method, crc32, size, compressedSize, offset, sha256 };
}
