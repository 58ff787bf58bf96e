/** Reads what all writers' files have gained since the last time: whole lines only, each once. */
import { open } from 'node:fs/promises';
import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Clock } from '../model/clock';
import { type LedgerFile, LINE_END, ledgerFiles, ledgerFolder, unlessMissing } from './ledger-files';
import { parseLine } from './ledger-line';
import { isGone } from './liveness';
import type { RecordedEvent } from './operation';
import { fileErrorCode, type Problems } from './problems';

/** How often in a row an archive may take the place of files that are being read. */
const LISTINGS = 5;
const NOTHING = Buffer.alloc(0);
/** So many bytes are parsed in a few milliseconds; the thread is shared with other extensions. */
const SLICE = 128 * 1024;

export class LedgerReader {
  /** Bytes read of each file, by path. */
  readonly #offsets = new Map<string, number>();

  constructor(
    private readonly folder: string,
    private readonly clock: Clock,
    private readonly problems: Problems,
  ) {}

  /** What cannot be read is reported, and tried again the next time. */
  async read(): Promise<readonly RecordedEvent[]> {
    let events: readonly RecordedEvent[] = [];
    for (let listing = 0; listing < LISTINGS; listing++) {
      const files = await this.#readable(ledgerFolder(this.folder), ledgerFiles(this.folder), []);
      const gained = await Promise.all((files ?? []).map((file) => this.#gain(file)));
      events = events.concat(...gained.filter((gain) => gain !== undefined));
      if (files !== undefined && gained.every((gain) => gain !== undefined)) break;
    }
    return events;
  }

  /** Events of the lines that the file has gained; undefined when it is gone. */
  async #gain(file: LedgerFile): Promise<readonly RecordedEvent[] | undefined> {
    const from = this.#offsets.get(file.path) ?? 0;
    if (file.size <= from) return [];
    const reading = unlessMissing(readFrom(file.path, from, file.size));
    const found = await this.#readable(file.path, reading, NOTHING);
    if (found === undefined) return undefined;
    const end = found.lastIndexOf(LINE_END) + 1;
    this.#offsets.set(file.path, from + end);
    if (end < found.length) await this.#unfinishedLine(file, from + end);
    return this.#events(file, found.subarray(0, end), from);
  }

  async #readable<T>(path: string, reading: Promise<T>, otherwise: T): Promise<T> {
    try {
      return await reading;
    } catch (error) {
      const code = fileErrorCode(error);
      if (code === undefined) throw error;
      this.problems.report({ kind: 'unreadable', file: path, code });
      return otherwise;
    }
  }

  async #events(file: LedgerFile, bytes: Buffer, start: number): Promise<readonly RecordedEvent[]> {
    const events: RecordedEvent[] = [];
    let pause = SLICE;
    for (let from = 0; from < bytes.length; ) {
      if (from > pause) {
        await othersTurn();
        pause = from + SLICE;
      }
      const end = bytes.indexOf(LINE_END, from);
      const line = parseLine(bytes.toString('utf8', from, end));
      if ('event' in line) {
        events.push(line.event);
      } else if (line.problem === 'damaged') {
        this.problems.report({ kind: 'damaged-line', file: file.path, offset: start + from });
      } else {
        this.problems.report({ kind: 'unknown-version', version: line.version });
      }
      from = end + 1;
    }
    return events;
  }

  /** A line without its end is being written, or its writer died over it. */
  async #unfinishedLine({ path, writer, touchedAt }: LedgerFile, offset: number): Promise<void> {
    if (writer === undefined || (await isGone(writer, touchedAt, this.clock.now()))) {
      this.problems.report({ kind: 'damaged-line', file: path, offset });
    }
  }
}

async function readFrom(path: string, from: number, to: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const bytes = Buffer.alloc(to - from);
    const { bytesRead } = await file.read(bytes, 0, bytes.length, from);
    return bytes.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
