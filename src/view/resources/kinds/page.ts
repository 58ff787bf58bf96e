/** The declaration of the page of a kind of thing; a click on the thing's row opens the page. */
import type { LabelledCommand, LogsOwner } from '../../messages/command-labels';

export interface ThingPage {
  /** The word for a thing of this kind on pages. */
  name(): string;
  /**
   * The words before the thing's name on pages of things inside it: `in the cluster`. Absent if no things are inside
   * it.
   */
  inside?(): string;
  /**
   * Buttons at the top of the page, the recommended one first. A test checks that the row's own menu has them
   * too.
   */
  readonly commands: readonly LabelledCommand[];
  /** Whose logs the page has a button for; absent where there are none. */
  readonly logs?: LogsOwner;
}

/** The commands of the buttons on the page of every thing to which code is deployed. */
export const CODE_BUTTONS = [
  'slipway.code.deploy',
  'slipway.code.plan',
  'slipway.code.compare',
  'slipway.code.history',
  'slipway.code.rollBack',
] as const satisfies readonly LabelledCommand[];

/**
 * The page of a thing of a listed kind: the list gives more than the thing's name. For some kinds,
 * functions in `pages/things` add to the page.
 */
export interface ListedPage<N> extends ThingPage {
  /** The status in AWS's words, with AWS's reason if there is one. */
  status(row: N): { readonly status: string; readonly reason?: string };
  /** The title of the table of the thing's facts. */
  heading(): string;
  facts(row: N): readonly ThingFact[];
}

/** A row of the table of facts: a name and its value. The row is left out if the value is undefined. */
export type ThingFact = readonly [name: string, value: FactValue | undefined];

/**
 * A `copyable` text has a button that copies it; the label of the button contains `what`. The values of an
 * array stand beside each other where there is room.
 */
export type FactValue =
  | string
  | { readonly kind: 'code' | 'muted'; readonly text: string }
  | { readonly kind: 'copyable'; readonly what: string; readonly text: string }
  /** Epoch milliseconds. */
  | { readonly kind: 'time'; readonly at: number }
  | readonly FactValue[];
