/** Merges ledger files that are no longer written to into an archive, trimmed to what history and rollback need. */
import { open, readFile, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fold, isOpen } from './fold';
import { randomName } from './ids';
import {
  archivePath,
  type LedgerFile,
  ledgerFiles,
  ledgerFolder,
  namesIn,
  syncFolder,
  unlessMissing,
} from './ledger-files';
import { parseLine } from './ledger-line';
import { isGone } from './liveness';
import type { Operation, RecordedEvent } from './operation';
import type { LedgerProblem } from './problems';

const TEMPORARY = '.tmp';
/** A process that cannot be seen may sleep for a night and go on writing; its file is left alone that long. */
const SILENT_MS = 86_400_000;

export interface CompactionLimits {
  /** Files besides the largest archive, and their bytes, from which on merging them is worth while. */
  readonly files: number;
  readonly bytes: number;
  /** Bytes of finished operations to keep, newest first. */
  readonly archiveBytes: number;
  /** Succeeded operations to keep for each subject, however old. */
  readonly succeeded: number;
}

const LIMITS: CompactionLimits = { files: 16, bytes: 2 ** 20, archiveBytes: 8 * 2 ** 20, succeeded: 20 };

interface Line {
  readonly text: string;
  /** Absent: written by another version of Slipway, which may need it. */
  readonly event?: RecordedEvent;
}

/**
 * Merges the files that nobody writes to any more. Does nothing while there is little to merge, unless one of the
 * `problems` is a torn line there. The archive is complete on the disk before the files it was made of go; after a
 * crash between, both are there, and readers take each event once. `now`: epoch milliseconds.
 */
export async function compact(
  folder: string,
  now: number,
  problems: readonly LedgerProblem[],
  limits = LIMITS,
): Promise<void> {
  const files = (await ledgerFiles(folder)) ?? [];
  const isEnded = async ({ writer, part, touchedAt }: LedgerFile): Promise<boolean> =>
    writer === undefined ||
    files.some((other) => other.writer === writer && other.part > part) ||
    isGone(writer, touchedAt, now, SILENT_MS);
  const flags = await Promise.all(files.map(isEnded));
  const ended = files.filter((_, index) => flags[index]);
  if (!isDue(ended, problems, limits)) return;
  const lines = await linesOf(ended);
  const others = await linesOf(files.filter((file) => !ended.includes(file)));
  // Somebody else has merged them meanwhile.
  if (lines === undefined || others === undefined) return;
  await writeArchive(folder, kept(lines, others, limits));
  for (const { path } of ended) await unlessMissing(unlink(path));
}

function isDue(
  ended: readonly LedgerFile[],
  problems: readonly LedgerProblem[],
  limits: CompactionLimits,
): boolean {
  const archives = ended.filter(({ writer }) => writer === undefined).sort((a, b) => b.size - a.size);
  const left = ended.filter((file) => file !== archives[0]);
  const bytes = left.reduce((sum, { size }) => sum + size, 0);
  const isTorn = ({ path }: LedgerFile): boolean =>
    problems.some((problem) => problem.kind === 'damaged-line' && problem.file === path);
  return left.length > limits.files || bytes > limits.bytes || ended.some(isTorn);
}

/** Undefined when a file is gone. What is no line of any version is left out: the reader has reported it. */
async function linesOf(files: readonly LedgerFile[]): Promise<readonly Line[] | undefined> {
  const texts = await Promise.all(files.map(({ path }) => unlessMissing(readFile(path, 'utf8'))));
  if (texts.some((text) => text === undefined)) return undefined;
  const lines = texts.flatMap((text) => text?.split('\n').slice(0, -1) ?? []);
  return lines.flatMap((text): readonly Line[] => {
    const line = parseLine(text);
    if ('event' in line) return [{ text, event: line.event }];
    return line.problem === 'unknown-version' ? [{ text }] : [];
  });
}

/** Open operations, those that a living process still writes about, and as many finished ones as the limits allow. */
function kept(lines: readonly Line[], others: readonly Line[], limits: CompactionLimits): readonly string[] {
  const elsewhere = new Set(others.map(({ event }) => event?.id));
  const succeeded = new Map<string, number>();
  let bytes = 0;
  return newestFirst(lines).flatMap((group) => {
    const { operation } = fold(group.flatMap(({ event }) => event ?? []));
    const texts = [...new Set(group.map(({ text }) => text))];
    if (operation === undefined || isOpen(operation.state) || elsewhere.has(operation.id)) return texts;
    bytes += texts.reduce((sum, text) => sum + Buffer.byteLength(text) + 1, 0);
    const isForRollback =
      operation.state === 'succeeded' && counted(operation, succeeded) <= limits.succeeded;
    return bytes <= limits.archiveBytes || isForRollback ? texts : [];
  });
}

/** The lines of each operation; lines of other versions are a group of their own. */
function newestFirst(lines: readonly Line[]): readonly (readonly Line[])[] {
  const groups = new Map<string, Line[]>();
  for (const line of lines) {
    const id = line.event?.id ?? '';
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [line]);
    else group.push(line);
  }
  return [...groups].sort(([a], [b]) => (a < b ? 1 : -1)).map(([, group]) => group);
}

/** How many of the subject's operations have been counted, this one included. */
function counted({ subject }: Operation, counts: Map<string, number>): number {
  const key = JSON.stringify([subject.connectionId, ...subject.path]);
  const count = (counts.get(key) ?? 0) + 1;
  counts.set(key, count);
  return count;
}

async function writeArchive(folder: string, lines: readonly string[]): Promise<void> {
  const ledger = ledgerFolder(folder);
  for (const name of await namesIn(ledger)) {
    if (name.endsWith(TEMPORARY)) await unlessMissing(unlink(join(ledger, name)));
  }
  const path = archivePath(folder, randomName());
  const file = await open(path + TEMPORARY, 'wx', 0o600);
  try {
    await file.writeFile(lines.map((line) => `${line}\n`).join(''));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(path + TEMPORARY, path);
  await syncFolder(ledger);
}
