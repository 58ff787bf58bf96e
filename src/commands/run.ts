/** Carries out a plan as an operation, and shows the operation's real state in a notification until the end. */
import * as l10n from '@vscode/l10n';
import type { Ledger } from '../operations/ledger';
import type { Journal, Operation, PlannedOperation } from '../operations/operation';
import { runOperation } from '../operations/run-operation';
import type { Tracker } from '../operations/tracker';
import { failureLine, type Log } from '../view/log';
import {
  doneWords,
  isOpen,
  operationWords,
  serviceWords,
  silenceWords,
  startOf,
} from '../view/messages/operation';
import { durationWords } from '../view/messages/phase';
import type { Notifier, Remedy } from '../view/notify';
import type { ProgressOf } from '../view/operations/known-progress';
import { type Report, withProgress } from '../view/progress';
import { isInDoubt, leave } from './leave';
import { requireTrust } from './trust';
import { estimateOf } from './update-estimate';

/**
 * Why an operation ended in its state, e.g. why a node group update failed; undefined if the state needs no
 * explanation.
 */
export type OutcomeWords = (operation: Operation) => string | undefined;

export interface RunDeps {
  readonly ledger: Ledger;
  readonly tracker: Tracker;
  readonly notify: Notifier;
  readonly log: Log;
  /** The buttons of the notification of an operation that has ended, or that the user no longer watches. */
  readonly remedies: (operation: Operation) => readonly Remedy[];
  readonly outcomeWords: OutcomeWords;
  readonly progressOf: ProgressOf;
  /** Tells the user that an operation waits for a click. */
  readonly tellWaiting: (id: string) => void;
}

export interface Work {
  /** `Deploying to prod / rdb-1`. */
  readonly title: string;
  readonly planned: PlannedOperation;
  /** Carries the plan out until AWS answers. If nothing then has to be followed, also ends the journal. */
  apply(journal: Journal, signal: AbortSignal, report: Report): Promise<void>;
}

/** Milliseconds between two updates of the elapsed time in a running notification. */
const TICK_MS = 1_000;

export class Runner {
  constructor(private readonly deps: RunDeps) {}

  /**
   * Runs an operation until it has ended or waits for the user, or until the user stops watching. Notifies
   * the user if the operation ends before there is anything to follow, if it waits for the user, or if it is
   * no longer watched; any later end is reported by the window that follows the operation.
   * @throws refused `workspace-not-trusted`, before anything is written or sent
   */
  async run(work: Work): Promise<void> {
    requireTrust();
    const { ledger } = this.deps;
    const journal = await ledger.begin(work.planned);
    const isCancelled = await withProgress(work.title, async (signal, report) => {
      const failure = await runOperation(ledger, journal, (over) =>
        work.apply(journal, AbortSignal.any([signal, over]), report),
      );
      if (failure) this.deps.log.error(`${work.title}: ${failureLine(failure)}`);
      return signal.aborted;
    });
    if (!this.stillOpen(journal.id)) {
      this.tellIf(journal.id);
      return;
    }
    await this.deps.tracker.watch(journal.id);
    if (this.isWaiting(journal.id)) {
      this.deps.tellWaiting(journal.id);
      return;
    }
    // From here on, AWS may have the request, so cancelling can no longer stop the operation.
    const isLeft = isCancelled
      ? await leave(journal.id, this.deps)
      : await this.watch(journal.id, work.title);
    this.tellLeft(journal.id, isLeft);
  }

  /**
   * Shows the progress of an operation that is already running, until it has ended or waits for the user, or
   * until the user stops watching.
   */
  async follow(operation: Operation, title: string): Promise<void> {
    await this.deps.tracker.watch(operation.id);
    this.tellLeft(operation.id, await this.watch(operation.id, title));
  }

  /** Resolves with true if the user stopped watching an operation that Slipway still follows. */
  private watch(id: string, title: string): Promise<boolean> {
    return withProgress(
      title,
      (signal, report) => this.untilEnded(id, signal, report),
      l10n.t('Stop Watching'),
    );
  }

  private stillOpen(id: string): Operation | undefined {
    const operation = this.deps.ledger.operation(id);
    return operation && isOpen(operation) ? operation : undefined;
  }

