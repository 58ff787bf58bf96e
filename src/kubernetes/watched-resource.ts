/**
 * All objects of one resource as they are by now: a list, then a watch from there on, which is resumed when it ends and
 * begun again with a list when it cannot be.
 */

import { type Failure, failed, failureOf } from '../model/failure';
import type { KubernetesReason } from '../model/kubernetes-failure';
import { backOff, sleepUntilAborted } from '../model/waiting';
import type { ObjectReader } from './answers/object';
import type { ClusterCaller } from './cluster-caller';
import { NO_ANSWER } from './exchange';
import { listAll } from './list';
import type { Resource } from './request';
import { watchOnce } from './watch-stream';

export interface WatchListener<T> {
  /** Something is known anew, if only that nothing has changed. */
  changed(): void;
  /** What keeps it from knowing more. It goes on trying. */
  interrupted(thrown: unknown): void;
  /** This object has changed or gone; undefined: a list has come, so that any may have. */
  touched?(object: T | undefined): void;
}

/** Milliseconds: the first wait after a watch that came to nothing, and the longest one. */
const [FIRST_WAIT_MS, LONGEST_WAIT_MS] = [1_000, 30_000];
/** Milliseconds until it is tried again what somebody has to change first. */
const REST_MS = 120_000;
/** Milliseconds between the lists that stand in for a watch that stays mute. */
const POLL_MS = 30_000;
/** How often a watch may stay mute before lists stand in for it, */
const MUTE_WATCHES = 2;
/** and how many of those until a watch is tried again. */
const POLLS = 20;
/** A watch that lived as long as this came to something, though it had nothing to tell. */
const LONG_LIFE_MS = 60_000;
/** Failures in a row from which on they are told: one broken connection is nobody's business. */
const TOLD_FROM = 2;

/** What passes by itself, at once or after a while. */
const PASSING: ReadonlySet<KubernetesReason> = new Set([
  'unresolved',
  'no-route',
  'broken',
  'misshapen',
  'throttled',
  'server',
  'expired',
  'no-endpoint',
  'mute',
]);

export class WatchedResource<T extends { readonly uid: string }> {
  private readonly objects = new Map<string, T>();
  /** The objects as somebody has them already; undefined since one of them has changed. */
  private copy: ReadonlyMap<string, T> | undefined;
  /** Epoch milliseconds of the last answer or bookmark; undefined until the first list is whole. */
  heardAt: number | undefined;
  /** Why it is not known, and will not be until somebody changes something. */
  denied: Failure | undefined;

  private resourceVersion: string | undefined;
  private failures = 0;
  private muted = 0;
  /** What it was last told to be interrupted by. */
  private told: string | undefined;
  /** Ends the rest until it is tried again what somebody has to change first. */
  private wake: () => void = () => undefined;

  constructor(
    private readonly client: ClusterCaller,
    private readonly resource: Resource,
    private readonly reader: ObjectReader<T>,
    private readonly listener: WatchListener<T>,
  ) {}

  /** All there is by now, by uid: a name may come back as another object. What is handed out stays as it is. */
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

  /** Tries at once what it rests from: somebody may have changed what it was denied for. */
  tryAgain(): void {
    this.wake();
  }

  /** Nobody watches for a while. What is known stays, so that a watch can go on from it, and counts as not heard. */
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
          // Whatever was in its way is not any more.
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
    // Whoever watches by now has asked anew.
    signal.throwIfAborted();
    // What is not in the list went away while nobody watched.
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
    // While lists stand in for a watch that is mute, it still is.
    if (this.told !== 'mute' || this.muted === 0) this.told = undefined;
    this.listener.changed();
  }

  /** Once, until it knows more again. */
  private tell(reason: string, thrown: unknown): void {
    if (this.told === reason) return;
    this.told = reason;
    this.listener.interrupted(thrown);
  }

  /** Lists stand in for a watch, until one is tried again. */
  private async poll(signal: AbortSignal): Promise<void> {
    for (let polls = 0; polls < POLLS; polls += 1) {
      await this.client.clock.sleep(POLL_MS, signal);
      await this.list(signal);
    }
    // One more mute watch is enough to come back here.
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

  /** One wait more than before, as long as nothing comes. */
  private async rest(signal: AbortSignal): Promise<void> {
    this.failures += 1;
    const ms = backOff(FIRST_WAIT_MS, this.failures, LONGEST_WAIT_MS);
    await sleepUntilAborted(this.client.clock, FIRST_WAIT_MS + ms, signal);
  }
}
