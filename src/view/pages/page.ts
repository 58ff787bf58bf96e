/** A page as data: its texts and buttons, made from domain data. The `html` folder turns it into HTML. */

/** The state of something, shown by shape, colour and word together. */
export type Tone = 'good' | 'info' | 'warning' | 'confirm' | 'error' | 'running' | 'unknown' | 'neutral';

/** A button. The code that shows the page decides from the `id` what the button does. */
export interface PageButton {
  readonly id: string;
  readonly label: string;
  /**
   * `main` is the recommended button, at most one on a page. It never overrides a check, and never has the focus when
   * the page opens.
   */
  readonly look?: 'main' | 'plain' | 'risky';
  /** Why the button cannot be pressed now; absent if it can be pressed. */
  readonly off?: string;
}

/**
 * A cell of a table, or a part of the line under the heading. A plain string is never markup, whether Slipway
 * or somebody else wrote it.
 */
export type Cell =
  | string
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'muted'; readonly text: string }
  | { readonly kind: 'sign'; readonly tone: Tone; readonly text: string }
  | { readonly kind: 'button'; readonly button: PageButton }
  /** A button that looks like a link: it opens another page, or an address in the browser. */
  | { readonly kind: 'link'; readonly button: PageButton }
  /** A text to be used elsewhere, with a button that copies it. */
  | { readonly kind: 'copyable'; readonly text: string; readonly button: PageButton }
  /**
   * A time in relative words. While the pointer rests on it, the page shows `exact`, the time to the second.
   */
  | { readonly kind: 'time'; readonly text: string; readonly exact: string }
  | { readonly kind: 'lines'; readonly cells: readonly Cell[] }
  /** Cells that stand beside each other on one line where there is room. */
  | { readonly kind: 'beside'; readonly cells: readonly Cell[] };

export interface TableRow {
  readonly cells: readonly Cell[];
  /** True for a row whose value changes: such a row is emphasized. */
  readonly strong?: boolean;
}

/** A finding, such as a problem or a passed check, and what to do about it. */
export interface Finding {
  readonly tone: Tone;
  /** A few words beside the sign of `tone`: usually the verdict, as one word. */
  readonly verdict: string;
  readonly title: string;
  readonly text?: string;
  readonly help?: string;
  readonly buttons?: readonly PageButton[];
}

export interface FileChange {
  readonly path: string;
  readonly change: 'added' | 'changed' | 'removed';
  /** The size of the file, or the sizes before and after if the two differ; in readable units. */
  readonly size: string;
  /** Id of the button that shows the difference; absent if the difference cannot be shown. */
  readonly button?: string;
}

/**
 * A bar on a time line: a step or a phase of an operation, an operation of a batch, or a state of a node.
 * Times are in epoch milliseconds.
 */
export interface Bar {
  readonly label: string;
  readonly from: number;
  /** Absent while the step, operation or state that the bar stands for has not ended. */
  readonly until?: number;
  readonly tone: Tone;
  /** In words: how the step, operation or state ended, or that it has not ended. */
  readonly state: string;
}

export interface Mark {
  readonly at: number;
  readonly label: string;
}

/** The bars and marks of one operation, of all operations of a batch, or of one node during an update. */
export interface Lane {
  /** Names the node; absent for an operation or a batch, whose lane is the only one. */
  readonly label?: string;
  readonly bars: readonly Bar[];
  readonly marks: readonly Mark[];
}

export type Block =
  | { readonly kind: 'text'; readonly text: string; readonly look?: 'muted' }
  | { readonly kind: 'findings'; readonly findings: readonly Finding[] }
  | {
      readonly kind: 'table';
      /** Names the table to a screen reader. */
      readonly caption: string;
      /** Headings of the columns; empty for a table of names and values, in which each row begins with the name. */
      readonly head: readonly string[];
      readonly rows: readonly TableRow[];
    }
  | { readonly kind: 'files'; readonly name: string; readonly files: readonly FileChange[] }
  | { readonly kind: 'lanes'; readonly name: string; readonly lanes: readonly Lane[]; readonly now: number }
  /** Text that keeps its line breaks. Its invisible characters have already been made visible. */
  | { readonly kind: 'source'; readonly name: string; readonly text: string }
  | { readonly kind: 'buttons'; readonly buttons: readonly PageButton[] }
  | { readonly kind: 'sections'; readonly sections: readonly Section[] };

export interface Section {
  /** Unique on its page; stays the same when the page is made again. */
  readonly id: string;
  readonly heading: string;
  /** A short text beside the heading. */
  readonly note?: string;
  readonly tone?: Tone;
  /** Whether the section is open at first; the user can fold it. Absent: the section is always open. */
  readonly fold?: 'open' | 'closed';
  readonly blocks: readonly Block[];
}

export interface Page {
  /** The kind of page, shown above the heading. */
  readonly kind: string;
  readonly heading: string;
  /** The parts of the line under the heading. */
  readonly about: readonly Cell[];
  /** The state of the page's subject, in a few words. */
  readonly state: { readonly tone: Tone; readonly text: string };
  /** Notices that the reader must see first, such as the reason for a failure. */
  readonly notices: readonly Finding[];
  readonly buttons: readonly PageButton[];
  readonly sections: readonly Section[];
}

/** All buttons of a page, in all of its parts. */
export function buttonsOf(page: Page): readonly PageButton[] {
  return [
    ...page.buttons,
    ...page.notices.flatMap(({ buttons = [] }) => buttons),
    ...page.about.flatMap(buttonsInCell),
    ...page.sections.flatMap(buttonsInSection),
  ];
}

function buttonsInSection({ blocks }: Section): readonly PageButton[] {
  return blocks.flatMap((block): readonly PageButton[] => {
    switch (block.kind) {
      case 'findings':
        return block.findings.flatMap(({ buttons = [] }) => buttons);
      case 'table':
        return block.rows.flatMap(({ cells }) => cells.flatMap(buttonsInCell));
      case 'files':
        return block.files.flatMap(({ button, path }) =>
          button === undefined ? [] : [{ id: button, label: path }],
        );
      case 'buttons':
        return block.buttons;
      case 'sections':
        return block.sections.flatMap(buttonsInSection);
      default:
        return [];
    }
  });
}

function buttonsInCell(cell: Cell): readonly PageButton[] {
  if (typeof cell === 'string') return [];
  if ('button' in cell) return [cell.button];
  return 'cells' in cell ? cell.cells.flatMap(buttonsInCell) : [];
}
