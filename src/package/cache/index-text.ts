/** Writes and reads the text of a folder's index file. */
import { createHash } from 'node:crypto';
import type { Hashed } from '../content/hashed';
import { compareUtf8 } from '../utf8-order';
import { RECIPE } from '../zip/compress';
import type { KnownEntry, KnownFile, KnownFolder, KnownZip } from './known-folder';

/**
 * Version of the index. Increase it after any change of the form below, of the order of the files, or of the
 * facts that are read from each file.
 */
const FORMAT = 4;
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

type EntryRow =
  /**
   * The entry of a file that is in `files` with the same content and executable bit. `place` is the file's
   * index in that list; it stands for the path and the facts about the content, which are not repeated.
   */
  | readonly [place: number, ...packed: PackedRow]
  | readonly [
      path: string,
      executable: boolean,
      crc32: number,
      size: number,
      sha256: string,
      ...packed: PackedRow,
    ];

type PackedRow = readonly [method: KnownEntry['method'], compressedSize: number, offset: number];

interface Content {
  readonly format: number;
  readonly recipe: number;
  readonly zlib: string | undefined;
  readonly files: readonly FileRow[];
  readonly zip?: Omit<KnownZip, 'entries'> & { readonly entries: readonly EntryRow[] };
}

/** The text of an index. Its first line is the SHA-256 of the rest, so that any damage is noticed. */
export function indexText(known: KnownFolder): string {
  const content: Content = {
    format: FORMAT,
    recipe: RECIPE,
    zlib: ZLIB,
    files: known.files.map(fileRow),
    ...(known.zip === undefined
      ? {}
      : { zip: { ...known.zip, entries: entryRows(known.zip.entries, known.files) } }),
  };
  const text = JSON.stringify(content);
  return `${sha256(text)}\n${text}`;
}

/**
 * Parses the text of an index. Undefined if the text is damaged or has another {@link FORMAT}: the loss only
 * costs time. A zip made by another version of zlib, or by another {@link RECIPE}, is left out.
 */
export function parseIndex(text: string): KnownFolder | undefined {
  const body = text.slice(text.indexOf('\n') + 1);
  if (text !== `${sha256(body)}\n${body}`) return undefined;
  const content = JSON.parse(body) as Content;
  if (content.format !== FORMAT) return undefined;
  const { zip } = content;
  const usable = zip !== undefined && content.recipe === RECIPE && content.zlib === ZLIB;
  const files = content.files.map(fileOf);
  return {
    files,
    ...(usable ? { zip: { ...zip, entries: zip.entries.map((row) => entryOf(row, files)) } } : {}),
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

/**
 * A row for each entry of a zip. Entries and files are both sorted by path, and mostly have the same paths.
 */
function entryRows(entries: readonly KnownEntry[], files: readonly KnownFile[]): readonly EntryRow[] {
  let place = 0;
  return entries.map((entry) => {
    const { path, executable, method, crc32, size, compressedSize, offset, sha256 } = entry;
    while (compareUtf8(files[place]?.entry.path ?? path, path) < 0) place += 1;
    return isEntryOf(files[place], entry)
      ? [place, method, compressedSize, offset]
      : [path, executable, crc32, size, sha256, method, compressedSize, offset];
  });
}

function isEntryOf(
  file: KnownFile | undefined,
  { path, executable, size, crc32, sha256 }: KnownEntry,
): boolean {
  return (
    file?.entry.path === path &&
    file.entry.executable === executable &&
    file.entry.size === size &&
    file.entry.crc32 === crc32 &&
    file.entry.sha256 === sha256
  );
}

function entryOf(row: EntryRow, files: readonly KnownFile[]): KnownEntry {
  if (row.length === 4) {
    const [place, method, compressedSize, offset] = row;
    const file = files[place];
    if (file === undefined) throw new Error(`the index has no file ${place}`);
    return { ...file.entry, method, compressedSize, offset };
  }
  const [path, executable, crc32, size, sha256, method, compressedSize, offset] = row;
  return { path, executable, crc32, size, sha256, method, compressedSize, offset };
}
