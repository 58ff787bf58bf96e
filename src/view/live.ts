/**
 * Redraws the rows of the Resources and Operations views, and the status bar, as operations change and time
 * passes.
 */
import type * as vscode from 'vscode';
import { present } from '../model/present';
import { isSamePath } from '../model/same-path';
import type { Ledger } from '../operations/ledger';
import type { Operation } from '../operations/operation';
import { isBadEnd, isOpen, startOf, verbOf, waitsForYouWords } from './messages/operation';
import { countedProgress, type ProgressOf } from './operations/known-progress';
import type { OperationsTree } from './operations/tree';
import type { Resources } from './resources/resources';
import type { Busy, FindBusy } from './resources/rows';
import type { StatusBar } from './status-bar';
import { mendedBy, type UnseenFailures } from './unseen-failures';

/** Milliseconds between two redraws of elapsed times while something runs. */
const TICK_MS = 5_000;

/**
 * Returns a function that describes the operation under way on a resource, for the resource's row. The
 * function returns undefined if no such operation is of one of the given kinds.
 */
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
        isSamePath(one.subject.path, path),
    );
    const progress = operation && progressOf(operation)?.short;
    return (
      operation && {
        verb: operation.paused === undefined ? verbOf(operation) : waitsForYouWords(),
        since: startOf(operation),
        isWaiting: operation.paused !== undefined,
        ...present({ progress }),
      }
    );
  };
}

export interface LiveParts {
  readonly ledger: Ledger;
  readonly resources: Resources;
  readonly operations: OperationsTree;
  readonly statusBar: StatusBar;
  readonly unseen: UnseenFailures;
}

export class LiveView {
  private readonly unlisten: () => void;
  private readonly unseenListener: vscode.Disposable;
  private readonly ticking: ReturnType<typeof setInterval>;
  /** The ids of operations that had ended before this view was made, or whose end this view has shown. */
  private readonly ended: Set<string>;

  constructor(private readonly parts: LiveParts) {
    const { ledger, unseen } = parts;
    this.ended = new Set(ledger.operations().flatMap(({ id, state }) => (isOpenState(state) ? [] : [id])));
    this.unlisten = ledger.onDidChange((ids) => this.changed(ids));
    this.unseenListener = unseen.onDidChange(() => this.showInStatusBar());
    this.ticking = setInterval(() => this.tick(), TICK_MS);
    this.changed([]);
  }

  dispose(): void {
    this.unlisten();
    this.unseenListener.dispose();
    clearInterval(this.ticking);
  }

  private changed(ids: readonly string[]): void {
    const { ledger, resources, operations, unseen } = this.parts;
    for (const id of ids) {
      const operation = ledger.operation(id);
      if (!operation) continue;
      const hasEnded = !isOpenState(operation.state) && !this.ended.has(id);
      if (hasEnded) this.ended.add(id);
      // A batch that fails counts as one unseen failure. The operations of its rows, which have a `parent`,
      // do not count.
      if (hasEnded && operation.parent === undefined && isBadEnd(operation.state)) void unseen.add(id);
      if (hasEnded) void unseen.seen(mendedBy(operation, ledger.operations()));
      const row = resources.find(operation.subject.connectionId, operation.subject.path);
      if (!row) continue;
      if (hasEnded) void resources.refresh(row);
      resources.redraw(row);
    }
    operations.redraw();
    this.showInStatusBar();
  }

  private showInStatusBar(): void {
    const { ledger, statusBar, unseen } = this.parts;
    statusBar.show(ledger.operations(), unseen.ids());
  }

  private tick(): void {
    const { ledger, resources, operations } = this.parts;
    const open = ledger.operations().filter(isOpen);
    for (const { subject } of open) {
      const row = resources.find(subject.connectionId, subject.path);
      if (row) resources.redraw(row);
    }
    if (open.length === 0) return;
    operations.redraw();
    this.showInStatusBar();
  }
}

function isOpenState(state: Operation['state']): boolean {
  return state === 'planned' || state === 'running' || state === 'watching';
}
