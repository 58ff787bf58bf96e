/**
 * Runs the state machine of deploy on save for one target: with real time and real deployments, one after the other.
 */
import type { Clock } from '../../model/clock';
import { SteadyClock } from '../../model/clock';
import { failureOf } from '../../model/failure';
import type { Ledger } from '../../operations/ledger';
import type { OnSave } from '../targets/target';
import { codeOfFailure } from './follow-saved';
import {
  type ChangeOrigin,
  initialState,
  type KeptSave,
  type SaveEffect,
  type SaveEvent,
  type SaveNews,
  type SaveOutcome,
  type SaveState,
} from './save-state';
import { restored, type Step, step } from './save-step';

/**
 * What a queue passes to a deployment: the signal that stops the deployment, a question that the deployment
 * asks, and a report that it makes.
 */
export interface SaveRun {
  /**
   * After this signal aborts, nothing more is sent; the end of requests that were sent before is still awaited.
   */
  readonly signal: AbortSignal;
  /**
   * Returns true if `head`, the branch or commit that git has checked out, is the one that the queue
   * remembers from earlier deployments, or is not known. If the queue remembers none, it remembers `head`,
   * and the result is true.
   */
  readonly agreesTo: (head: string | undefined) => boolean;
  /** Reports the id of the deployment's operation when the operation begins. */
  readonly onBegun: (operation: string) => void;
}

export interface SaveQueueParts {
  readonly clock: Clock;
  /**
   * Deploys the present content of the folder. Resolves when the outcome is known: for a deployment that was
   * sent, when AWS has finished it.
   */
  readonly deploy: (run: SaveRun) => Promise<SaveOutcome>;
  readonly onNews: (news: SaveNews, state: SaveState) => void;
  /** Called after every event, and with the restored state. */
  readonly onState: (state: SaveState) => void;
}

/**
 * What a queue needs after a reload of the window: the state that was stored before, and the means to follow
 * a deployment that was already sent.
 */
export interface Restored {
  readonly kept: KeptSave;
  readonly ledger: Pick<Ledger, 'operation'>;
  /** Waits for the end of a deployment that an earlier window has sent. */
  readonly follow: (operation: string) => Promise<SaveOutcome>;
}

/**
 * Deploy on save of one target in one window. No deployment begins without an event, not even after a reload.
 */
export class SaveQueue {
  private readonly clock: Clock;
  private current: SaveState;
  private deployment = new AbortController();
  private timer = new AbortController();
  /** Deployments and timers that have not ended. */
  private readonly work = new Set<Promise<void>>();
  /** The operations that this window waits for, or has waited for. */
  private readonly awaited = new Set<string>();
  private disposed = false;

  constructor(
    private readonly parts: SaveQueueParts,
    on: boolean,
    settings: OnSave,
    before?: Restored,
  ) {
    this.clock = new SteadyClock(parts.clock);
    this.current = initialState(on, settings);
    if (before !== undefined) this.restore(before);
  }

  get state(): SaveState {
    return this.current;
  }

  /**
   * Returns true if this window waits or has waited for the operation: then the queue reports how it ends.
   */
  awaits(operation: string): boolean {
    return this.awaited.has(operation);
  }

  changed(origin: ChangeOrigin, path: string): void {
    this.happened({ type: 'changed', origin, path });
  }

  headChanged(): void {
    this.happened({ type: 'head-changed' });
  }

  /**
   * `on`: true if deploy on save is switched on, the window is trusted, the target is not protected, and its
   * strategy may run on save.
   */
  configure(on: boolean, settings: OnSave): void {
    this.happened({ type: 'configured', on, settings });
  }

  /** Causes the event `resumed`: see {@link SaveEvent}. */
  resume(deploy: boolean): void {
    this.happened({ type: 'resumed', deploy });
  }

  /**
   * Called when the window closes: no deployment begins, and deployments that were not sent are cancelled. Resolves
   * when all work has ended.
   */
  async dispose(): Promise<void> {
    this.disposed = true;
    this.timer.abort();
    this.deployment.abort();
    await Promise.all(this.work);
  }

  private restore({ kept, ledger, follow }: Restored): void {
    const { operation, snapshot } = kept;
    const isInFlight =
      snapshot.running && operation !== undefined && ledger.operation(operation)?.sentAt !== undefined;
    this.take(restored(this.current, kept, isInFlight));
    if (!isInFlight) return;
    this.awaited.add(operation);
    this.follow(follow(operation));
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
        this.follow(this.parts.deploy(this.run(this.deployment.signal)));
        return;
      case 'cancel':
        this.deployment.abort();
        return;
      case 'wake':
        this.wake(effect.at);
        return;
      case 'tell':
        this.parts.onNews(effect.news, this.current);
        return;
    }
  }

  private run(signal: AbortSignal): SaveRun {
    return {
      signal,
      agreesTo: (head) => {
        if (head === undefined) return true;
        this.happened({ type: 'checked-out', head });
        return this.current.head === head;
      },
      onBegun: (operation) => {
        this.awaited.add(operation);
        this.happened({ type: 'begun', operation });
      },
    };
  }

  private follow(deployment: Promise<SaveOutcome>): void {
    const ended = deployment.catch(outcomeOf).then((outcome) => this.happened({ type: 'ended', outcome }));
    this.keep(ended);
  }

  /** There is only one timer: each call replaces the time of the previous call. */
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

/** The outcome of a deployment that threw: `cancelled` for a cancellation, otherwise `failed`. */
function outcomeOf(thrown: unknown): SaveOutcome {
  const failure = failureOf(thrown);
  if (failure.kind === 'cancelled') return { kind: 'cancelled' };
  return { kind: 'failed', code: codeOfFailure(failure) };
}
