/** Watches one cluster while rows inside it are visible. */
import type { Clock } from '../../../model/clock';

/** Watches a cluster until `signal` aborts, and calls `changed` with each state that it sees. */
export type Watch<S> = (changed: (seen: S) => void, signal: AbortSignal) => void;

/**
 * Milliseconds between two redraws. In between, changes are gathered, since a rollout brings four of them a
 * second.
 */
const GATHER_MS = 750;

/** `S` is the state that the watch sees, such as the cluster's nodes or its workloads. */
export class ClusterSight<S> {
  private stop: AbortController | undefined;
  private seen: S | undefined;
  private gathering = false;
  /** True if the watch has brought a state that has not been passed on yet. */
  private isNews = false;
  private readonly waiting = new Set<() => void>();

  /**
   * @param changed called when {@link now} has changed, but not before the promise of the previous call
   * has settled.
   * @param failed called with the reason if the promise of `changed` is rejected; the next state is passed on
   * nevertheless.
   */
  constructor(
    private readonly watch: Watch<S>,
    private readonly clock: Clock,
    private readonly changed: (signal: AbortSignal) => Promise<void>,
    private readonly failed: (thrown: unknown) => void,
  ) {}

  /** The current state; undefined if no watch runs, and until the watch has brought a state. */
  get now(): S | undefined {
    return this.seen;
  }

  begin(): void {
    if (this.stop) return;
    const stop = new AbortController();
    this.stop = stop;
    this.watch((seen) => {
      if (!stop.signal.aborted) this.take(seen, stop.signal);
    }, stop.signal);
  }

  end(): void {
    this.stop?.abort();
    this.stop = undefined;
    this.seen = undefined;
    this.gathering = false;
    this.isNews = false;
  }

  /** Restarts the watch if it is running, so that requests that were denied are repeated at once. */
  again(): void {
    if (!this.stop) return;
    this.end();
    this.begin();
  }

  /**
   * Resolves with the state of the cluster as soon as the watch has brought one. Without a watch, the
   * promise stays pending until a watch begins.
   * @throws the reason of `signal` if it aborts
   */
  async first(signal: AbortSignal): Promise<S> {
    for (;;) {
      signal.throwIfAborted();
      if (this.seen) return this.seen;
      await new Promise<void>((resolve) => {
        const done = (): void => {
          this.waiting.delete(done);
          signal.removeEventListener('abort', done);
          resolve();
        };
        this.waiting.add(done);
        signal.addEventListener('abort', done);
      });
    }
  }

  private async gather(ms: number, signal: AbortSignal): Promise<void> {
    await this.clock.sleep(ms, signal);
    while (this.isNews) {
      this.isNews = false;
      await this.changed(signal).catch((thrown: unknown) => {
        signal.throwIfAborted();
        this.failed(thrown);
      });
      // If this watch has ended, `isNews` now tells about a later watch, which gathers its own changes.
      signal.throwIfAborted();
      if (this.isNews) await this.clock.sleep(GATHER_MS, signal);
    }
    this.gathering = false;
  }

  private take(seen: S, signal: AbortSignal): void {
    const isFirst = this.seen === undefined;
    this.seen = seen;
    if (isFirst) {
      for (const resolve of [...this.waiting]) resolve();
    }
    this.isNews = true;
    if (this.gathering) return;
    this.gathering = true;
    this.gather(isFirst ? 0 : GATHER_MS, signal).catch((thrown: unknown) => {
      // Nobody sees the rows of an aborted watch, so its failure does not matter.
      if (!signal.aborted) throw thrown;
    });
  }
}