  private isWaiting(id: string): boolean {
    return this.deps.ledger.operation(id)?.paused !== undefined;
  }

  private tellIf(id: string, state?: Operation['state']): void {
    const operation = this.deps.ledger.operation(id);
    if (operation && (state === undefined || operation.state === state)) this.tell(operation);
  }

  /**
   * Notifies a user who has stopped watching the operation. `isLeft`: true if Slipway still follows the
   * operation, because it is not known whether AWS has the request.
   */
  private tellLeft(id: string, isLeft: boolean): void {
    const operation = this.stillOpen(id);
    if (!isLeft || operation === undefined) {
      this.tellIf(id, 'unwatched');
      return;
    }
    const { notify, remedies } = this.deps;
    void notify.warn(
      l10n.t(
        '{0}: whether {1} took the update is not known. Slipway goes on looking, and tells what it finds.',
        { 0: operation.subject.label, 1: serviceWords(operation) },
      ),
      remedies(operation),
    );
  }

  /** Resolves with true if the user stopped watching an operation that Slipway still follows. */
  private async untilEnded(id: string, signal: AbortSignal, report: Report): Promise<boolean> {
    const { ledger, tracker } = this.deps;
    const done = Promise.withResolvers<boolean>();
    const look = (): void => {
      const operation = this.stillOpen(id);
      // An operation that waits for the user makes no progress.
      if (!operation || this.isWaiting(id)) {
        done.resolve(false);
        return;
      }
      const problem = tracker.status(id)?.problem;
      const now = Date.now();
      const elapsed = [durationWords(now - startOf(operation)), estimateOf(operation, now)]
        .filter((words) => words !== undefined)
        .join(' · ');
      const progress = problem ? undefined : this.deps.progressOf(operation);
      report(
        problem
          ? l10n.t('{0} could not be asked just now, trying again · {1}', {
              0: serviceWords(operation),
              1: elapsed,
            })
          : [silenceWords(operation, now) ?? operationWords(operation), progress?.words, elapsed]
              .filter((words) => words !== undefined)
              .join(' · '),
        progress?.share,
      );
    };
    const unlisten = ledger.onDidChange(look);
    const ticking = setInterval(look, TICK_MS);
    const stop = (): void => {
      leave(id, this.deps).then((isLeft) => (isLeft ? done.resolve(true) : look()), done.reject);
    };
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    look();
    try {
      return await done.promise;
    } finally {
      clearInterval(ticking);
      unlisten();
      signal.removeEventListener('abort', stop);
    }
  }

  /** Shows one notification about how an operation ended. Does not wait for the user to close it. */
  tell(operation: Operation): void {
    const { notify, outcomeWords, remedies } = this.deps;
    const { label } = operation.subject;
    const by = { 0: label, 1: serviceWords(operation) };
    const took = durationWords((operation.endedAt ?? Date.now()) - startOf(operation));
    const why = outcomeWords(operation);
    const buttons = remedies(operation);
    switch (operation.state) {
      case 'succeeded':
        void notify.succeeded(
          why === undefined
            ? l10n.t('{0}: {1}, after {2}.', { 0: label, 1: doneWords(operation), 2: took })
            : l10n.t('{0}: {1}, after {2}. {3}', { 0: label, 1: doneWords(operation), 2: took, 3: why }),
          buttons,
        );
        break;
      case 'cancelled':
        void notify.succeeded(
          l10n.t('{0}: cancelled. Nothing was sent, nothing has changed.', { 0: label }),
          buttons,
        );
        break;
      case 'unwatched':
        void notify.succeeded(
          isInDoubt(operation)
            ? l10n.t('{0}: no longer watched. Whether {1} took the update is not known.', by)
            : l10n.t('{0}: no longer watched. {1} has accepted the update and goes on with it.', by),
          buttons,
        );
        break;
      default: {
        const words = l10n.t('{0}: {1}. {2}', { 0: label, 1: operationWords(operation), 2: why ?? '' });
        void notify[operation.state === 'failed' ? 'error' : 'warn'](words.trim(), buttons);
      }
    }
  }
}
