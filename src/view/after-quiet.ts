/** Does something once nothing more is heard of it for a while: not at every keystroke. */
import type { Clock } from '../model/clock';

export class AfterQuiet {
  private readonly waiting = new Map<string, AbortController>();

  /** @param quiet milliseconds. */
  constructor(
    private readonly clock: Clock,
    private readonly quiet: number,
  ) {}

  /** Of all that is asked for about one thing the latest alone is done. @param act Must not throw. */
  ask(about: string, act: () => void): void {
    this.drop(about);
    const control = new AbortController();
    this.waiting.set(about, control);
    this.clock.sleep(this.quiet, control.signal).then(
      () => {
        this.waiting.delete(about);
        act();
      },
      // Something newer was asked for, or nothing is wanted any more.
      () => undefined,
    );
  }

  drop(about: string): void {
    this.waiting.get(about)?.abort();
    this.waiting.delete(about);
  }

  dispose(): void {
    for (const about of [...this.waiting.keys()]) this.drop(about);
  }
}
