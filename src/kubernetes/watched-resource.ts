/**
 * All objects of one resource, kept up to date: first by a list, then by a watch. A watch that ends is resumed; if it
 * cannot be resumed, a new list precedes the next watch.
 */

import { type Failure, failed, failureOf } from '../model/failure';
import { backOff, sleepUntilAborted } from '../model/waiting';
import type { ObjectReader } from './answers/object';
import type { ClusterCaller } from './cluster-caller';
import { NO_ANSWER } from './exchange';
import { listAll } from './list';
import type { Resource } from './request';
import { PASSING, watchOnce } from './watch-stream';

export interface WatchListener<T> {
  /** The objects may have changed, or only {@link WatchedResource.heardAt} has. */
  changed(): void;
  /** The objects cannot be read, or watches report nothing, for this reason. The watch continues to try. */
  interrupted(thrown: unknown): void;
  /**
   * Called when an object has changed or no longer exists; with undefined after a list, since any object may
   * have changed.
   */
  touched?(object: T | undefined): void;
}

/**
 * Milliseconds. The wait after a watch that did not work is `FIRST_WAIT_MS` plus a random part. The limit
 * of that part doubles with each failure in a row, up to `LONGEST_WAIT_MS`.
 */
const [FIRST_WAIT_MS, LONGEST_WAIT_MS] = [1_000, 30_000];
/** Milliseconds until the next try after a failure that a person has to correct, such as a missing right. */
const REST_MS = 120_000;
/** Milliseconds between two of the lists that replace watches if watches report nothing. */
const POLL_MS = 30_000;
/** After this many watches have fallen silent without an event in between, lists replace watches. */
const MUTE_WATCHES = 2;
/** After this many lists in place of a watch, a watch is tried again. */
const POLLS = 20;
/** Milliseconds after which a watch counts as working, even without events. */
const LONG_LIFE_MS = 60_000;
/** The listener is told after this many temporary failures in a row: one broken connection does not matter. */
const TOLD_FROM = 2;

export class WatchedResource<T extends { readonly uid: string }> {
  private readonly objects = new Map<string, T>();
  /** The copy that {@link known} has returned; undefined if an object has changed since then. */
  private copy: ReadonlyMap<string, T> | undefined;
  /**
   * Epoch milliseconds of the last answer or event, bookmarks included; undefined until the first list is
   * complete, and after {@link pause} until the next answer.
   */
  heardAt: number | undefined;
  /** Why the resource cannot be read until a person corrects the cause, such as a missing right. */
  denied: Failure | undefined;

  private resourceVersion: string | undefined;
  private failures = 0;
  private muted = 0;
  /** The reason of the last interruption that was reported to the listener; undefined once it has ended. */
  private told: string | undefined;
  /** Ends the wait of {@link REST_MS}. */
  private wake: () => void = () => undefined;

  constructor(
    private readonly client: ClusterCaller,
    private readonly resource: Resource,
    private readonly reader: ObjectReader<T>,
    private readonly listener: WatchListener<T>,
  ) {}

  /** All objects by uid, since another object may get the same name later. A returned map does not change. */
  get known(): ReadonlyMap<string, T> {
    this.copy ??= new Map(this.objects);
    return this.copy;
  }

  /** Watches until `signal` aborts. Never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.goOn(signal);
      } catch (thrown) {
        if (signal.aborted) return;
        await this.restAfter(thrown, signal);
      }
    }
  }

  /** Tries denied requests at once: the right may have been granted since. */
  tryAgain(): void {
    this.wake();
  }

  /**
   * Called when nobody watches any longer. The objects are kept so that a later watch can continue from them, but they
   * do not count as up to date.
   */
  pause(): void {
    this.heardAt = undefined;
    this.denied = undefined;
    this.told = undefined;
    this.failures = 0;
  }

