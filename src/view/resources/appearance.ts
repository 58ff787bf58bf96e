/** How a row of the Resources view appears, before VS Code's own objects are made of it. */
import type { Phase } from '../../model/phase';

export interface RowAppearance {
  readonly label: string;
  /** A codicon. */
  readonly icon: string;
  /** What stands beside the label, the most important first, as the width may not do for all. */
  readonly words: readonly string[];
  /** What the row stands for, for screen readers. */
  readonly role: string;
  readonly phase?: Phase;
  /** Absent: the row has no others below it. */
  readonly open?: 'collapsed' | 'expanded';
}
