/**
 * Operations that ended badly and that the user has not seen yet. Each is remembered on this machine until
 * the user sees it, until a later operation of the same kind on the same thing succeeds, or until there are
 * too many.
 */
import * as vscode from 'vscode';
import { isSamePath } from '../model/same-path';
import type { Operation } from '../operations/operation';

const KEY = 'slipway.unseenFailures';

/** At most this many operations are remembered: a user who leaves so many unseen will not read the oldest. */
const MOST = 50;

/**
 * If `later` has succeeded: the ids of the earlier operations of the same kind on the same thing, whose
 * failures no longer matter. Otherwise empty.
 */
export function mendedBy(later: Operation, operations: readonly Operation[]): readonly string[] {
  const { connectionId, path } = later.subject;
  if (later.state !== 'succeeded') return [];
  const mended = operations.filter(
    ({ kind, subject, createdAt }) =>
      kind === later.kind &&
      subject.connectionId === connectionId &&
      isSamePath(subject.path, path) &&
      createdAt < later.createdAt,
  );
  return mended.map(({ id }) => id);
}

export class UnseenFailures implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;

  constructor(private readonly memento: vscode.Memento) {}

  /** Ids of operations, the latest last. */
  ids(): readonly string[] {
    return this.memento.get<readonly string[]>(KEY, []);
  }

  async add(id: string): Promise<void> {
    if (!this.ids().includes(id)) await this.keep([...this.ids(), id].slice(-MOST));
  }

  /** Forgets these operations: the user has seen them, or a later operation has succeeded. */
  async seen(ids: readonly string[]): Promise<void> {
    const left = this.ids().filter((id) => !ids.includes(id));
    if (left.length < this.ids().length) await this.keep(left);
  }

  dispose(): void {
    this.changed.dispose();
  }

  private async keep(ids: readonly string[]): Promise<void> {
    await this.memento.update(KEY, ids);
    this.changed.fire();
  }
}
