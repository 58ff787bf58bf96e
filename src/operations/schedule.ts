/**
 * Decides when each operation is polled: evenly, within the rate limit, and rarely while polls fail or bring
 * nothing new.
 */

import { getOrMake } from '../model/cache';
import type { SteadyClock } from '../model/clock';
import type { Failure } from '../model/failure';
import type { Follower, Operation } from './operation';
import { PausedConnections } from './paused-connections';
import { afterAnswer, afterFailure, isNetwork, type PollInterval } from './poll-interval';
import { PollRateLimiter } from './poll-rate-limiter';

/** One operation that is followed. Times are those of the schedule's clock. */
export interface Follow {
  readonly id: string;
  readonly connectionId: string;
  readonly follower: Follower;
  readonly interval: PollInterval;
  readonly addedAt: number;
  isLooking: boolean;
  /** True if the user asked for a poll, which then comes before all others. */
  isAskedFor: boolean;
  /** True if something may have changed since the last poll began, so that its result may be out of date. */
  isOutdated: boolean;
  lastLookAt?: number;
  nextAt: number;
  failures: number;
  problem?: Failure;
  /**
   * When an answer of AWS last contained a new fact. Before the first such answer: when the request was
   * accepted or sent, or the operation was created, whichever of these is known and comes last.
   */
  newsAt: number;
}

export interface ScheduleOptions {
  readonly clock: SteadyClock;
  /** Requests per second for each service. */
  readonly rate: number;
  readonly interval: PollInterval;
  /**
   * Milliseconds between two polls of the operation while polls succeed; undefined: `baseMs` of `interval`.
   */
  readonly baseMsOf?: (operation: Operation) => number | undefined;
  /** A number from 0 to 1. */
  readonly random: () => number;
}

export class Schedule {
  private readonly follows = new Map<string, Follow>();
  private readonly limiters = new Map<string, PollRateLimiter>();
  private readonly paused = new PausedConnections();
  /** Used while no poll reaches AWS: the time of the next try, and the number of tries that have failed. */
  private probe = { at: 0, failures: 0 };

  constructor(private readonly options: ScheduleOptions) {}

  get(id: string): Follow | undefined {
    return this.follows.get(id);
  }

  all(): readonly Follow[] {
    return [...this.follows.values()];
  }

  add(operation: Operation, follower: Follower): void {
    const { clock, interval, baseMsOf } = this.options;
    const now = clock.now();
    const { observedAt, acceptedAt, sentAt, createdAt } = operation;
    this.follows.set(operation.id, {
      id: operation.id,
      connectionId: operation.subject.connectionId,
      follower,
      interval: { ...interval, baseMs: baseMsOf?.(operation) ?? interval.baseMs },
      addedAt: now,
      isLooking: false,
      isAskedFor: false,
      isOutdated: false,
      nextAt: now,
      failures: 0,
      newsAt: clock.at(observedAt ?? acceptedAt ?? sentAt ?? createdAt),
    });
  }

  remove(id: string): void {
    this.follows.delete(id);
  }

  limiterOf(service: string): PollRateLimiter {
    const { rate, clock } = this.options;
    return getOrMake(this.limiters, service, () => new PollRateLimiter(rate, clock));
  }

  /**
   * The operations to poll now, at most one for each free turn; marks their polls as begun. An operation for
   * which the user asked comes first, then the one that was polled least recently: when turns are scarce,
   * each of n operations gets every n-th turn.
   */
  takeDue(): readonly Follow[] {
    const now = this.options.clock.now();
    const taken: Follow[] = [];
    const waiting = this.all().filter((follow) => !follow.isLooking);
    for (const follow of waiting.sort((a, b) => rank(a) - rank(b))) {
      if (this.dueAt(follow) > now || this.limiterOf(follow.follower.service).freeAt > now) continue;
      this.limiterOf(follow.follower.service).take();
      this.paused.trying(follow.connectionId, now);
      if (this.isOffline()) this.probe = { ...this.probe, at: now + this.options.interval.backOffMs };
      follow.isLooking = true;
      follow.isAskedFor = false;
      follow.isOutdated = false;
      follow.lastLookAt = now;
      taken.push(follow);
    }
    return taken;
  }

