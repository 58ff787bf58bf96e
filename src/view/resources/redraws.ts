/** Gathers rows that look different now, and draws them again a slice at a time. */
import type { Clock } from '../../model/clock';
import type { ResourceNode } from './node';

/** How long changed rows are gathered before they are drawn again; milliseconds. */
const GATHER_MS = 60;
/** Rows of one slice, with those below them that VS Code asks for again: a thousand at once would be felt while typing. */
const SLICE = 100;
/** How long after a redraw all rows are counted; milliseconds. After each redraw would be twenty times a second. */
const COUNT_MS = 250;

export class Redraws {
  private readonly rows = new Set<ResourceNode>();
  private readonly ended = new AbortController();
  private isWaiting = false;
  private isCounting = false;

  constructor(
    private readonly clock: Clock,
    private readonly draw: (rows: readonly ResourceNode[]) => void,
    /** How many rows below it the view asks for again when a row is drawn. */
    private readonly rowsBelow: (row: ResourceNode) => number,
    /** Rows were drawn lately. */
    private readonly drawn: () => void,
  ) {}

  add(row: ResourceNode): void {
    this.rows.add(row);
    if (!this.isWaiting) this.wait();
  }

  dispose(): void {
    this.ended.abort();
  }

  private wait(): void {
    this.isWaiting = true;
    this.clock.sleep(GATHER_MS, this.ended.signal).then(
      () => this.drawSlice(),
      // The view is gone.
      () => undefined,
    );
  }

  private drawSlice(): void {
    const slice: ResourceNode[] = [];
    let drawn = 0;
    for (const row of this.rows) {
      drawn += 1 + this.rowsBelow(row);
      if (drawn > SLICE && slice.length > 0) break;
      slice.push(row);
      this.rows.delete(row);
    }
    this.isWaiting = false;
    this.draw(slice);
    if (this.rows.size > 0) this.wait();
    else if (!this.isCounting) this.count();
  }

  private count(): void {
    this.isCounting = true;
    this.clock.sleep(COUNT_MS, this.ended.signal).then(
      () => {
        this.isCounting = false;
        this.drawn();
      },
      // The view is gone.
      () => undefined,
    );
  }
}
