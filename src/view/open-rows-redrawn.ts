/**
 * Makes sure that VS Code asks for the children of an open row after it has drawn the row again. While VS Code still
 * waits for an earlier answer it takes that one. But the extension host's side of VS Code has forgotten those children
 * by then: they would never be drawn again, and commands on them would get no row.
 */
import type * as vscode from 'vscode';

/**
 * Longer than VS Code takes to ask, on a machine that is not busy; milliseconds. Each further try waits twice as long.
 */
const PATIENCE_MS = 1_000;
/** VS Code does not ask below a row that is out of sight, so the tries have to end. */
const MOST_TRIES = 3;

export class OpenRowsRedrawn<T extends object> implements vscode.Disposable {
  /** Rows whose children were asked for, with the number of tries since. */
  private readonly open = new WeakMap<T, number>();
  private readonly waiting = new Map<T, ReturnType<typeof setTimeout>>();

  /** @param redraw makes VS Code draw a row again, and with it ask for what is below it. */
  constructor(private readonly redraw: (row: T) => void) {}

  /** VS Code asks what a row looks like: right after that it asks for what is below, if the row is open. */
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

  /** VS Code asks for what is below a row. */
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
