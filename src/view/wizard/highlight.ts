/**
 * While rows of a list arrive, keeps the highlight on the row to which the user moved it, as long as VS Code
 * shows that row.
 */
import type { Choice } from './prompts';

/** A row, with the texts by which VS Code filters it. */
export interface FilteredRow<T> {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly alwaysShow?: boolean;
  readonly choice?: Choice<T>;
}

/**
 * True if VS Code may show the row for the typed text. The test is needed because VS Code keeps a highlighted
 * row active even when the text filters it out.
 */
export function mayShow(
  { label, description = '', detail = '', alwaysShow }: FilteredRow<unknown>,
  typed: string,
): boolean {
  if (alwaysShow === true) return true;
  const words = typed.toLowerCase().split(/\s+/);
  return [label, description, detail].some((text) => {
    const found = text.toLowerCase();
    return words.every((word) => {
      let at = -1;
      return [...word].every((letter) => {
        at = found.indexOf(letter, at + 1);
        return at >= 0;
      });
    });
  });
}

export class Highlight<T> {
  /**
   * Label of the row to which the user last moved, by arrow key or by typing. Undefined until the user has
   * moved, and again when that row is missing from the list or filtered out.
   */
  private movedTo: string | undefined;
  private begunWith: string | undefined;

  /** @param initial returns true for the row to highlight while the user has neither moved nor typed. */
  constructor(private readonly initial?: (value: T) => boolean) {}

  /**
   * The row to highlight after `rows` have replaced the earlier rows. Undefined: VS Code chooses, and takes
   * the first row that it shows. A row that the typed text filters out is never returned: VS Code would then
   * highlight no row, and Enter would do nothing.
   * @param active the row that was highlighted before
   */
  among<Row extends FilteredRow<T>>(
    rows: readonly Row[],
    active: FilteredRow<T> | undefined,
    typed: string,
  ): Row | undefined {
    const label = active?.choice?.label;
    if (active !== undefined && label !== this.begunWith && mayShow(active, typed)) this.movedTo = label;
    const { movedTo, initial } = this;
    const moved = movedTo === undefined ? undefined : rows.find(({ choice }) => choice?.label === movedTo);
    if (moved !== undefined && mayShow(moved, typed)) return moved;
    this.movedTo = undefined;
    // A user who has moved or typed something looks for another row than the initial one.
    if (movedTo !== undefined || initial === undefined || typed !== '') return undefined;
    return rows.find(({ choice }) => choice !== undefined && initial(choice.value));
  }

  /** Leaves the highlight to VS Code until the user moves again. */
  forget(): void {
    this.movedTo = undefined;
  }

  /**
   * Remembers the row that is highlighted after rows were filled in. As long as that row stays active, the user
   * has not moved since.
   */
  beganWith(active: FilteredRow<T> | undefined): void {
    this.begunWith = active?.choice?.label;
  }
}
