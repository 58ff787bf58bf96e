/** Writes one process's events to its own ledger files, in order. An event counts as written when it is on the disk. */
import type { Clock } from '../model/clock';
import { appendLines, ledgerPath, touch } from './ledger-files';
import { formatLine } from './ledger-line';
import { announcesRequest, type RecordedEvent } from './operation';
import { fileErrorCode, type Problems } from './problems';
import { markUnfinished, syncMarkers, unmark } from './unfinished';

/**
 * Size in bytes above which the writer begins another file, so that the full file can be merged while the
 * window stays open.
 */
const LARGEST = 2 ** 19;
/**
 * Milliseconds for which an event is held back if nobody waits for it, so that it shares a disk flush with the next
 * one.
 */
const LINGER_MS = 100;

interface Waiting {
  readonly event: RecordedEvent;
  /** Called with undefined when the event has been written, or with the disk's error code if this failed. */
  readonly settle: (refusal: string | undefined) => void;
}

export class LedgerWriter {
  private part = 0;
  private waiting: Waiting[] = [];
  /** Events that could not be written; none of them announces a request. The next flush tries again. */
  private kept: readonly RecordedEvent[] = [];
  private tail: Promise<void> = Promise.resolve();
  private lingers = false;
  /** A signal that is never aborted. Each writer has its own, since Node warns if a signal has many listeners. */
  private readonly never = new AbortController().signal;

  constructor(
    private readonly folder: string,
    private readonly writer: string,
    private readonly clock: Clock,
    private readonly problems: Problems,
  ) {}

  /**
   * Resolves when the event is on the disk; if it cannot be written, resolves with the disk's error code. Such an event
   * is kept and written later, unless it announces a request: the request must then never be sent.
   */
  write(event: RecordedEvent): Promise<string | undefined> {
    const written = this.add(event);
    this.enqueue(() => this.flush());
    return written;
  }

  /**
   * As {@link write}, but the event is held back until another event is written, for at most
   * {@link LINGER_MS}.
   */
  writeAlong(event: RecordedEvent): Promise<string | undefined> {
    const written = this.add(event);
    void this.linger();
    return written;
  }

  /**
   * Removes the marker file of an operation that has ended, so that Slipway does not take the operation for unfinished
   * at the next start.
   */
  async close(id: string): Promise<void> {
    await this.onDisk(() => unmark(this.folder, id));
  }

  /** Shows that this process lives, and tries again to write the events that could not be written. */
  async beat(): Promise<void> {
    this.enqueue(async () => {
      await this.onDisk(() => touch(this.path, this.clock.now()));
      await this.flush();
    });
    await this.tail;
  }

  private add(event: RecordedEvent): Promise<string | undefined> {
    return new Promise((settle) => {
      this.waiting.push({ event, settle });
    });
  }

  private async linger(): Promise<void> {
    if (this.lingers) return;
    this.lingers = true;
    await this.clock.sleep(LINGER_MS, this.never);
    this.lingers = false;
    this.enqueue(() => this.flush());
  }

  private enqueue(work: () => Promise<void>): void {
    this.tail = this.tail.then(work);
  }

  /** Writes all kept and waiting events together. */
  private async flush(): Promise<void> {
    const waiting = this.waiting.splice(0);
    const events = [...this.kept, ...waiting.map(({ event }) => event)];
    if (events.length === 0) return;
    let before = 0;
    const refusal = await this.onDisk(async () => {
      const opening = events.filter(({ type }) => type === 'planned' || type === 'watched');
      await markUnfinished(this.folder, [...new Set(opening.map(({ id }) => id))]);
      const lines = events.map(formatLine).join('');
      // Both at the same time, so that there is only one wait for the disk.
      const [appended, marked] = await Promise.allSettled([
        appendLines(this.path, lines, this.clock.now()),
        opening.length > 0 && syncMarkers(this.folder),
      ]);
      if (marked.status === 'rejected') throw marked.reason;
      if (appended.status === 'rejected') throw appended.reason;
      before = appended.value;
    });
    if (before > LARGEST) await this.onDisk(() => this.startOver());
    this.kept = refusal === undefined ? [] : events.filter((event) => !announcesRequest(event));
    if (refusal === undefined) this.problems.settle('unwritable');
    for (const { settle } of waiting) settle(refusal);
  }

  /**
   * Continues in the next file, which is created at once: its time of modification shows that this process
   * lives.
   */
  private async startOver(): Promise<void> {
    this.part += 1;
    await appendLines(this.path, '', this.clock.now());
  }

  private get path(): string {
    return ledgerPath(this.folder, this.writer, this.part);
  }

  private async onDisk(work: () => Promise<void>): Promise<string | undefined> {
    try {
      await work();
      return undefined;
    } catch (error) {
      const code = fileErrorCode(error) ?? String(error);
      this.problems.report({ kind: 'unwritable', file: this.path, code });
      return code;
    }
  }
}
