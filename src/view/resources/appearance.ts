/** How a row of the Resources view appears, before VS Code's own objects are made of it. */
import type { Phase } from '../../model/phase';
import type { RowIcon } from '../row-icon';

export interface RowAppearance extends RowIcon {
  readonly label: string;
  /** What screen readers say for it, where the label is shortened. */
  readonly fullName?: string;
  /**
   * What is to be seen at a glance, in one or two words: they stand right beside the label, and are not cut in a narrow
   * side bar. Absent: there is nothing of that kind.
   */
  readonly state?: string;
  /** What stands behind that, the most important first, as the width may not do for all. */
  readonly words: readonly string[];
  /** What the row stands for, for screen readers. */
  readonly role: string;
  readonly phase?: Phase;
  /** Absent: the row has no others below it. */
  readonly open?: 'collapsed' | 'expanded';
}
