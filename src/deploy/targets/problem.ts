/** Something in `slipway.json` that has to be changed before a target can be used. */
import type { Node } from 'jsonc-parser';
import type { Facts } from '../../model/json';
import type { RuleCode, RuleField } from '../rules/breach';

/** A piece of text: offset and length in UTF-16 units, as editors count. */
export interface TextRange {
  readonly offset: number;
  readonly length: number;
}

/** What the schema says, which editors show by themselves. */
export type StructureCode =
  | 'syntax'
  | 'wrong-type'
  | 'not-allowed-value'
  | 'missing-member'
  | 'unknown-member'
  | 'too-small'
  | 'too-large';

/** What no schema says. */
export type TargetCode =
  | RuleCode
  | 'repeated-name'
  /** The file is longer, deeper, or has more targets than Slipway reads: `facts.most`. None of it is used. */
  | 'too-large-file'
  | 'too-deep'
  | 'too-many-targets'
  /** The file is not UTF-8, but `facts.encoding` where that is known. */
  | 'not-utf8'
  /** Neither the target nor the defaults say it. */
  | 'missing-in-target'
  /** The root leads out of the folder of `slipway.json`. */
  | 'root-outside'
  /** NO_RESTART keeps script and arguments, so that setting them has no effect. */
  | 'no-restart-keeps'
  /** Deploying on save is on for a target that never allows it: protected, or with strategy FORCE. */
  | 'on-save-never';

export type TargetProblem = {
  readonly field?: RuleField;
  readonly facts: Facts;
  readonly range: TextRange;
  /** Name of the target that it stands in; absent outside of any. */
  readonly target?: string;
} & (
  | { readonly source: 'structure'; readonly code: StructureCode }
  | { readonly source: 'rule'; readonly code: TargetCode }
);

/** Where a JSON node stands. */
export function rangeOf({ offset, length }: Node): TextRange {
  return { offset, length };
}
