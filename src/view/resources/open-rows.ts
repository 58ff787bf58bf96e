/** Keeps track of which rows of the view are open. The lists below other rows need not be kept up to date. */
import { parentOf, type Row } from './row';

export class OpenRows {
  private readonly asked = new Set<string>();
  private readonly closed = new Set<string>();

  /** Called when the view asks for the children of the row, or shows them again. */
  opened({ id }: Row): void {
    this.asked.add(id);
    this.closed.delete(id);
  }

  shut({ id }: Row): void {
    this.closed.add(id);
  }

  /**
   * True if `node` and all rows above it are open in the view, even if the rows below `node` are scrolled out
   * of sight.
   */
  isOpen(node: Row): boolean {
    if (!this.asked.has(node.id)) return false;
    for (let at: Row | undefined = node; at; at = parentOf(at)) {
      if (this.closed.has(at.id)) return false;
    }
    return true;
  }
}
