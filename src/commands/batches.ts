/**
 * Runs batches of any kind under a progress notification, and notifies the user of batches that wait for a click or
 * have ended.
 */

import * as l10n from '@vscode/l10n';
import type { Clock } from '../model/clock';
import { type Batches, type BatchOptions, createBatches } from '../operations/batch';
import { BATCH, type BatchPlan, type BatchRowStatus, batchRows, countOf } from '../operations/batch-plan';
import { isOpen } from '../operations/fold';
import type { Ledger } from '../operations/ledger';
import type { Operation, PlannedOperation } from '../operations/operation';
import { refuse as refuseOperation } from '../operations/refusal';
import { batchWords, startOf } from '../view/messages/operation';
import { durationWords } from '../view/messages/phase';
import { refuse } from '../view/messages/refusals/commands';
import type { Notifier, Remedy } from '../view/notify';
import { type Report, withProgress } from '../view/progress';
import { waitingButtons } from './notification-buttons';
import { requireTrust } from './trust';

/** Carries out the operation of one row of a batch, until AWS answers its request. */
export type RowStarter = BatchOptions['start'];

export interface BatchDeps {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly notify: Notifier;
  /** Starters by the kind of the row's operation. */
  readonly starters: Readonly<Record<string, RowStarter>>;
  /** Why an operation ended in its state; undefined if no reason is known. */
  readonly why: (operation: Operation) => string | undefined;
  /** Makes new plans for those rows of a batch that did not succeed. */
  readonly retry: (batch: Operation) => Promise<void>;
  /** Further buttons for the notification of a batch that has ended. */
  readonly remedies: (batch: Operation) => readonly Remedy[];
}

/** Milliseconds between two updates of the elapsed time in a running notification. */
const TICK_MS = 1_000;

/**
 * The largest number of failed rows that a notification explains; the page with the details has all of them.
 */
const MOST_EXPLAINED = 3;

export class BatchRunner {
  private readonly batches: Batches;
  /**
   * What this window last reported to the user about each batch, by the batch's id: the reason why the batch
   * waits or, if it does not wait, its state.
   */
  private readonly told = new Map<string, string>();

  constructor(private readonly deps: BatchDeps) {
    const { ledger, clock, starters } = deps;
    this.batches = createBatches({
      ledger,
      clock,
      start: async (row, journal, signal) => {
        const starter = starters[row.planned.kind];
        if (!starter) throw refuse('no-row-starter', { kind: row.planned.kind });
        await starter(row, journal, signal);
      },
    });
  }

  /**
   * Records a batch and runs it until it ends or waits for a click; then notifies the user.
   * @throws refused `workspace-not-trusted`, before anything is recorded; after that, as {@link goOn}
   */
  async run(planned: Omit<PlannedOperation, 'kind' | 'plan'>, plan: BatchPlan): Promise<void> {
    requireTrust();
    await this.goOn(await this.batches.begin(planned, plan));
  }

  /**
   * The user's "Go On" for a batch that waits.
   * @throws refused `workspace-not-trusted`, `batch-ended` if there is no such batch, and the refusals of
   * `Batches.run`
   */
  async goOn(id: string): Promise<void> {
    requireTrust();
    const batch = this.batch(id);
    this.told.delete(id);
    await withProgress(batch.subject.label, (signal, report) =>
      this.reporting(batch, report, () => this.batches.run(id, signal)),
    );
    this.tell(this.batch(id));
  }

  /** Ends a batch that waits; rows that AWS is working on continue. */
  async end(id: string): Promise<void> {
    await this.batches.end(id);
    this.tell(this.batch(id));
  }

  /** The rows of a batch with their outcomes; none for any other operation. */
  rows(operation: Operation): readonly BatchRowStatus[] {
    return operation.kind === BATCH ? batchRows(operation, this.deps.ledger.operations()) : [];
  }

  /** True if the operation is a row of an open batch, whose notification covers all its rows. */
  tellsOf({ parent }: Operation): boolean {
    const batch = parent === undefined ? undefined : this.deps.ledger.operation(parent);
    return batch !== undefined && isOpen(batch.state);
  }

