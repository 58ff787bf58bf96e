/** The sandbox's clock: processes that take minutes in AWS take seconds here, or exactly as long as a test decides. */
import type { SandboxClock } from './sandbox-service';

export class ScaledClock implements SandboxClock {
  private last = 0;
  private byHand = 0;

  /** @param scale simulated milliseconds per real millisecond; with 0 time passes only through {@link advance}. */
  constructor(
    private readonly scale: number,
    private readonly startedAt = performance.now(),
  ) {}

  now(): number {
    this.last = Math.max(this.last + 1, Date.now());
    return this.last;
  }

  elapsed(): number {
    return (performance.now() - this.startedAt) * this.scale + this.byHand;
  }

  /** Lets `ms` simulated milliseconds pass at once. */
  advance(ms: number): void {
    this.byHand += ms;
  }
}
