/** The ledger: the record of all operations of all windows, and the functions that read it and add to it. */

import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Clock } from '../model/clock';
import type { Facts } from '../model/json';
import { present } from '../model/present';
import { sleepUntilAborted } from '../model/waiting';
import { compact } from './compaction';
import { fold, hasEnded, inOrder } from './fold';
import { operationId, timeOfId } from './ids';
import { ledgerFiles, ledgerFolder } from './ledger-files';
import { LedgerReader } from './ledger-reader';
import { LedgerWriter } from './ledger-writer';
import { Listeners } from './listeners';
import { HEARTBEAT_MS, isGone, writerName } from './liveness';
import {
  announcesRequest,
  FURTHER_REQUEST,
  type Journal,
  type Operation,
  type OperationEvent,
  type OperationState,
  type PlannedOperation,
  type RecordedEvent,
} from './operation';
import { fileErrorCode, type LedgerProblem, Problems } from './problems';
import { refuse } from './refusal';
import { sweepMarkers } from './unfinished';

export interface LedgerOptions {
  /** Absolute path; created at the first write. The folder is Slipway's own, in the extension's global storage. */
  readonly folder: string;
  readonly clock: Clock;
  /** This process's name, unique among all processes that write to the folder; generated if absent. */
  readonly writer?: string;
}

export interface Ledger {
  readonly writer: string;
  /** Newest first. */
  operations(): readonly Operation[];
  operation(id: string): Operation | undefined;
  /** In the order in which they happened. */
  events(id: string): readonly RecordedEvent[];
  /** Records that an operation is about to be carried out. */
  begin(planned: PlannedOperation, id?: string): Promise<Journal>;
  /**
   * As {@link begin}, but returns without waiting for the disk, so that the caller can do other work
   * meanwhile. Before `begun` resolves, the ledger does not show the operation, and nothing may be sent.
   */
  beginning(planned: PlannedOperation, id?: string): Beginning;
  /** The journal of an operation that is continued. */
  journal(id: string): Journal;
  /**
   * Records one event; resolves and rejects as {@link Journal} describes. `along`: nobody waits for the
   * event, so it is held back for a moment, to be written together with the next event.
   */
  record(id: string, event: OperationEvent, along?: 'along'): Promise<void>;
  /** Reads the events of other windows. Cheap enough to be called every few seconds. */
  refresh(): Promise<void>;
  /**
   * Returns true if the process `writer` counts as gone (see `isGone`), so that others may continue its
   * operations.
   */
  isWriterGone(writer: string): Promise<boolean>;
  /**
   * Merges the files that nobody writes to any more, drops the old finished operations that exceed
   * `CompactionLimits`, and removes markers that a crash has left. Called only by the holder of the lease.
   */
  compact(): Promise<void>;
  /** Calls the listener with the ids of operations that changed. Returns the function that removes it. */
  onDidChange(listener: (ids: readonly string[]) => void): () => void;
  readonly problems: readonly LedgerProblem[];
  onProblem(listener: (problem: LedgerProblem) => void): () => void;
  /**
   * Resolves when every recorded event has been written, or cannot be written. Nothing is recorded from then on, and such
   * calls never settle: whatever fails now fails because this process ends, and the next process settles it as interrupted.
   */
  dispose(): Promise<void>;
}

/** A new operation whose record is being written. */
export interface Beginning {
  readonly journal: Journal;
  /** Resolves and rejects as {@link Journal} describes. */
  readonly begun: Promise<void>;
}

/** Opens the ledger and reads its files. Files that cannot be read are reported, and no error is thrown. */
export async function openLedger(options: LedgerOptions): Promise<Ledger> {
  const ledger = new FileLedger(options.folder, options.clock, options.writer ?? writerName());
  await ledger.open();
  return ledger;
}

/**
 * Number of operations that are built from their events before other code gets a turn; this takes a
 * millisecond or two.
 */
const SLICE = 200;

interface Entry {
  /** Events by writer and number, so that an event in two files counts once. */
  readonly events: Map<string, RecordedEvent>;
  latest?: { readonly at: number; readonly writer: string };
  operation?: Operation;
}

