/** Reads a log while its page is on the screen, and tries again after a failure. */
import type { Clock } from '../../model/clock';
import { type Failure, failureOf } from '../../model/failure';
import type { LogSource } from '../../model/log-source';
import { sleepUntilAborted } from '../../model/waiting';
import { type KeptLine, KeptLines } from '../../view/pages/logs/kept-lines';

export type FollowState =
  | { readonly kind: 'reading' }
  | { readonly kind: 'following' }
  | { readonly kind: 'ended' }
  | { readonly kind: 'failed'; readonly failure: Failure };

export interface LogListener {
  /** Lines arrived. */
  added(lines: readonly KeptLine[]): void;
  /** {@link FollowedLog.state} or {@link KeptLines.since} has changed. */
  changed(): void;
}

/**
 * Milliseconds before a failed read is tried again; doubled after each further failure, up to `LONGEST_WAIT`.
 */
const FIRST_WAIT = 5_000;
const LONGEST_WAIT = 60_000;

export class FollowedLog {
  readonly lines = new KeptLines();
  private now: FollowState = { kind: 'reading' };
  /** Stops the current read. */
  private reading: AbortController | undefined;
  /** The previous read, which must end before the next one begins: a source allows one reader at a time. */
  private before: Promise<void> = Promise.resolve();
  private failures = 0;

  constructor(
    private readonly source: LogSource,
    private readonly clock: Clock,
    private readonly listener: LogListener,
  ) {}

  get state(): FollowState {
    return this.now;
  }

  /**
   * Begins to read, or continues where reading stopped. Does nothing while the log is read or the wait
   * after a failure runs, and nothing after the log has ended.
   */
  start(): void {
    if (this.reading !== undefined || this.now.kind === 'ended') return;
    const reading = new AbortController();
    this.reading = reading;
    this.before = this.before.then(() => this.read(reading.signal));
  }

  stop(): void {
    this.reading?.abort();
    this.reading = undefined;
  }

  /** Reads at once, without the wait after a failure. */
  tryAgain(): void {
    this.stop();
    this.start();
  }

  /** Never throws: a failure becomes the state. */
  private async read(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        for await (const batch of this.source.follow(signal)) {
          // Taken even after an abort: the source never yields these lines again.
          this.take(batch);
          if (signal.aborted) return;
        }
        if (!signal.aborted) this.become({ kind: 'ended' });
        return;
      } catch (thrown) {
        if (signal.aborted) return;
        this.failures += 1;
        this.become({ kind: 'failed', failure: failureOf(thrown) });
      }
      const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (this.failures - 1));
      await sleepUntilAborted(this.clock, wait, signal);
    }
  }

  private take(batch: Parameters<KeptLines['add']>[0]): void {
    this.failures = 0;
    const { since } = this.lines;
    const added = this.lines.add(batch);
    if (added.length > 0) this.listener.added(added);
    if (this.now.kind !== 'following' || this.lines.since !== since) this.become({ kind: 'following' });
  }

  private become(state: FollowState): void {
    this.now = state;
    this.listener.changed();
  }
}
