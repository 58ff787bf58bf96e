/** Acts once a subject has been quiet for a while, such as after typing and not at every keystroke. */
import type { Clock } from '../model/clock';

export class AfterQuiet {
  private readonly waiting = new Map<string, AbortController>();

  /** @param quiet milliseconds. */
  constructor(
    private readonly clock: Clock,
    private readonly quiet: number,
  ) {}

  /** Runs `act` after the quiet time, unless the subject is asked for again before. @param act Must not throw. */
  ask(subject: string, act: () => void): void {
    this.drop(subject);
    const control = new AbortController();
    this.waiting.set(subject, control);
    this.clock.sleep(this.quiet, control.signal).then(
      () => {
        this.waiting.delete(subject);
        act();
      },
      // Asked for again, or dropped.
      () => undefined,
    );
  }

  drop(subject: string): void {
    this.waiting.get(subject)?.abort();
    this.waiting.delete(subject);
  }

  dispose(): void {
    for (const subject of [...this.waiting.keys()]) this.drop(subject);
  }
}
