/** A page as data: its texts and buttons, made from the domain. `html` draws it. */

/** How something stands, shown by shape, colour and word together. */
export type Tone = 'good' | 'info' | 'warning' | 'confirm' | 'error' | 'running' | 'unknown' | 'neutral';

/** A button. Whoever shows the page decides by the `id` what it does. */
export interface PageButton {
  readonly id: string;
  readonly label: string;
  /**
   * `main`: the recommended one, at most one on a page. It never overrides a check, and never has the focus at first.
   */
  readonly look?: 'main' | 'plain' | 'risky';
  /** Why it cannot be pressed now. */
  readonly off?: string;
}

/** A cell of a table. A plain string is a text of Slipway's or a name, and data in either case. */
export type Cell =
  | string
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'muted'; readonly text: string }
  | { readonly kind: 'sign'; readonly tone: Tone; readonly text: string }
  | { readonly kind: 'button'; readonly button: PageButton }
  /** Leads to another page. */
  | { readonly kind: 'link'; readonly button: PageButton }
  /** A text for use elsewhere, with the button that copies it. */
  | { readonly kind: 'copyable'; readonly text: string; readonly button: PageButton }
  /** A time as people say it, and `exact` to the second, which shows when the pointer rests on it. */
  | { readonly kind: 'time'; readonly text: string; readonly exact: string }
  | { readonly kind: 'lines'; readonly cells: readonly Cell[] }
  /** On one line where there is room. */
  | { readonly kind: 'beside'; readonly cells: readonly Cell[] };

export interface TableRow {
  readonly cells: readonly Cell[];
  /** Stands out from the other rows, because it changes. */
  readonly strong?: boolean;
}

/** Something that was found, and what to do. */
export interface Finding {
  readonly tone: Tone;
  /** The verdict in a word, as the tone shows it. */
  readonly verdict: string;
  readonly title: string;
  readonly text?: string;
  readonly help?: string;
  readonly buttons?: readonly PageButton[];
}

export interface FileChange {
  readonly path: string;
  readonly change: 'added' | 'changed' | 'removed';
  /** Sizes before and after, in people's units. */
  readonly size: string;
  /** Shows the difference. */
  readonly button?: string;
}

/** A step of a time line; epoch milliseconds. */
export interface Bar {
  readonly label: string;
  readonly from: number;
  /** Absent: it goes on. */
  readonly until?: number;
  readonly tone: Tone;
  /** How it ended, or that it goes on. */
  readonly state: string;
}

export interface Mark {
  readonly at: number;
  readonly label: string;
}

/** Bars that begin and end over the same span of time, such as the steps of an operation or the nodes of an update. */
export interface Lane {
  /** Absent where there is one lane alone. */
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
      /** Empty for a table of names and values, in which the first cell of each row is its name. */
      readonly head: readonly string[];
      readonly rows: readonly TableRow[];
    }
  | { readonly kind: 'files'; readonly name: string; readonly files: readonly FileChange[] }
  | { readonly kind: 'lanes'; readonly name: string; readonly lanes: readonly Lane[]; readonly now: number }
  /** Text whose lines are kept. Invisible characters are made visible already. */
  | { readonly kind: 'source'; readonly name: string; readonly text: string }
  | { readonly kind: 'buttons'; readonly buttons: readonly PageButton[] }
  | { readonly kind: 'sections'; readonly sections: readonly Section[] };

export interface Section {
  /** Unique on its page; stays the same when the page is made anew. */
  readonly id: string;
  readonly heading: string;
  /** Shown beside the heading. */
  readonly note?: string;
  readonly tone?: Tone;
  /** Whether it can be folded, and how it is at first. Absent: it is always open. */
  readonly fold?: 'open' | 'closed';
  readonly blocks: readonly Block[];
}

export interface Page {
  /** Above the heading: what kind of page it is. */
  readonly kind: string;
  readonly heading: string;
  /** One line under the heading. */
  readonly about: readonly Cell[];
  /** How the thing stands, in a few words. */
  readonly state: { readonly tone: Tone; readonly text: string };
  /** What the reader has to know first, such as why it failed. */
  readonly notices: readonly Finding[];
  readonly buttons: readonly PageButton[];
  readonly sections: readonly Section[];
}

/** All buttons of a page, wherever they stand. */
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
