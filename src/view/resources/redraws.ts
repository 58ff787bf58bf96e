/** Gathers rows whose appearance has changed, and draws them again slice by slice. */
import type { Clock } from '../../model/clock';
import { Timer } from '../../model/waiting';
import type { ResourceNode } from './node';

/** Milliseconds for which changed rows are gathered before they are drawn again. */
const GATHER_MS = 60;
/**
 * The maximum number of rows in a slice, including the children that VS Code asks for again: a thousand
 * rows at once would delay typing. A single row with more children is still drawn, in a slice of its own.
 */
const SLICE = 100;
/**
 * Milliseconds after a redraw until all rows are counted: redraws may follow one another every `GATHER_MS`,
 * too often for a count.
 */
const COUNT_MS = 250;

export class Redraws {
  private readonly rows = new Set<ResourceNode>();
  private readonly drawing: Timer;
  private readonly counting: Timer;

  constructor(
    clock: Clock,
    private readonly draw: (rows: readonly ResourceNode[]) => void,
    /** The number of rows below `row` that the view asks for again when `row` is drawn. */
    private readonly rowsBelow: (row: ResourceNode) => number,
    /** Called `COUNT_MS` after rows were drawn. */
    drawn: () => void,
  ) {
    this.drawing = new Timer(clock, () => this.drawSlice());
    this.counting = new Timer(clock, drawn);
  }

  add(row: ResourceNode): void {
    this.rows.add(row);
    this.drawing.start(GATHER_MS);
  }

  dispose(): void {
    this.drawing.dispose();
    this.counting.dispose();
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
    this.draw(slice);
    if (this.rows.size > 0) this.drawing.start(GATHER_MS);
    else this.counting.start(COUNT_MS);
  }
}
