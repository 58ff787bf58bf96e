/**
 * Open streams of the Kubernetes APIs (watches, followed logs). While a stream is open, the sandbox's due
 * events are carried out even if no request arrives.
 */
import type { StreamSink } from '../../delivery';
import type { SandboxClock } from '../../sandbox-service';
import { MINUTE } from '../../timeline';

export interface OpenStream {
  /** Real seconds after which the server ends the stream. */
  readonly seconds: number;
  /** Whether the server cannot be reached now. */
  readonly isGone: () => boolean;
  /** Called when either side has ended the stream. */
  readonly left: () => void;
  /** Called when a simulated minute or more has passed since the stream began or since the last call. */
  readonly eachMinute: () => void;
}

/** Real milliseconds between two readings of the clock. */
const TICK_MS = 50;

export class OpenStreams {
  private readonly ticks = new Set<() => void>();
  private readonly ends = new Set<() => void>();
  private timer: NodeJS.Timeout | undefined;

  /** @param settle carries out the events that are due: while clients only watch, no request does this */
  constructor(
    private readonly clock: SandboxClock,
    private readonly settle: () => void,
  ) {}

  /** @returns a function to call when the connection has closed */
  open(sink: StreamSink, { seconds, isGone, left, eachMinute }: OpenStream): () => void {
    let told = this.clock.elapsed();
    const tick = (): void => {
      if (isGone()) sink.reset();
      else if (this.clock.elapsed() - told >= MINUTE) {
        told = this.clock.elapsed();
        eachMinute();
      }
    };
    const end = (): void => sink.end();
    const timeout = setTimeout(end, seconds * 1000);
    this.ticks.add(tick);
    this.ends.add(end);
    this.timer ??= setInterval(() => this.tick(), TICK_MS);
    return () => {
      clearTimeout(timeout);
      this.ticks.delete(tick);
      this.ends.delete(end);
      if (this.ticks.size === 0) {
        clearInterval(this.timer);
        this.timer = undefined;
      }
      left();
    };
  }

  /** Ends all streams. */
  close(): void {
    for (const end of [...this.ends]) end();
  }

  private tick(): void {
    this.settle();
    for (const tick of [...this.ticks]) tick();
  }
}
