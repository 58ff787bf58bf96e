/** Follows every operation that AWS works on until it ends: one poller for all of them, in one window at a time. */

import { type Clock, SteadyClock } from '../model/clock';
import { type CredentialsFailure, type Failure, failureOf } from '../model/failure';
import { present } from '../model/present';
import { sleepUntilAborted } from '../model/waiting';
import { isOpen } from './fold';
import { FollowingRight } from './following-right';
import { Housekeeping } from './housekeeping';
import type { Lease } from './lease';
import type { Ledger } from './ledger';
import { Listeners } from './listeners';
import type { Follower, Operation } from './operation';
import { POLL_INTERVAL, type PollInterval } from './poll-interval';
import { pollOnce, writeObservation } from './poll-once';
import { refuse } from './refusal';
import { ReportOnce } from './report-once';
import { type Follow, Schedule, type ScheduleOptions } from './schedule';
import { Settling } from './settling';
import { WakeUps } from './wake-ups';

/**
 * Milliseconds between two reads of the ledger: `IDLE_MS` without open operations, otherwise `REFRESH_MS`.
 */
const IDLE_MS = 10_000;
const REFRESH_MS = 2_000;

export interface TrackerOptions {
  readonly ledger: Ledger;
  readonly lease: Lease;
  readonly followers: readonly Follower[];
  readonly clock: Clock;
  /** Requests per second for each service; 2 when absent. */
  readonly rate?: number;
  readonly interval?: Partial<PollInterval>;
  readonly baseMsOf?: ScheduleOptions['baseMsOf'];
  /** Returns a number from 0 to 1, which spreads the polls after a failure. */
  readonly random?: () => number;
  /**
   * Work that is done at intervals, for all windows, by the window that follows operations: `resume` and
   * `compact`.
   */
  readonly housekeeping?: (signal: AbortSignal) => Promise<void>;
  /**
   * Called when a connection's credentials are refused, and again only after they have worked, or
   * {@link Tracker.resumeConnection} or {@link Tracker.lookNow} was called.
   */
  readonly onCredentials: (connectionId: string, failure: CredentialsFailure) => void;
  /** Called when a poll has found that an operation has ended; in only one of the windows. */
  readonly onEnded?: (operation: Operation) => void;
  /**
   * Called when following itself, the housekeeping or the poll of {@link Tracker.settle} fails, e.g. with the
   * refusal `lease-unavailable` (facts: code). Called only once if the same work fails in the same way several
   * times in a row.
   */
  readonly onProblem?: (failure: Failure) => void;
}

/** How one operation is being followed. Times are epoch milliseconds. */
export interface FollowStatus {
  readonly lastLookAt?: number;
  /** The next poll does not come before this time. */
  readonly nextLookAt: number;
  /** Why the last poll gave no result. Refusals: `no-answer` (facts: ms), `no-follower` (facts: kind). */
  readonly problem?: Failure;
  /** Milliseconds since an answer of AWS last contained news. */
  readonly silentForMs: number;
}

export interface Tracker {
  start(): void;
  /**
   * Starts the tracker if necessary, and makes the operation due at once. Before that, an operation whose end
   * is not known, or that is `planned` and does not wait for a click, becomes `watching`. Resolves when this
   * is recorded.
   * @throws refusal `no-follower` (facts: kind), with nothing recorded
   */
  watch(id: string): Promise<void>;
  /**
   * Stops following an operation that was sent; does nothing for any other. AWS continues with the changes
   * that it accepted.
   */
  stopWatching(id: string): Promise<void>;
  /**
   * Makes a single poll for an operation that is no longer watched, and records its end if AWS shows it. The
   * operation is not followed, and nobody is notified.
   */
  settle(id: string): Promise<void>;
  /**
   * Asks for a poll of an operation before all others, if this window is the one that follows operations.
   * Resolves without waiting for the poll.
   */
  lookNow(id: string): Promise<void>;
  /** Called when the user has logged in again or wants another try: ends the connection's pause. */
  resumeConnection(connectionId: string): void;
  /** How an operation is being followed; undefined if this window does not follow it. */
  status(id: string): FollowStatus | undefined;
  /**
   * Calls the listener after each poll, with the operation's id. Returns the function that removes the
   * listener.
   */
  onDidChange(listener: (id: string) => void): () => void;
  /** Stops following. Resolves when nothing runs any longer and another window may take over. */
  stop(): Promise<void>;
}

