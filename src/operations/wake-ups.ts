/**
 * Watches that make the next poll of an operation come earlier. The operation's state comes from polls alone,
 * and polls also take place without a watch.
 */
import type { Follower, Operation } from './operation';

interface WakeUp {
  readonly connectionId: string;
  readonly stop: AbortController;
}

export class WakeUps {
  private readonly open = new Map<string, WakeUp>();

  /**
   * Begins to watch the operation, unless the follower has no `watch` or already watches the operation. The
   * tracker begins a watch after a poll that shows the operation still going on, and ends it after a poll that
   * fails.
   */
  async begin(operation: Operation, follower: Follower, changed: () => void): Promise<void> {
    const { id, subject } = operation;
    if (follower.watch === undefined || this.open.has(id)) return;
    const stop = new AbortController();
    this.open.set(id, { connectionId: subject.connectionId, stop });
    try {
      await follower.watch(operation, changed, stop.signal);
    } catch {
      // The failure is not reported here: the next poll meets the same problem and reports it. After a poll that is
      // answered, another watch begins.
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

  /** Ends the watches of all operations but these. */
  keep(ids: ReadonlySet<string>): void {
    for (const id of this.open.keys()) if (!ids.has(id)) this.end(id);
  }
}
