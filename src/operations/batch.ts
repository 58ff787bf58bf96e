/**
 * Carries out the rows of a batch: at most as many at once as the plan allows, and only until the batch needs
 * the user's next click.
 */

import type { Clock } from '../model/clock';
import type { Json } from '../model/json';
import { sleepUntilAborted } from '../model/waiting';
import {
  BATCH,
  type BatchPlan,
  type BatchRow,
  type BatchRowStatus,
  batchOutcome,
  batchPlan,
  batchRows,
  countOf,
  isBatchOver,
  mustStop,
} from './batch-plan';
import { isOpen } from './fold';
import type { Ledger } from './ledger';
import type { Journal, Operation, OperationEvent, PlannedOperation } from './operation';
import { refuse } from './refusal';
import { runOperation } from './run-operation';

/**
 * Milliseconds between two reads of the ledger: another window may be the one that records how the rows go
 * on.
 */
const REFRESH_MS = 2_000;

export interface BatchOptions {
  readonly ledger: Ledger;
  readonly clock: Clock;
  /**
   * Carries out the operation of one row, as if it were not part of a batch, until AWS answers; after that, the tracker
   * follows the operation.
   */
  readonly start: (row: BatchRow, journal: Journal, signal: AbortSignal) => Promise<void>;
}

export interface Batches {
  /** Records the batch; returns its id. No row runs yet. */
  begin(planned: Omit<PlannedOperation, 'kind' | 'plan'>, plan: BatchPlan): Promise<string>;
  /**
   * Runs the batch, or continues it after the user's click. Resolves when the batch has ended, waits for the
   * next click (`paused`: `canary`, or `user` after the signal), or was taken over by another window. When the
   * signal aborts, no further row begins, and rows whose requests were not yet sent are cancelled; the next run
   * begins these rows again. Refusals: `batch-running` (in this window or another), `batch-ended`.
   */
  run(id: string, signal: AbortSignal): Promise<void>;
  /**
   * Ends a batch that waits for a click; rows that are running continue as separate operations. Refusals as for
   * {@link run}.
   */
  end(id: string): Promise<void>;
}

export function createBatches(options: BatchOptions): Batches {
  return new LedgerBatches(options);
}

class LedgerBatches implements Batches {
  private readonly running = new Set<string>();

  constructor(private readonly options: BatchOptions) {}

  async begin(planned: Omit<PlannedOperation, 'kind' | 'plan'>, plan: BatchPlan): Promise<string> {
    const journal = await this.options.ledger.begin({
      ...planned,
      kind: BATCH,
      plan: plan as unknown as Json,
    });
    return journal.id;
  }

  async run(id: string, signal: AbortSignal): Promise<void> {
    await this.alone(id, async (batch) => {
      await this.options.ledger.record(id, { type: 'step', name: 'run' });
      await new BatchRun(batch, this.options, signal).untilItEndsOrWaits();
    });
  }

  async end(id: string): Promise<void> {
    const { ledger } = this.options;
    await this.alone(id, (batch) => {
      const outcome = batchOutcome(batchRows(batch, ledger.operations()));
      return ledger.record(id, { type: 'ended', outcome });
    });
  }

  /**
   * Calls `work` with the batch; refuses if the batch has ended, or if this or another window already works on
   * it.
   */
  private async alone(id: string, work: (batch: Operation) => Promise<void>): Promise<void> {
    const { ledger } = this.options;
    if (this.running.has(id)) throw refuse('batch-running', { id });
    this.running.add(id);
    try {
      await ledger.refresh();
      const batch = ledger.operation(id);
      if (batch === undefined || !isOpen(batch.state)) throw refuse('batch-ended', { id });
      const isElsewhere = batch.state === 'running' && batch.writer !== ledger.writer;
      if (isElsewhere && !(await ledger.isWriterGone(batch.writer))) throw refuse('batch-running', { id });
      await work(batch);
    } finally {
      this.running.delete(id);
    }
  }
}

