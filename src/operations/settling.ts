/** Makes a single poll for an operation that is no longer watched, and records its end if the poll shows it. */
import type { Clock } from '../model/clock';
import type { Ledger } from './ledger';
import type { Follower } from './operation';
import { pollOnce } from './poll-once';

export interface SettlingParts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly followerOf: (kind: string) => Follower | undefined;
  /** Awaited before each request of a poll: limits the rate of requests to the service. */
  readonly turn: (service: string, signal: AbortSignal) => Promise<void>;
}

export class Settling {
  private readonly ids = new Set<string>();
  private readonly looks = new Set<AbortController>();

  constructor(private readonly parts: SettlingParts) {}

  /** Returns true while the operation is being polled. */
  has(id: string): boolean {
    return this.ids.has(id);
  }

  /**
   * Polls the operation once, and records its end if the poll shows it. Does nothing unless the operation's
   * state is `unwatched` and its kind has a follower.
   * @throws the failure of the poll
   */
  async settle(id: string): Promise<void> {
    this.ids.add(id);
    const look = new AbortController();
    this.looks.add(look);
    try {
      await this.lookOnce(id, look);
    } finally {
      this.looks.delete(look);
      this.ids.delete(id);
    }
  }

  stop(): void {
    for (const look of this.looks) look.abort();
  }

  private async lookOnce(id: string, look: AbortController): Promise<void> {
    const { clock, ledger, followerOf, turn } = this.parts;
    const operation = ledger.operation(id);
    const follower = operation && followerOf(operation.kind);
    if (operation?.state !== 'unwatched' || follower === undefined) return;
    const nextRequest = (): Promise<void> => turn(follower.service, look.signal);
    await nextRequest();
    const observation = await pollOnce(operation, follower, clock, look, nextRequest);
    if (observation.state === 'going-on' || observation.outcome.state === 'unknown') return;
    await ledger.refresh();
    // Another window may watch the operation again, or may have recorded its end.
    if (ledger.operation(id)?.state !== 'unwatched') return;
    await ledger.record(id, { type: 'ended', outcome: observation.outcome });
  }
}