  /** When the next poll may be due; infinite while no operation waits for a poll. */
  wakeAt(): number {
    const times = this.all()
      .filter((follow) => !follow.isLooking)
      .map((follow) => this.nextLookAt(follow));
    return Math.min(Number.POSITIVE_INFINITY, ...times);
  }

  /** The earliest time of the operation's next poll; polls of many other operations may come before it. */
  nextLookAt(follow: Follow): number {
    return Math.max(this.dueAt(follow), this.limiterOf(follow.follower.service).freeAt);
  }

  /** Records that AWS answered the poll. `isNews`: the answer contained something that was not known. */
  answered(follow: Follow, isNews: boolean): void {
    const now = this.options.clock.now();
    if (isNews) follow.newsAt = now;
    delete follow.problem;
    follow.failures = 0;
    this.resume(follow.connectionId);
    this.reached();
    // The next poll is due one turn early, so that losing one turn to another operation does not delay the poll.
    const { spacingMs } = this.limiterOf(follow.follower.service);
    const wait = afterAnswer(follow.interval, now - follow.newsAt) - spacingMs;
    follow.nextAt = follow.isOutdated ? now : Math.max(now, (follow.lastLookAt ?? now) + wait);
  }

  /** Records that the poll failed. Returns true if the user has to be asked for credentials. */
  failed(follow: Follow, failure: Failure): boolean {
    const now = this.options.clock.now();
    const { interval, random } = this.options;
    follow.problem = failure;
    follow.failures += 1;
    follow.nextAt = now + afterFailure(follow.interval, failure, follow.failures, random());
    if (failure.kind === 'credentials') {
      return this.paused.refused(follow.connectionId, follow.lastLookAt ?? now, now);
    }
    if (!isNetwork(failure)) {
      this.reached();
    } else if (this.isOffline()) {
      const failures = this.probe.failures + 1;
      this.probe = { at: now + afterFailure(interval, failure, failures, random()), failures };
    }
    return false;
  }

  /** Ends the pause of a connection, if there is one, and makes its operations due at once. */
  resume(connectionId: string): void {
    const now = this.options.clock.now();
    if (this.paused.tryAt(connectionId) === undefined) return;
    this.paused.resume(connectionId, now);
    for (const follow of this.all()) {
      if (follow.connectionId === connectionId) follow.nextAt = now;
    }
  }

  /**
   * Called when something may have changed. If polls succeed, the operation's next poll takes the first free
   * turn; a poll that is running now does not count as the next. Returns true if this call has made a poll due
   * earlier.
   */
  hasten(follow: Follow): boolean {
    const now = this.options.clock.now();
    follow.isOutdated = true;
    if (follow.isLooking || follow.problem !== undefined || follow.nextAt <= now) return false;
    follow.nextAt = now;
    return true;
  }

  /**
   * Makes the operation due before all others, since the user wants a poll now; ends its connection's pause.
   */
  askFor(follow: Follow): void {
    this.resume(follow.connectionId);
    follow.isAskedFor = true;
  }

  private dueAt(follow: Follow): number {
    if (follow.isAskedFor) return 0;
    const tryAt = this.paused.tryAt(follow.connectionId);
    return tryAt ?? (this.isOffline() ? this.probe.at : follow.nextAt);
  }

  /**
   * Returns true if the last poll of every operation failed because of the network. Operations of paused
   * connections do not count; returns false if there are no others.
   */
  private isOffline(): boolean {
    const tried = this.all().filter(({ connectionId }) => this.paused.tryAt(connectionId) === undefined);
    return tried.length > 0 && tried.every(({ problem }) => isNetwork(problem));
  }

  /**
   * Called when a poll has reached AWS. If the last poll of another operation failed because of the network,
   * that operation becomes due at once.
   */
  private reached(): void {
    if (this.probe.failures === 0) return;
    this.probe = { at: 0, failures: 0 };
    const now = this.options.clock.now();
    for (const follow of this.all()) {
      if (isNetwork(follow.problem)) follow.nextAt = now;
    }
  }
}

function rank({ isAskedFor, lastLookAt, addedAt }: Follow): number {
  return isAskedFor ? Number.NEGATIVE_INFINITY : (lastLookAt ?? addedAt);
}
