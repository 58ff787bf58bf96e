/** How a row of the Resources view appears, before VS Code's own objects are made of it. */
import type { Phase } from '../../model/phase';
import type { RowIcon } from '../row-icon';

export interface RowAppearance extends RowIcon {
  readonly label: string;
  /** What screen readers say for it, where the label is shortened. */
  readonly fullName?: string;
  /**
   * The state in one or two words. They stand right beside the label, where a narrow side bar does not cut them. Absent:
   * there is nothing to say.
   */
  readonly state?: string;
  /** Further words, the most important first: a narrow side bar cuts the last ones. */
  readonly words: readonly string[];
  /** What the row stands for, for screen readers. */
  readonly role: string;
  readonly phase?: Phase;
  /** Absent: the row has no others below it. */
  readonly open?: 'collapsed' | 'expanded';
}