  /**
   * Notifies the user, once, of each batch that a closed window left waiting for a click, and of each batch
   * that this window has ended.
   */
  async remind(): Promise<void> {
    const { ledger } = this.deps;
    for (const batch of ledger.operations().filter(({ kind }) => kind === BATCH)) {
      const isLeft = isOpen(batch.state)
        ? batch.paused !== undefined && (await ledger.isWriterGone(batch.writer))
        : this.wasEndedHere(batch);
      if (isLeft) this.tell(batch);
    }
  }

  private wasEndedHere({ id }: Operation): boolean {
    const end = this.deps.ledger.events(id).findLast(({ type }) => type === 'ended');
    return end?.writer === this.deps.ledger.writer;
  }

  private batch(id: string): Operation {
    const batch = this.deps.ledger.operation(id);
    if (!batch) throw refuseOperation('batch-ended', { id });
    return batch;
  }

  private async reporting(batch: Operation, report: Report, work: () => Promise<void>): Promise<void> {
    const since = this.deps.clock.now();
    const look = (): void =>
      report(
        l10n.t('{0} · {1}', {
          0: batchWords(this.rows(batch)),
          1: durationWords(this.deps.clock.now() - since),
        }),
      );
    const unlisten = this.deps.ledger.onDidChange(look);
    const ticking = setInterval(look, TICK_MS);
    look();
    try {
      await work();
    } finally {
      clearInterval(ticking);
      unlisten();
    }
  }

  /**
   * Notifies the user of the state of a batch, unless this window has already reported that state. Does not
   * wait for the user to close the notification.
   */
  private tell(batch: Operation): void {
    const stands = batch.paused ?? batch.state;
    if (this.told.get(batch.id) === stands) return;
    this.told.set(batch.id, stands);
    if (batch.paused !== undefined) this.tellWaiting(batch, batch.paused);
    else this.tellEnded(batch);
  }

  private tellWaiting(batch: Operation, reason: string): void {
    const { id, subject } = batch;
    const rows = this.rows(this.batch(id));
    const numbers = {
      label: subject.label,
      counts: batchWords(rows),
      first: rows[0]?.row.planned.subject.label ?? '?',
      waiting: countOf(rows, 'waiting'),
    };
    const answers = { goOn: () => this.goOn(id), end: () => this.end(id) };
    const buttons = waitingButtons(batch, answers, this.deps);
    const message =
      reason === 'canary'
        ? l10n.t('{label}: {first} is done. Look at it: the rest ({waiting}) waits for your click.', numbers)
        : reason === 'interrupted'
          ? l10n.t('{label}: interrupted with {counts}. The rest ({waiting}) waits for your click.', numbers)
          : l10n.t('{label}: paused with {counts}. The rest ({waiting}) waits for your click.', numbers);
    void this.deps.notify.succeeded(message, buttons);
  }

  private tellEnded(batch: Operation): void {
    const { notify, remedies, retry, why } = this.deps;
    const rows = this.rows(batch);
    const ended = {
      label: batch.subject.label,
      counts: batchWords(rows),
      took: durationWords((batch.endedAt ?? this.deps.clock.now()) - startOf(batch)),
    };
    if (batch.state === 'succeeded') {
      void notify.succeeded(l10n.t('{label}: all done in {took}.', ended), remedies(batch));
      return;
    }
    const bad = rows.filter(({ state }) => state === 'failed' || state === 'undecided');
    const explained = bad.slice(0, MOST_EXPLAINED).flatMap(({ row, operation }) => {
      const reason = operation && why(operation);
      return reason === undefined
        ? []
        : [l10n.t('{row}: {why}', { row: row.planned.subject.label, why: reason })];
    });
    const waiting = countOf(rows, 'waiting');
    const parts = [
      l10n.t('{label}: ended with {counts}.', ended),
      ...(waiting > 0 ? [l10n.t('{0} not begun.', { 0: waiting })] : []),
      ...explained,
    ];
    const again = {
      label: l10n.t('Try the Rest Again…'),
      run: () =>
        retry(batch).catch((thrown: unknown) =>
          notify.failed(l10n.t('plan the rest of {0} again', { 0: ended.label }), thrown),
        ),
    };
    // Buttons that only show something come first: Enter presses the first one.
    void notify[batch.state === 'failed' ? 'error' : 'warn'](parts.join(' '), [...remedies(batch), again]);
  }
}
