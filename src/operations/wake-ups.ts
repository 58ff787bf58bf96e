/** Watches that say when to look at operations before it would be time: a poll stays what decides, and comes anyway. */
import type { Follower, Operation } from './operation';

interface WakeUp {
  readonly connectionId: string;
  readonly stop: AbortController;
}

export class WakeUps {
  private readonly open = new Map<string, WakeUp>();

  /** Watches where the follower can and nothing does yet: for the time from a look that was answered to one that was not. */
  async begin(operation: Operation, follower: Follower, changed: () => void): Promise<void> {
    const { id, subject } = operation;
    if (follower.watch === undefined || this.open.has(id)) return;
    const stop = new AbortController();
    this.open.set(id, { connectionId: subject.connectionId, stop });
    try {
      await follower.watch(operation, changed, stop.signal);
    } catch {
      // A look comes upon what is wrong, and tells it. The next one that is answered tries this again.
      if (!stop.signal.aborted) this.end(id);
    }
  }

  end(id: string): void {
    this.open.get(id)?.stop.abort();
    this.open.delete(id);
  }

  endOf(connectionId: string): void {
    for (const [id, wakeUp] of this.open) if (wakeUp.connectionId === connectionId) this.end(id);
  }

  /** Ends all but those of these operations. */
  keep(ids: ReadonlySet<string>): void {
    for (const id of this.open.keys()) if (!ids.has(id)) this.end(id);
  }
}
