/**
 * A target's queue, and what of it outlives the window: what waited, the operation that AWS may still work on, and what
 * git had checked out.
 */
import { type Restored, SaveQueue, type SaveQueueParts } from '../../deploy/on-save/save-queue';
import { type SaveOutcome, type SaveState, snapshotOf } from '../../deploy/on-save/save-state';
import type { OnSave } from '../../deploy/targets/target';
import type { Ledger } from '../../operations/ledger';
import type { KeptSaves } from '../../view/kept-saves';

export interface LastingQueueParts extends Omit<SaveQueueParts, 'deploy'> {
  readonly kept: KeptSaves;
  readonly ledger: Pick<Ledger, 'operation'>;
  /** As {@link SaveQueueParts.deploy}. `onBegun`: the operation that it is from then on. */
  readonly deploy: (signal: AbortSignal, onBegun: (operation: string) => void) => Promise<SaveOutcome>;
  /** Waits for the end of a deployment that an earlier window has sent. */
  readonly follow: (operation: string) => Promise<SaveOutcome>;
}

export class LastingQueue {
  readonly queue: SaveQueue;
  /** The operation of the last deployment, if that came so far as to be one. */
  private running: string | undefined;
  private head: string | undefined;
  /** All that this window waits for, or has waited for. */
  private readonly awaited = new Set<string>();

  /** @param id the same for the target after a reload. */
  constructor(
    private readonly id: string,
    private readonly parts: LastingQueueParts,
    on: boolean,
    settings: OnSave,
  ) {
    const kept = parts.kept.of(id);
    this.running = kept?.operation;
    this.head = kept?.head;
    this.queue = new SaveQueue(
      {
        ...parts,
        deploy: (signal) => this.deploy(signal),
        onState: (state) => {
          this.keep(state);
          parts.onState(state);
        },
      },
      on,
      settings,
      this.before(),
    );
  }

  get operation(): string | undefined {
    return this.running;
  }

  /**
   * Whether what git has checked out now is what it had at the deployment before, or nobody knows; then that is
   * remembered.
   */
  agreesTo(head: string | undefined): boolean {
    if (head === undefined) return true;
    this.head ??= head;
    this.keep(this.queue.state);
    return this.head === head;
  }

  /** The user's word; it holds for whatever is checked out by now. */
  resume(deploy: boolean): void {
    this.head = undefined;
    this.queue.resume(deploy);
  }

  /** Whether this window waits for the operation and tells how it ends. */
  awaits(operation: string): boolean {
    return this.awaited.has(operation);
  }

  /** What a window that went away left behind. */
  private before(): Restored | undefined {
    const kept = this.parts.kept.of(this.id);
    if (kept === undefined) return undefined;
    const { operation, snapshot } = kept;
    const wasSent = operation !== undefined && this.parts.ledger.operation(operation)?.sentAt !== undefined;
    const isInFlight = snapshot.running && wasSent;
    if (isInFlight) this.awaited.add(operation);
    return { snapshot, ...(isInFlight && { inFlight: this.parts.follow(operation) }) };
  }

  private deploy(signal: AbortSignal): Promise<SaveOutcome> {
    // Else what runs now would be taken for the earlier operation, and be as live as that is.
    this.running = undefined;
    this.keep(this.queue.state);
    return this.parts.deploy(signal, (operation) => {
      this.running = operation;
      this.awaited.add(operation);
      this.keep(this.queue.state);
    });
  }

  private keep(state: SaveState): void {
    this.parts.kept.keep(this.id, {
      snapshot: snapshotOf(state),
      ...(this.running !== undefined && { operation: this.running }),
      ...(this.head !== undefined && { head: this.head }),
    });
  }
}
