/**
 * Reads the lines that were added to the ledger's files since the last read. The files of this process's own
 * writer are read only the first time. An event that was merged into an archive is read again there.
 */
import type { Clock } from '../model/clock';
import { type LedgerFile, ledgerFiles, ledgerFolder, unlessMissing } from './ledger-files';
import { parseLine } from './ledger-line';
import { ledgerPieces, linesOf } from './ledger-pieces';
import { isGone } from './liveness';
import type { RecordedEvent } from './operation';
import { fileErrorCode, type Problems } from './problems';

/** One read lists the files at most this many times: it lists them again if an archive has replaced files meanwhile. */
const LISTINGS = 5;
/** At most this many damaged lines are reported for one file: a file of garbage has millions. */
const MOST_TOLD = 20;

export class LedgerReader {
  /** Number of bytes that were read from each file, by path. */
  private readonly offsets = new Map<string, number>();
  private readonly damagedLines = new Map<string, number>();
  private knowsOwn = false;

  constructor(
    private readonly folder: string,
    /**
     * Name of this process's writer. Its files are read only once, since the ledger itself keeps the events
     * that this process records later.
     */
    private readonly own: string,
    private readonly clock: Clock,
    private readonly problems: Problems,
  ) {}

  /** Reads the new events. A file that cannot be read is reported, and tried again at the next read. */
  async read(): Promise<readonly RecordedEvent[]> {
    let events: readonly RecordedEvent[] = [];
    for (let listing = 0; listing < LISTINGS; listing++) {
      const own = this.knowsOwn ? this.own : undefined;
      const files = await this.readable(ledgerFolder(this.folder), ledgerFiles(this.folder, own), []);
      const gained = await Promise.all((files ?? []).map((file) => this.gain(file)));
      events = events.concat(...gained.filter((gain) => gain !== undefined));
      if (files !== undefined && gained.every((gain) => gain !== undefined)) break;
    }
    this.knowsOwn = true;
    return events;
  }

  /** Events of the lines that were added to the file; undefined if the file no longer exists. */
  private async gain(file: LedgerFile): Promise<readonly RecordedEvent[] | undefined> {
    const from = this.offsets.get(file.path) ?? 0;
    if (file.size <= from) return [];
    const events: RecordedEvent[] = [];
    const reading = unlessMissing(this.parse(file, from, events));
    // If the file cannot be read, its size counts as the end of its last line: nothing is known about an
    // unfinished line.
    const end = await this.readable(file.path, reading, file.size);
    if (end === undefined) return undefined;
    if (end < file.size) await this.unfinishedLine(file, end);
    return events;
  }

  private async readable<T>(path: string, reading: Promise<T>, otherwise: T): Promise<T> {
    try {
      return await reading;
    } catch (error) {
      const code = fileErrorCode(error);
      if (code === undefined) throw error;
      this.problems.report({ kind: 'unreadable', file: path, code });
      return otherwise;
    }
  }

  /**
   * Adds the events from the offset `from` on to `events`. Returns the offset of an unfinished line, or the
   * end of the file if there is none.
   */
  private async parse(file: LedgerFile, from: number, events: RecordedEvent[]): Promise<number> {
    let end = from;
    for await (const piece of ledgerPieces(file.path, from, file.size)) {
      for (const { text, start } of linesOf(piece)) {
        const line = text === undefined ? ({ problem: 'damaged' } as const) : parseLine(text);
        if ('event' in line) events.push(line.event);
        else if (line.problem === 'damaged') this.damaged(file, start);
        else this.problems.report({ kind: 'unknown-version', version: line.version });
      }
      end = piece.end;
      this.offsets.set(file.path, end);
    }
    return end;
  }

  private damaged({ path }: LedgerFile, offset: number): void {
    const told = (this.damagedLines.get(path) ?? 0) + 1;
    this.damagedLines.set(path, told);
    if (told <= MOST_TOLD) this.problems.report({ kind: 'damaged-line', file: path, offset });
  }

  /**
   * Reports an unfinished line of an archive or of a writer that is gone; any other writer may still be
   * writing the line.
   */
  private async unfinishedLine({ path, writer, touchedAt }: LedgerFile, offset: number): Promise<void> {
    if (writer === undefined || (await isGone(writer, touchedAt, this.clock.now()))) {
      this.problems.report({ kind: 'damaged-line', file: path, offset });
    }
  }
}
