/**
 * Watches of node groups' nodes and pods while their updates are followed. A watch ends when no poll has asked for it
 * for a while.
 */
import type { DrainWatch, WatchedNodes } from '../../drain/ports';
import { changedState, interruptedState, type WatchState } from '../../drain/watch-state';
import type { Clock } from '../../model/clock';
import { sleepUntilAborted } from '../../model/waiting';
import type { Subject } from '../../operations/operation';

export interface ClusterWatchesOptions {
  /** Opens the watch of a subject's cluster. */
  readonly open: (subject: Subject) => Promise<DrainWatch>;
  readonly clock: Clock;
}

interface Watch {
  readonly stop: AbortController;
  askedAt: number;
  seen: WatchState;
}

/**
 * A watch ends if no poll has asked for it for this many milliseconds: longer than the longest wait between
 * two polls.
 */
const IDLE_MS = 5 * 60_000;
/**
 * Milliseconds that a caller waits for the first lists of nodes and pods, and between two checks for them.
 */
const [FIRST_MS, LOOK_MS] = [10_000, 250];
/** Milliseconds between two tries to open a watch. */
const REOPEN_MS = 60_000;

export class ClusterWatches {
  private readonly watches = new Map<string, Watch>();

  constructor(private readonly options: ClusterWatchesOptions) {}

  /**
   * The present state of the subject's watch. If there is no watch, starts to open one. Never throws or
   * waits.
   */
  seen(subject: Subject): WatchState {
    const key = keyOf(subject);
    const watch = this.watches.get(key) ?? this.begin(key, subject);
    watch.askedAt = this.options.clock.now();
    return watch.seen;
  }

  /**
   * As {@link seen}, but waits a limited time for the first lists if nothing is known yet.
   * @throws cancellation
   */
  async firstSeen(subject: Subject, signal: AbortSignal): Promise<WatchState> {
    const { clock } = this.options;
    const givesUpAt = clock.now() + FIRST_MS;
    for (;;) {
      const seen = this.seen(subject);
      if (seen.watched || seen.problem || clock.now() >= givesUpAt) return seen;
      await clock.sleep(LOOK_MS, signal);
    }
  }

  end(subject: Subject): void {
    this.endOf(keyOf(subject));
  }

  dispose(): void {
    for (const key of [...this.watches.keys()]) this.endOf(key);
  }

  private endOf(key: string): void {
    this.watches.get(key)?.stop.abort();
    this.watches.delete(key);
  }

  private begin(key: string, subject: Subject): Watch {
    const watch: Watch = { stop: new AbortController(), askedAt: 0, seen: {} };
    this.watches.set(key, watch);
    void this.run(watch, subject);
    void this.endWhenIdle(key, watch);
    return watch;
  }

  private async run(watch: Watch, subject: Subject): Promise<void> {
    const { clock, open } = this.options;
    const interrupted = (thrown: unknown): void => {
      watch.seen = interruptedState(watch.seen, thrown, clock.now());
    };
    const changed = (watched: WatchedNodes): void => {
      watch.seen = changedState(watch.seen, watched);
    };
    const { signal } = watch.stop;
    while (!signal.aborted) {
      try {
        const opened = await open(subject);
        if (!signal.aborted) opened.watch(subject.path[1], { changed, interrupted }, signal);
        return;
      } catch (thrown) {
        interrupted(thrown);
        await sleepUntilAborted(clock, REOPEN_MS, signal);
      }
    }
  }

  private async endWhenIdle(key: string, watch: Watch): Promise<void> {
    const { clock } = this.options;
    while (!watch.stop.signal.aborted) {
      await sleepUntilAborted(clock, IDLE_MS, watch.stop.signal);
      if (clock.now() - watch.askedAt >= IDLE_MS) this.endOf(key);
    }
  }
}

function keyOf({ connectionId, path }: Subject): string {
  return JSON.stringify([connectionId, ...path]);
}
