/** One cluster, watched while rows of what is inside of it can be seen. */
import type { Clock } from '../../../model/clock';

/** Watches until `signal` aborts. */
export type Watch<S> = (changed: (seen: S) => void, signal: AbortSignal) => void;

/** Milliseconds between two drawings of what has changed: a rollout brings changes four times a second. */
const GATHER_MS = 750;

/** `S`: what is seen, such as its nodes, or its workloads. */
export class ClusterSight<S> {
  private stop: AbortController | undefined;
  private seen: S | undefined;
  private gathering = false;
  /** Whether something has come that was not passed on. */
  private isNews = false;
  private readonly waiting = new Set<() => void>();

  /** @param changed told that there is something new in {@link now}; not again before what it does is done */
  constructor(
    private readonly watch: Watch<S>,
    private readonly clock: Clock,
    private readonly changed: (signal: AbortSignal) => Promise<void>,
  ) {}

  /** What is seen by now; undefined while there is nothing to say yet. */
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

  /** Watches anew, so that what was denied is tried at once. */
  again(): void {
    if (!this.stop) return;
    this.end();
    this.begin();
  }

  /** Resolves when there is something to say: as long as nobody watches, there is not. */
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
      await this.changed(signal);
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
      // Nobody looks any more.
      if (!signal.aborted) throw thrown;
    });
  }
}
