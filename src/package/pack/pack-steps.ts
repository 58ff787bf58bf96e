/**
 * Divides a zip's files, in the zip's order, into runs that can be copied from the earlier zip and
 * files that are packed.
 */
import type { KnownEntry } from '../cache/known-folder';
import type { FoundFile } from '../walk/walk';
import { LARGEST_WHOLE, PIECE } from '../zip/compress';
import { localHeaderLength } from '../zip/layout';
import { MOST_FILES } from './job';

export type PackStep =
  /** Neighbouring entries of the earlier zip, as one run of bytes. */
  | {
      readonly kind: 'copy';
      readonly entries: readonly KnownEntry[];
      readonly start: number;
      readonly length: number;
    }
  /** Small files: at most {@link MOST_FILES}, and together at most 1 MiB, or a single file of up to 2 MiB. */
  | { readonly kind: 'files'; readonly files: readonly FoundFile[] }
  /**
   * The beginning of a large file: the file is hashed, and room is left for its header, which is written
   * after its pieces.
   */
  | { readonly kind: 'large'; readonly file: FoundFile }
  /** A piece of the large file. */
  | {
      readonly kind: 'piece';
      readonly file: FoundFile;
      readonly start: number;
      readonly length: number;
      readonly isLast: boolean;
    };

const BATCH = 1024 * 1024;

/** Whether a file is packed in pieces. */
function isLarge({ stat }: FoundFile): boolean {
  return stat.size > LARGEST_WHOLE;
}

/**
 * @param entryOf returns the earlier zip's entry with the same path and content, but with the file's present
 * executable bit; undefined if there is none
 */
export function* packSteps(
  files: readonly FoundFile[],
  entryOf: (file: FoundFile, place: number) => KnownEntry | undefined,
): Generator<PackStep> {
  let run: Run = { items: [], bytes: 0 };
  for (const [place, file] of files.entries()) {
    const item = { file, entry: entryOf(file, place) };
    if (!joins(run, item)) {
      yield* stepsOfRun(run);
      run = { items: [], bytes: 0 };
    }
    run.items.push(item);
    run.bytes += file.stat.size;
  }
  yield* stepsOfRun(run);
}

interface Item {
  readonly file: FoundFile;
  readonly entry: KnownEntry | undefined;
}

/** Neighbouring files that are handled together: entries to copy, small files, or one large file. */
interface Run {
  readonly items: Item[];
  bytes: number;
}

function joins({ items, bytes }: Run, { file, entry }: Item): boolean {
  const last = items.at(-1);
  if (last === undefined) return true;
  if (last.entry !== undefined || entry !== undefined)
    return last.entry !== undefined && endOf(last.entry) === entry?.offset;
  if (isLarge(last.file) || isLarge(file)) return false;
  return items.length < MOST_FILES && bytes + file.stat.size <= BATCH;
}

function endOf(entry: KnownEntry): number {
  return entry.offset + localHeaderLength(entry) + entry.compressedSize;
}

function* stepsOfRun({ items }: Run): Generator<PackStep> {
  const [first] = items;
  if (first === undefined) return;
  if (first.entry !== undefined) {
    const entries = items.flatMap(({ entry }) => entry ?? []);
    const last = entries.at(-1) ?? first.entry;
    yield { kind: 'copy', entries, start: first.entry.offset, length: endOf(last) - first.entry.offset };
  } else if (isLarge(first.file)) {
    yield { kind: 'large', file: first.file };
    yield* piecesOf(first.file);
  } else {
    yield { kind: 'files', files: items.map(({ file }) => file) };
  }
}

function* piecesOf(file: FoundFile): Generator<PackStep> {
  for (let start = 0; start < file.stat.size; start += PIECE) {
    const length = Math.min(PIECE, file.stat.size - start);
    yield { kind: 'piece', file, start, length, isLast: start + length === file.stat.size };
  }
}
