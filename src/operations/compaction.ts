/**
 * Merges the ledger files to which no process writes any more into one archive, and reduces the archive to what
 * history and rollback need.
 */
import { open, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as othersTurn } from 'node:timers/promises';
import { getOrMake } from '../model/cache';
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
import { ledgerPieces, linesOf } from './ledger-pieces';
import { isGone } from './liveness';
import type { Operation, RecordedEvent } from './operation';
import type { LedgerProblem } from './problems';

const TEMPORARY = '.tmp';
/**
 * If a file's process cannot be observed, the file is left alone for this many milliseconds after the process's last
 * sign of life: the process may sleep for a night and then continue to write.
 */
const SILENT_MS = 86_400_000;

export interface CompactionLimits {
  /**
   * Files are merged if there are more than `files`, or if they have more than `bytes` bytes; the largest archive does
   * not count.
   */
  readonly files: number;
  readonly bytes: number;
  /** Finished operations are kept up to this many bytes, newest first. */
  readonly archiveBytes: number;
  /** Number of succeeded operations that are kept for each subject, however old. */
  readonly succeeded: number;
}

const LIMITS: CompactionLimits = { files: 16, bytes: 2 ** 20, archiveBytes: 8 * 2 ** 20, succeeded: 20 };

/**
 * Number of operations that are processed, or written, before other code gets a turn: a millisecond or two of
 * work, even while the JavaScript engine has not compiled this code yet.
 */
const SLICE = 50;

/** The lines of one operation, each once, and their events. */
interface Group {
  readonly texts: Set<string>;
  readonly events: RecordedEvent[];
}

/**
 * Lines by the id of their operation. Lines of another version of Slipway, which may still need them, have the empty
 * id.
 */
type Groups = ReadonlyMap<string, Group>;

/**
 * Merges the files that nobody writes to any more. Does nothing while there is little to merge, unless one of
 * the `problems` is a damaged line in these files. The archive is complete on the disk before the merged
 * files are deleted; after a crash between these two steps, the archive and the merged files both exist, and
 * readers use each event once. `now`: epoch milliseconds.
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
  const groups = await unlessMissing(groupsIn(ended));
  const others = await unlessMissing(groupsIn(files.filter((file) => !ended.includes(file))));
  // Another process has merged the files in the meantime.
  if (groups === undefined || others === undefined) return;
  await writeArchive(folder, await kept(groups, new Set(others.keys()), limits));
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

/**
 * The lines of the files, grouped by operation. Damaged lines are left out: the reader has reported them.
 * @throws `ENOENT` when a file is gone.
 */
async function groupsIn(files: readonly LedgerFile[]): Promise<Groups> {
  const groups = new Map<string, Group>();
  for (const { path, size } of files) {
    for await (const piece of ledgerPieces(path, 0, size)) {
      for (const { text } of linesOf(piece)) if (text !== undefined) addLine(groups, text);
    }
  }
  return groups;
}

function addLine(groups: Map<string, Group>, text: string): void {
  const line = parseLine(text);
  if ('problem' in line && line.problem === 'damaged') return;
  const event = 'event' in line ? line.event : undefined;
  const id = event?.id ?? '';
  const group = getOrMake(groups, id, (): Group => ({ texts: new Set(), events: [] }));
  group.texts.add(text);
  // The plan is dropped to save memory: it is the largest part of the event, `texts` contains it too, and it does
  // not decide whether the operation is kept.
  if (event !== undefined) group.events.push(event.type === 'planned' ? { ...event, plan: null } : event);
}

/**
 * The lines that are kept, newest operation first: those of open operations, those of operations about which
 * a living process still writes, those of as many finished operations as the limits allow, and lines from
 * which no operation can be built, such as those of another version of Slipway.
 */
async function kept(
  groups: Groups,
  elsewhere: ReadonlySet<string>,
  limits: CompactionLimits,
): Promise<readonly string[]> {
  const succeeded = new Map<string, number>();
  const texts: string[] = [];
  let bytes = 0;
  const newestFirst = [...groups].sort(([a], [b]) => (a < b ? 1 : -1));
  for (const [index, [id, group]] of newestFirst.entries()) {
    if (index % SLICE === 0) await othersTurn();
    const { operation } = fold(group.events);
    const text = [...group.texts].map((line) => `${line}\n`).join('');
    if (operation !== undefined && !isOpen(operation.state) && !elsewhere.has(id)) {
      bytes += Buffer.byteLength(text);
      const isForRollback =
        operation.state === 'succeeded' && counted(operation, succeeded) <= limits.succeeded;
      if (bytes > limits.archiveBytes && !isForRollback) continue;
    }
    texts.push(text);
  }
  return texts;
}

/** Counts the operation; returns how many of its subject's operations have been counted so far. */
function counted({ subject }: Operation, counts: Map<string, number>): number {
  const key = JSON.stringify([subject.connectionId, ...subject.path]);
  const count = (counts.get(key) ?? 0) + 1;
  counts.set(key, count);
  return count;
}

async function writeArchive(folder: string, texts: readonly string[]): Promise<void> {
  const ledger = ledgerFolder(folder);
  for (const name of await namesIn(ledger)) {
    if (name.endsWith(TEMPORARY)) await unlessMissing(unlink(join(ledger, name)));
  }
  const path = archivePath(folder, randomName());
  const file = await open(path + TEMPORARY, 'wx', 0o600);
  try {
    for (let from = 0; from < texts.length; from += SLICE) {
      await file.appendFile(texts.slice(from, from + SLICE).join(''));
    }
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(path + TEMPORARY, path);
  await syncFolder(ledger);
}