/** One run of a batch, from a click to the end or the next click. */
class BatchRun {
  private readonly plan: BatchPlan;
  /** Rows that this run has still to begin; a run begins each row only once. */
  private left: readonly BatchRow[];
  /** The rows whose requests AWS has not answered yet, by key. */
  private readonly starting = new Map<string, Promise<void>>();
  /** True if only the first row may run before the next click. */
  private readonly isCanary: boolean;
  private sleep = new AbortController();

  constructor(
    private readonly batch: Operation,
    private readonly options: BatchOptions,
    private readonly signal: AbortSignal,
  ) {
    this.plan = batchPlan(batch);
    const rows = this.rows();
    this.left = rows.filter(({ state }) => state === 'waiting').map(({ row }) => row);
    this.isCanary = this.plan.canary && rows[0]?.state !== 'succeeded';
  }

  async untilItEndsOrWaits(): Promise<void> {
    const { ledger, clock } = this.options;
    const wake = (): void => this.sleep.abort();
    const unlisten = ledger.onDidChange(wake);
    this.signal.addEventListener('abort', wake);
    try {
      while (this.isOurs()) {
        this.sleep = new AbortController();
        for (const row of this.startable()) this.start(row);
        const event = this.conclusion();
        if (event !== undefined) return await ledger.record(this.batch.id, event);
        await sleepUntilAborted(clock, REFRESH_MS, this.sleep.signal);
        await ledger.refresh();
      }
    } finally {
      unlisten();
      this.signal.removeEventListener('abort', wake);
      await Promise.all(this.starting.values());
    }
  }

  private rows(): readonly BatchRowStatus[] {
    return batchRows(this.batch, this.options.ledger.operations());
  }

  /**
   * True if the batch still runs and belongs to this window. Another window takes the batch over if it assumes
   * that this window is gone.
   */
  private isOurs(): boolean {
    const { ledger } = this.options;
    const batch = ledger.operation(this.batch.id);
    return batch?.state === 'running' && batch.writer === ledger.writer;
  }

  private startable(): readonly BatchRow[] {
    const { rows, width, perGroup } = this.plan;
    if (this.signal.aborted || mustStop(this.batch, this.rows())) return [];
    const running = [...this.active()];
    return this.left.filter((row) => {
      const ofGroup = running.filter(({ group }) => group === row.group);
      const mayStart = !this.isCanary || row.key === rows[0]?.key;
      const hasRoom = running.length < width && ofGroup.length < perGroup;
      if (mayStart && hasRoom) running.push(row);
      return mayStart && hasRoom;
    });
  }

  private start(row: BatchRow): void {
    this.left = this.left.filter(({ key }) => key !== row.key);
    const started = this.runRow(row).finally(() => {
      this.starting.delete(row.key);
      this.sleep.abort();
    });
    this.starting.set(row.key, started);
  }

  private async runRow(row: BatchRow): Promise<void> {
    const { ledger, start } = this.options;
    const journal = await ledger.begin({ ...row.planned, parent: this.batch.id, row: row.key });
    await runOperation(ledger, journal, (over) => start(row, journal, AbortSignal.any([this.signal, over])));
  }

  /** The event that ends this run; undefined while there is something to wait for. */
  private conclusion(): OperationEvent | undefined {
    if (this.starting.size > 0) return undefined;
    const rows = this.rows();
    const ended: OperationEvent = { type: 'ended', outcome: batchOutcome(rows) };
    if (isBatchOver(this.batch, rows)) return ended;
    if (this.signal.aborted) return { type: 'paused', reason: 'user' };
    if (countOf(rows, 'active') > 0) return undefined;
    if (this.left.length === 0) return ended;
    if (!this.isCanary) return undefined;
    return rows[0]?.state === 'succeeded' ? { type: 'paused', reason: 'canary' } : ended;
  }

  /** Rows that count against the limits, including those that another run has begun. */
  private active(): readonly BatchRow[] {
    return this.rows()
      .filter(({ row, state }) => state === 'active' || this.starting.has(row.key))
      .map(({ row }) => row);
  }
}
