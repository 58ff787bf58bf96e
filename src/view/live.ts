/** Keeps what the window shows of operations true: rows of both views and the status bar, while time passes too. */
import type { Ledger } from '../operations/ledger';
import type { Operation } from '../operations/operation';
import { isOpen, startOf, verbOf } from './messages/operation';
import { countedProgress, type ProgressOf } from './operations/known-progress';
import type { OperationsTree } from './operations/tree';
import type { Resources } from './resources/resources';
import type { Busy, FindBusy } from './resources/rows';
import type { StatusBar } from './status-bar';

/** While something runs, the time that is shown is counted this often. */
const TICK_MS = 5_000;

/** What Slipway is doing to a thing, from the operations that are not over. */
export function busyAmong(
  operations: () => readonly Operation[],
  progressOf: ProgressOf = countedProgress,
): FindBusy {
  return (connectionId, path, kinds): Busy | undefined => {
    const operation = operations().find(
      (one) =>
        isOpen(one) &&
        kinds.includes(one.kind) &&
        one.subject.connectionId === connectionId &&
        one.subject.path.length === path.length &&
        one.subject.path.every((name, index) => name === path[index]),
    );
    const progress = operation && progressOf(operation)?.short;
    return (
      operation && {
        verb: verbOf(operation),
        since: startOf(operation),
        ...(progress !== undefined && { progress }),
      }
    );
  };
}

export class LiveView {
  private readonly unlisten: () => void;
  private readonly ticking: ReturnType<typeof setInterval>;
  /** Operations whose end has been shown already. */
  private readonly ended: Set<string>;

  constructor(
    private readonly ledger: Ledger,
    private readonly resources: Resources,
    private readonly operations: OperationsTree,
    private readonly statusBar: StatusBar,
  ) {
    this.ended = new Set(ledger.operations().flatMap(({ id, state }) => (isOpenState(state) ? [] : [id])));
    this.unlisten = ledger.onDidChange((ids) => this.changed(ids));
    this.ticking = setInterval(() => this.tick(), TICK_MS);
    this.changed([]);
  }

  dispose(): void {
    this.unlisten();
    clearInterval(this.ticking);
  }

  private changed(ids: readonly string[]): void {
    for (const id of ids) {
      const operation = this.ledger.operation(id);
      const row = operation && this.resources.find(operation.subject.connectionId, operation.subject.path);
      if (!operation || !row) continue;
      if (isOpenState(operation.state) || this.ended.has(id)) {
        this.resources.redraw(row);
      } else {
        this.ended.add(id);
        void this.resources.refresh(row);
        this.resources.redraw(row);
      }
    }
    this.operations.redraw();
    this.statusBar.show(this.ledger.operations());
  }

  private tick(): void {
    const open = this.ledger.operations().filter(isOpen);
    for (const { subject } of open) {
      const row = this.resources.find(subject.connectionId, subject.path);
      if (row) this.resources.redraw(row);
    }
    if (open.length > 0) this.operations.redraw();
  }
}

function isOpenState(state: Operation['state']): boolean {
  return state === 'planned' || state === 'running' || state === 'watching';
}
