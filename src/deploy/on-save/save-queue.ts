/** Runs the state machine of deploy on save for one target: real time, real deployments, one after the other. */
import type { Clock } from '../../model/clock';
import { failureOf } from '../../model/failure';
import { SteadyClock } from '../../model/steady-clock';
import type { OnSave } from '../targets/target';
import {
  type ChangeOrigin,
  initialState,
  restored,
  type SaveEffect,
  type SaveEvent,
  type SaveNews,
  type SaveOutcome,
  type SaveSnapshot,
  type SaveState,
  type Step,
  snapshotOf,
  step,
} from './save-state';

export interface SaveQueueParts {
  readonly clock: Clock;
  /**
   * Deploys the folder as it is now, and resolves once AWS is done with it. After the signal nothing is sent any more;
   * what was sent is waited for.
   */
  readonly deploy: (signal: AbortSignal) => Promise<SaveOutcome>;
  readonly onNews: (news: SaveNews) => void;
  /** After every event. */
  readonly onState: (state: SaveState) => void;
}

/** How a window finds a target after a reload. */
export interface Restored {
  readonly snapshot: SaveSnapshot;
  /** Resolves when the deployment ends that AWS still works on; absent when there is none. */
  readonly inFlight?: Promise<SaveOutcome>;
}

/** One target in one window. Nothing happens before the first event, except after a reload. */
export class SaveQueue {
  private readonly clock: Clock;
  private current: SaveState;
  private deployment = new AbortController();
  private timer = new AbortController();
  /** Everything that was begun and has not come to its end. */
  private readonly work = new Set<Promise<void>>();
  private disposed = false;

  constructor(
    private readonly parts: SaveQueueParts,
    on: boolean,
    settings: OnSave,
    before?: Restored,
  ) {
    this.clock = new SteadyClock(parts.clock);
    this.current = initialState(on, settings);
    if (before === undefined) return;
    this.take(restored(this.current, before.snapshot, before.inFlight !== undefined));
    if (before.inFlight !== undefined) this.follow(before.inFlight);
  }

  get state(): SaveState {
    return this.current;
  }

  get snapshot(): SaveSnapshot {
    return snapshotOf(this.current);
  }

  changed(origin: ChangeOrigin, path: string): void {
    this.happened({ type: 'changed', origin, path });
  }

  headChanged(): void {
    this.happened({ type: 'head-changed' });
  }

  /** `on`: switched on, the window is trusted, and the target is neither protected nor deployed with FORCE. */
  configure(on: boolean, settings: OnSave): void {
    this.happened({ type: 'configured', on, settings });
  }

  pause(): void {
    this.happened({ type: 'paused' });
  }

  /** `deploy`: at once, whether or not something waits; else what waits is dropped. */
  resume(deploy: boolean): void {
    this.happened({ type: 'resumed', deploy });
  }

  /** The window goes away: nothing is begun, and what was not sent is cancelled. Resolves when all is quiet. */
  async dispose(): Promise<void> {
    this.disposed = true;
    this.timer.abort();
    this.deployment.abort();
    await Promise.all(this.work);
  }

  private happened(event: SaveEvent): void {
    if (!this.disposed) this.take(step(this.current, event, this.clock.now()));
  }

  private take({ state, effects }: Step): void {
    this.current = state;
    this.parts.onState(state);
    for (const effect of effects) this.do(effect);
  }

  private do(effect: SaveEffect): void {
    switch (effect.type) {
      case 'start':
        this.deployment = new AbortController();
        this.follow(this.parts.deploy(this.deployment.signal));
        return;
      case 'cancel':
        this.deployment.abort();
        return;
      case 'wake':
        this.wake(effect.at);
        return;
      case 'tell':
        this.parts.onNews(effect.news);
        return;
    }
  }

  private follow(deployment: Promise<SaveOutcome>): void {
    const ended = deployment.catch(outcomeOf).then((outcome) => this.happened({ type: 'ended', outcome }));
    this.keep(ended);
  }

  /** One timer: the later time counts. */
  private wake(at: number): void {
    this.timer.abort();
    this.timer = new AbortController();
    const nap = this.clock.sleep(Math.max(0, at - this.clock.now()), this.timer.signal);
    this.keep(
      nap.then(
        () => this.happened({ type: 'woken' }),
        () => undefined,
      ),
    );
  }

  private keep(work: Promise<void>): void {
    this.work.add(work);
    void work.finally(() => this.work.delete(work));
  }
}

/** A deployment that throws is one that failed. */
function outcomeOf(thrown: unknown): SaveOutcome {
  const failure = failureOf(thrown);
  if (failure.kind === 'cancelled') return { kind: 'cancelled' };
  return { kind: 'failed', code: failure.kind === 'refused' ? failure.code : failure.kind };
}