class FileLedger implements Ledger {
  readonly onProblem;
  private readonly entries = new Map<string, Entry>();
  private readonly changed = new Listeners<readonly string[]>();
  private readonly found = new Problems();
  private readonly reader: LedgerReader;
  private readonly lines: LedgerWriter;
  private readonly disposed = new AbortController();
  private reading: Promise<void> = Promise.resolve();
  private beating: Promise<void> = Promise.resolve();
  private newestFirst: readonly Operation[] | undefined;
  private seq = 0;

  constructor(
    private readonly folder: string,
    private readonly clock: Clock,
    readonly writer: string,
  ) {
    this.onProblem = this.found.onProblem;
    this.reader = new LedgerReader(folder, writer, clock, this.found);
    this.lines = new LedgerWriter(folder, writer, clock, this.found);
  }

  get problems(): readonly LedgerProblem[] {
    return this.found.all;
  }

  operations(): readonly Operation[] {
    this.newestFirst ??= [...this.entries.values()]
      .map(({ operation }) => operation)
      .filter((operation) => operation !== undefined)
      .sort((a, b) => (a.id < b.id ? 1 : -1));
    return this.newestFirst;
  }

  operation(id: string): Operation | undefined {
    return this.entries.get(id)?.operation;
  }

  events(id: string): readonly RecordedEvent[] {
    return inOrder([...(this.entries.get(id)?.events.values() ?? [])]);
  }

  onDidChange(listener: (ids: readonly string[]) => void): () => void {
    return this.changed.add(listener);
  }

  async begin(planned: PlannedOperation, id?: string): Promise<Journal> {
    const { journal, begun } = this.beginning(planned, id);
    await begun;
    return journal;
  }

  beginning(planned: PlannedOperation, id = this.nextId()): Beginning {
    return { journal: this.journal(id), begun: this.record(id, { type: 'planned', ...planned }) };
  }

  journal(id: string): Journal {
    const record = (event: OperationEvent): Promise<void> => this.record(id, event);
    const step = (name: string, facts?: Facts): OperationEvent => ({
      type: 'step',
      name,
      ...present({ facts }),
    });
    return {
      id,
      step: (name, facts) => record(step(name, facts)),
      note: (name, facts) => this.record(id, step(name, facts), 'along'),
      sending: (request) => record({ type: 'sending', request }),
      sendingFurther: (request) => record({ type: 'step', name: FURTHER_REQUEST, facts: { ...request } }),
      accepted: (requestId, facts) => record({ type: 'accepted', ...present({ requestId, facts }) }),
      watched: () => record({ type: 'watched' }),
      paused: (reason) => record({ type: 'paused', reason }),
      ended: (outcome) => record({ type: 'ended', outcome }),
    };
  }

  /** An id that sorts after every known one, even if the clock was set back. */
  private nextId(): string {
    const newest = this.operations().find(({ id }) => timeOfId(id) !== undefined);
    const after = newest === undefined ? 0 : (timeOfId(newest.id) ?? 0) + 1;
    return operationId(Math.max(this.clock.now(), after));
  }

  async record(id: string, event: OperationEvent, along?: 'along'): Promise<void> {
    if (this.disposed.signal.aborted) return new Promise(() => undefined);
    if (announcesRequest(event)) await this.refuseWhenOver(id);
    const recorded = this.stamped(id, event);
    const code = await (along ? this.lines.writeAlong(recorded) : this.lines.write(recorded));
    if (code !== undefined && announcesRequest(event)) throw refuse('ledger-unwritable', { code });
    this.add([recorded]);
    if (code !== undefined || !hasEnded(this.operation(id)?.state)) return;
    if (hasEnded(await this.newestState(id))) await this.lines.close(id);
  }

  /** Reads run one after the other, so that each caller gets everything that was written before its call. */
  refresh(): Promise<void> {
    this.reading = this.reading.then(async () => this.addInSlices(await this.reader.read()));
    return this.reading;
  }

  async isWriterGone(writer: string): Promise<boolean> {
    if (writer === this.writer) return false;
    const files = await ledgerFiles(this.folder);
    if (files === undefined) return false;
    const signs = files.filter((file) => file.writer === writer).map(({ touchedAt }) => touchedAt);
    return isGone(writer, Math.max(0, ...signs), this.clock.now());
  }

