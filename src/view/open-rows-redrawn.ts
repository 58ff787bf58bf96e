/**
 * Works around a fault of VS Code. After VS Code has redrawn an open row, it should ask for the row's
 * children again. But if an earlier request for the children is still pending, VS Code uses the answer to
 * that request, although its extension host has forgotten the children in that answer: they would never be
 * redrawn, and commands on them would receive no row. Slipway therefore redraws a row again if VS Code does
 * not ask for the row's children.
 */
import type * as vscode from 'vscode';

/**
 * An open row is drawn again if VS Code has not asked for its children this many milliseconds after the row
 * was drawn. On a machine that is not busy, VS Code asks well before that. Each further wait is twice as long.
 */
const PATIENCE_MS = 1_000;
/**
 * The most times that a row is drawn again. VS Code never asks for the children of a row that is out of
 * sight, so the redraws have to end.
 */
const MOST_TRIES = 3;

export class OpenRowsRedrawn<T extends object> implements vscode.Disposable {
  /**
   * The open rows, that is, rows whose children VS Code has asked for. The value is the number of times that
   * this class has redrawn the row since VS Code last asked.
   */
  private readonly open = new WeakMap<T, number>();
  private readonly waiting = new Map<T, ReturnType<typeof setTimeout>>();

  /** @param redraw makes VS Code draw a row again and ask for its children. */
  constructor(private readonly redraw: (row: T) => void) {}

  /**
   * Called when VS Code asks how to draw a row. If the row is open, VS Code should ask for its children
   * next; if VS Code does not, the row is redrawn.
   */
  drawn(row: T): void {
    const tries = this.open.get(row);
    if (tries === undefined || tries >= MOST_TRIES) return;
    this.stop(row);
    const again = (): void => {
      this.waiting.delete(row);
      this.open.set(row, tries + 1);
      this.redraw(row);
    };
    this.waiting.set(row, setTimeout(again, PATIENCE_MS * 2 ** tries));
  }

  /** Called when VS Code asks for the children of a row. */
  asked(row: T): void {
    this.stop(row);
    this.open.set(row, 0);
  }

  shut(row: T): void {
    this.stop(row);
    this.open.delete(row);
  }

  dispose(): void {
    for (const timer of this.waiting.values()) clearTimeout(timer);
    this.waiting.clear();
  }

  private stop(row: T): void {
    clearTimeout(this.waiting.get(row));
    this.waiting.delete(row);
  }
}