  private async goOn(signal: AbortSignal): Promise<void> {
    if (this.resourceVersion === undefined) await this.list(signal);
    if (this.muted >= MUTE_WATCHES) {
      await this.poll(signal);
      return;
    }
    const { clock } = this.client;
    const startedAt = clock.now();
    let told = 0;
    await watchOnce(
      this.client,
      { resource: this.resource, resourceVersion: this.resourceVersion ?? '' },
      this.reader,
      {
        opened: () => this.seen(),
        changed: (object) => {
          this.objects.set(object.uid, object);
          this.copy = undefined;
          this.listener.touched?.(object);
        },
        removed: (object) => {
          this.objects.delete(object.uid);
          this.copy = undefined;
          this.listener.touched?.(object);
        },
        heard: (resourceVersion) => {
          told += 1;
          this.resourceVersion = resourceVersion;
          // An event has arrived, so earlier failures no longer count.
          this.failures = 0;
          this.muted = 0;
          this.seen();
        },
      },
      signal,
    );
    if (told === 0 && clock.now() - startedAt < LONG_LIFE_MS) await this.rest(signal);
  }

  private async list(signal: AbortSignal): Promise<void> {
    const { items, resourceVersion } = await listAll(
      this.client,
      { resource: this.resource },
      this.reader,
      signal,
    );
    // After an abort, another run may already be listing.
    signal.throwIfAborted();
    // Objects that are not in the list were deleted while no watch reported it.
    this.objects.clear();
    for (const item of items) this.objects.set(item.uid, item);
    this.copy = undefined;
    this.resourceVersion = resourceVersion;
    this.listener.touched?.(undefined);
    this.seen();
  }

  private seen(): void {
    this.heardAt = this.client.clock.now();
    this.denied = undefined;
    // The interruption `mute` ends only with an event of a watch: lists can be read while watches report
    // nothing.
    if (this.told !== 'mute' || this.muted === 0) this.told = undefined;
    this.listener.changed();
  }

  /** Reports an interruption to the listener, unless the last one had the same reason and has not ended. */
  private tell(reason: string, thrown: unknown): void {
    if (this.told === reason) return;
    this.told = reason;
    this.listener.interrupted(thrown);
  }

  /** Lists repeatedly in place of a watch, for a while. */
  private async poll(signal: AbortSignal): Promise<void> {
    for (let polls = 0; polls < POLLS; polls += 1) {
      await this.client.clock.sleep(POLL_MS, signal);
      await this.list(signal);
    }
    // If the next watch also reports nothing, lists replace it at once.
    this.muted = MUTE_WATCHES - 1;
  }

  private async restAfter(thrown: unknown, signal: AbortSignal): Promise<void> {
    const failure = failureOf(thrown);
    if (failure.kind === 'kubernetes' && failure.reason === 'expired') {
      this.resourceVersion = undefined;
      await this.rest(signal);
      return;
    }
    if (failure.kind === 'kubernetes' && failure.verb === 'watch' && failure.code === NO_ANSWER) {
      this.resourceVersion = undefined;
      this.muted += 1;
      if (this.muted === MUTE_WATCHES) this.tell('mute', failed({ ...failure, reason: 'mute' }, thrown));
      return;
    }
    if (failure.kind === 'kubernetes' && PASSING.has(failure.reason)) {
      if (this.failures + 1 >= TOLD_FROM) this.tell(failure.reason, thrown);
      await this.rest(signal);
      return;
    }
    this.denied = failure;
    this.resourceVersion = undefined;
    this.tell(failure.kind, thrown);
    const woken = new AbortController();
    this.wake = () => woken.abort();
    await sleepUntilAborted(this.client.clock, REST_MS, AbortSignal.any([signal, woken.signal]));
  }

  /** Waits longer with each failure in a row. */
  private async rest(signal: AbortSignal): Promise<void> {
    this.failures += 1;
    const ms = backOff(FIRST_WAIT_MS, this.failures, LONGEST_WAIT_MS);
    await sleepUntilAborted(this.client.clock, FIRST_WAIT_MS + ms, signal);
  }
}
