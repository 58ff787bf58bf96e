/** Operations that did not go well and that nobody has looked at yet: kept on this machine until somebody does. */
import * as vscode from 'vscode';
import type { OperationState } from '../operations/operation';

const KEY = 'slipway.unseenFailures';

/** How many are kept: who has not looked at so many will not look at the oldest. */
const MOST = 50;

const BAD: readonly OperationState[] = ['failed', 'drifted', 'cancelled-by-aws', 'unknown'];

/** Whether an operation ended in a way that is to be looked at. */
export function isBadEnd(state: OperationState): boolean {
  return BAD.includes(state);
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

  /** Somebody has looked at these. */
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