export function createTracker(options: TrackerOptions): Tracker {
  return new PollingTracker(options);
}

class PollingTracker implements Tracker {
  private readonly clock: SteadyClock;
  private readonly schedule: Schedule;
  private readonly changed = new Listeners<string>();
  /** Polls, watches and other work that has begun and not ended; {@link stop} waits for it. */
  private readonly work = new Set<Promise<void>>();
  private readonly looks = new Set<AbortController>();
  private readonly settling: Settling;
  private readonly wakeUps = new WakeUps();
  private readonly reportOnce: ReportOnce;
  private readonly right: FollowingRight;
  private readonly housekeeping: Housekeeping;
  private running: { readonly stop: AbortController; readonly loop: Promise<void> } | undefined;
  private sleep = new AbortController();
  private refreshedAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly options: TrackerOptions) {
    const { rate = 2, random = Math.random, baseMsOf, onProblem } = options;
    this.clock = new SteadyClock(options.clock);
    this.reportOnce = new ReportOnce((failure) => onProblem?.(failure));
    this.right = new FollowingRight(options.lease, this.clock, this.reportOnce);
    this.housekeeping = new Housekeeping(options.housekeeping, this.clock, this.reportOnce);
    this.schedule = new Schedule({
      clock: this.clock,
      rate,
      random,
      interval: { ...POLL_INTERVAL, ...options.interval },
      ...present({ baseMsOf }),
    });
    this.settling = new Settling({
      ledger: options.ledger,
      clock: options.clock,
      followerOf: (kind) => this.followerOf(kind),
      turn: (service, signal) => this.schedule.limiterOf(service).turn(signal),
    });
  }

  start(): void {
    if (this.running !== undefined) return;
    const stop = new AbortController();
    const unlisten = this.options.ledger.onDidChange(() => this.sleep.abort());
    this.running = { stop, loop: this.run(stop.signal).finally(unlisten) };
  }

  async stop(): Promise<void> {
    const running = this.running;
    if (running === undefined) return;
    running.stop.abort();
    this.sleep.abort();
    for (const look of this.looks) look.abort();
    this.settling.stop();
    await running.loop;
    this.wakeUps.keep(new Set());
    await Promise.all(this.work);
    await this.right.release();
    this.running = undefined;
  }

  async watch(id: string): Promise<void> {
    const { ledger } = this.options;
    const operation = ledger.operation(id);
    const isOver = operation?.state === 'unwatched' || operation?.state === 'unknown';
    if (isOver || (operation?.state === 'planned' && operation.paused === undefined)) {
      if (this.followerOf(operation.kind) === undefined) throw noFollower(operation.kind);
      await ledger.record(id, { type: 'watched' });
    }
    this.start();
    await this.lookNow(id);
  }

  async stopWatching(id: string): Promise<void> {
    const { ledger } = this.options;
    await ledger.refresh();
    const operation = ledger.operation(id);
    const wasSent = operation?.state === 'running' && operation.sentAt !== undefined;
    if (wasSent || operation?.state === 'watching') {
      await ledger.record(id, { type: 'ended', outcome: { state: 'unwatched' } });
    }
  }

  async settle(id: string): Promise<void> {
    if (this.settling.has(id)) return;
    const settling = this.reportOnce.attempt('settling', () => this.settling.settle(id));
    this.spawn(settling.then(() => undefined));
    await settling;
  }

  async lookNow(id: string): Promise<void> {
    await this.options.ledger.refresh();
    const follow = this.schedule.get(id);
    if (follow !== undefined) this.schedule.askFor(follow);
    this.sleep.abort();
  }

  resumeConnection(connectionId: string): void {
    this.schedule.resume(connectionId);
    this.sleep.abort();
  }

  status(id: string): FollowStatus | undefined {
    const follow = this.schedule.get(id);
    if (follow === undefined) return undefined;
    const { lastLookAt, problem, newsAt } = follow;
    const clock = this.clock;
    return {
      ...(lastLookAt !== undefined && { lastLookAt: clock.wallTimeAt(lastLookAt) }),
      nextLookAt: clock.wallTimeAt(this.schedule.nextLookAt(follow)),
      ...present({ problem }),
      silentForMs: clock.now() - newsAt,
    };
  }

  onDidChange(listener: (id: string) => void): () => void {
    return this.changed.add(listener);
  }

  private async run(signal: AbortSignal): Promise<void> {
    const clock = this.clock;
    while (!signal.aborted) {
      // Created before the round, so that an event during the round ends the sleep that follows the round.
      this.sleep = new AbortController();
      await this.reportOnce.attempt('following', () => this.round(signal));
      const refreshAt = this.refreshedAt + (this.isIdle() ? IDLE_MS : REFRESH_MS);
      const wakeAt = Math.min(refreshAt, this.schedule.wakeAt());
      if (!signal.aborted) await sleepUntilAborted(clock, wakeAt - clock.now(), this.sleep.signal);
    }
  }

  private async round(signal: AbortSignal): Promise<void> {
    const { ledger } = this.options;
    const clock = this.clock;
    if (clock.now() - this.refreshedAt >= REFRESH_MS) {
      this.refreshedAt = clock.now();
      await ledger.refresh();
    }
    if (this.isIdle()) await this.right.release();
    const mayFollow = !this.isIdle() && (await this.mayFollow());
    if (mayFollow) this.spawn(this.housekeeping.run(signal));
    else this.housekeeping.startOver();
    this.choose(mayFollow ? ledger.operations().filter(({ state }) => state === 'watching') : []);
    for (const follow of this.schedule.takeDue()) this.spawn(this.look(follow, signal));
  }

  private isIdle(): boolean {
    return !this.options.ledger.operations().some(({ state }) => isOpen(state));
  }

  private mayFollow(): Promise<boolean> {
    return this.housekeeping.isDue() ? this.right.holds() : this.right.heldLately();
  }

  /** Follows exactly these operations from now on. */
  private choose(operations: readonly Operation[]): void {
    const ids = new Set(operations.map(({ id }) => id));
    this.wakeUps.keep(ids);
    for (const { id } of this.schedule.all()) {
      if (!ids.has(id)) this.schedule.remove(id);
    }
    for (const operation of operations) {
      if (this.schedule.get(operation.id) === undefined) {
        this.schedule.add(operation, this.followerOf(operation.kind) ?? nobody(operation.kind));
      }
    }
  }

  private followerOf(kind: string): Follower | undefined {
    return this.options.followers.find((follower) => follower.kind === kind);
  }

  private async look(follow: Follow, signal: AbortSignal): Promise<void> {
    const { clock, ledger } = this.options;
    const look = new AbortController();
    this.looks.add(look);
    try {
      const operation = ledger.operation(follow.id);
      if (operation === undefined) throw new Error(`the operation ${follow.id} is not in the ledger`);
      const nextRequest = (): Promise<void> =>
        this.schedule.limiterOf(follow.follower.service).turn(look.signal);
      const observation = await pollOnce(operation, follow.follower, clock, look, nextRequest);
      const holds = (): Promise<boolean> => this.right.holds();
      const isNews = await writeObservation(follow.id, observation, { ...this.options, holds });
      this.schedule.answered(follow, isNews);
      if (observation.state === 'going-on' && !signal.aborted) this.wakeBy(operation, follow);
    } catch (thrown) {
      if (!signal.aborted) this.failed(follow, failureOf(thrown));
    }
    this.looks.delete(look);
    follow.isLooking = false;
    this.changed.tell(follow.id);
    this.sleep.abort();
  }

  /**
   * Watches the operation, so that it is polled again as soon as something changes. The next round ends the watches of
   * operations that have ended or that another window follows.
   */
  private wakeBy(operation: Operation, follow: Follow): void {
    const changed = (): void => {
      if (this.schedule.hasten(follow)) this.sleep.abort();
    };
    this.spawn(this.wakeUps.begin(operation, follow.follower, changed));
  }

  private failed(follow: Follow, failure: Failure): void {
    // The watches of the connection's other operations need the same credentials.
    if (failure.kind === 'credentials') this.wakeUps.endOf(follow.connectionId);
    this.wakeUps.end(follow.id);
    const isToAsk = this.schedule.failed(follow, failure);
    if (isToAsk && failure.kind === 'credentials') this.options.onCredentials(follow.connectionId, failure);
  }

  private spawn(work: Promise<void>): void {
    this.work.add(work);
    void work.finally(() => this.work.delete(work));
  }
}

const noFollower = (kind: string): Error => refuse('no-follower', { kind });

/**
 * The follower for kinds of operations that only another version of Slipway knows: every poll is refused, so the
 * operations stay open.
 */
const nobody = (kind: string): Follower => ({
  kind,
  service: '',
  poll: () => Promise.reject(noFollower(kind)),
});