  async compact(): Promise<void> {
    try {
      await compact(this.folder, this.clock.now(), this.problems);
      await sweepMarkers(this.folder, this.clock.now(), async () => {
        await this.refresh();
        return (id) => this.operation(id)?.state;
      });
    } catch (error) {
      const code = fileErrorCode(error);
      if (code === undefined) throw error;
      this.found.report({ kind: 'unwritable', file: ledgerFolder(this.folder), code });
    }
  }

  async open(): Promise<void> {
    await this.refresh();
    this.beating = this.beat(this.disposed.signal);
  }

  async dispose(): Promise<void> {
    this.disposed.abort();
    await this.beating;
  }

  /**
   * Gives a sign of life at intervals until the signal aborts, and a last one after that. Each sign of life also
   * tries to write the events that could not be written before.
   */
  private async beat(signal: AbortSignal): Promise<void> {
    while (await sleepUntilAborted(this.clock, HEARTBEAT_MS, signal)) await this.lines.beat();
    await this.lines.beat();
  }

  /**
   * Throws the refusal `operation-ended` if the operation has ended: another window may have missed this
   * window's sign of life and declared the operation interrupted.
   */
  private async refuseWhenOver(id: string): Promise<void> {
    const state = await this.newestState(id);
    if (hasEnded(state)) throw refuse('operation-ended', { state });
  }

  /** The state after the events of all windows: another window may have watched or ended the operation just now. */
  private async newestState(id: string): Promise<OperationState | undefined> {
    await this.refresh();
    return this.operation(id)?.state;
  }

  /**
   * The event as it will be read back. Its time and number order it after all known events of the operation,
   * even if the clock was set back.
   */
  private stamped(id: string, event: OperationEvent): RecordedEvent {
    const entry = this.entry(id);
    const after =
      entry.latest === undefined ? 0 : entry.latest.at + (entry.latest.writer === this.writer ? 0 : 1);
    const at = Math.max(this.clock.now(), after);
    entry.latest = { at, writer: this.writer };
    const plain: OperationEvent = JSON.parse(JSON.stringify(event));
    return { ...plain, id, at, writer: this.writer, seq: this.seq++ };
  }

  private add(events: readonly RecordedEvent[]): void {
    const changed = this.keep(events);
    for (const id of changed) this.fold(this.entry(id));
    this.tell(changed);
  }

  private async addInSlices(events: readonly RecordedEvent[]): Promise<void> {
    const changed = this.keep(events);
    for (const [index, id] of changed.entries()) {
      if (index > 0 && index % SLICE === 0) await othersTurn();
      this.fold(this.entry(id));
    }
    this.tell(changed);
  }

  /** Adds the events that are new. Returns the ids of their operations. */
  private keep(events: readonly RecordedEvent[]): readonly string[] {
    const changed = new Set<string>();
    for (const event of events) {
      const entry = this.entry(event.id);
      const key = `${event.writer} ${event.seq}`;
      if (entry.events.has(key)) continue;
      entry.events.set(key, event);
      if (entry.latest === undefined || event.at > entry.latest.at) entry.latest = event;
      if (event.writer === this.writer) this.seq = Math.max(this.seq, event.seq + 1);
      changed.add(event.id);
    }
    return [...changed];
  }

  private tell(changed: readonly string[]): void {
    if (changed.length === 0) return;
    this.newestFirst = undefined;
    this.changed.tell(changed);
  }

  private fold(entry: Entry): void {
    const { operation, ignored } = fold([...entry.events.values()]);
    if (operation !== undefined) entry.operation = operation;
    for (const { event, why } of ignored) {
      this.found.report(
        why === 'unknown-type'
          ? { kind: 'unknown-event', type: event.type }
          : { kind: 'contradiction', operation: event.id },
      );
    }
  }

  private entry(id: string): Entry {
    let entry = this.entries.get(id);
    if (entry === undefined) {
      entry = { events: new Map() };
      this.entries.set(id, entry);
    }
    return entry;
  }
}
