/** Which rows of the view are open: what is below the others is asked for again once they are. */
import { parentOf, type ResourceNode } from './node';

export class OpenRows {
  private readonly asked = new Set<string>();
  private readonly closed = new Set<string>();

  /** The view wants to know what is below the row, or shows it again. */
  opened({ id }: ResourceNode): void {
    this.asked.add(id);
    this.closed.delete(id);
  }

  shut({ id }: ResourceNode): void {
    this.closed.add(id);
  }

  /** Whether what is below the row can be seen, scrolling aside. */
  isOpen(node: ResourceNode): boolean {
    if (!this.asked.has(node.id)) return false;
    for (let at: ResourceNode | undefined = node; at; at = parentOf(at)) {
      if (this.closed.has(at.id)) return false;
    }
    return true;
  }
}
