/** What a kind of thing declares of its page, which a click on its row opens. */
import type { LabelledCommand, LogsOwner } from '../../messages/command-labels';

export interface ThingPage {
  /** What pages call such a thing. */
  name(): string;
  /** What pages of things in it say before its name: `in the cluster`. Absent: nothing is in it. */
  inside?(): string;
  /** Buttons at its top, the recommended one first. A test checks that the row's own menu has them too. */
  readonly commands: readonly LabelledCommand[];
  /** Whose logs it shows; absent: it has none. */
  readonly logs?: LogsOwner;
}

/** The commands of every thing that code is deployed to. */
export const CODE_BUTTONS = [
  'slipway.code.deploy',
  'slipway.code.plan',
  'slipway.code.compare',
  'slipway.code.history',
  'slipway.code.rollBack',
] as const satisfies readonly LabelledCommand[];

/** The page of a thing of which a list says all; a kind may add to it in `pages/things`. */
export interface ListedPage<N> extends ThingPage {
  /** In AWS's words, with AWS's reason where it gives one. */
  status(row: N): { readonly status: string; readonly reason?: string };
  /** Names the table of its facts. */
  heading(): string;
  facts(row: N): readonly ThingFact[];
}

/** A name and its value. A value that is undefined has nothing to say, and is left out. */
export type ThingFact = readonly [name: string, value: FactValue | undefined];

/** `copyable`: for use elsewhere; its button says that it copies `what`. A list stands on one line. */
export type FactValue =
  | string
  | { readonly kind: 'code' | 'muted'; readonly text: string }
  | { readonly kind: 'copyable'; readonly what: string; readonly text: string }
  /** Epoch milliseconds. */
  | { readonly kind: 'time'; readonly at: number }
  | readonly FactValue[];
