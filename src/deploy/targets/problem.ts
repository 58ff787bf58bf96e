/** A mistake in `slipway.json` that keeps a target from being used. */
import type { Node } from 'jsonc-parser';
import type { CodedOf, NoFacts } from '../../model/coded';
import type { Json } from '../../model/json';
import type { BreachFacts, RuleField } from '../rules/breach';

/** A piece of text: offset and length in UTF-16 units, as editors count. */
export interface TextRange {
  readonly offset: number;
  readonly length: number;
}

/** Problems of the syntax, and those that the schema finds. Editors show all of these by themselves. */
export interface StructureFacts {
  /** `error`: jsonc-parser's name for the syntax error. */
  syntax: { readonly error: string };
  'wrong-type': { readonly expected: readonly string[]; readonly found: string };
  'not-allowed-value': { readonly allowed: readonly Json[] };
  'missing-member': { readonly name: string };
  'unknown-member': { readonly name: string; readonly known: readonly string[] };
  'too-small': { readonly minimum: number };
  'too-large': { readonly maximum: number };
}

export type StructureCode = keyof StructureFacts;

/** Problems that no schema finds. */
export interface TargetFacts extends BreachFacts {
  'repeated-name': { readonly name: string };
  /**
   * This problem and the next two: the file is longer, nested deeper, or has more targets than Slipway reads,
   * so that no target can be used. `length`: in characters, or in bytes if the file was not decoded. `most`:
   * the limit, here in characters.
   */
  'too-large-file': { readonly length: number; readonly most: number };
  'too-deep': { readonly most: number };
  'too-many-targets': { readonly count: number; readonly most: number };
  /** The file is not UTF-8. `encoding`: its encoding, where that is known. */
  'not-utf8': { readonly encoding?: string };
  /** Neither the target nor the defaults set a required member. */
  'missing-in-target': { readonly name: string };
  /** The root leads out of the folder of `slipway.json`. */
  'root-outside': { readonly value: string };
  /** The target sets a member, or a strategy, that only another kind of target has. */
  'not-for-kind': { readonly name: string; readonly kind: string };
  /** The strategy keeps script and arguments, so that setting them has no effect. */
  'no-restart-keeps': NoFacts;
  /**
   * Deploy on save is on for a target that never allows it: the target is protected, or deploy on save may
   * not use the target's strategy.
   */
  'on-save-never': { readonly protected: boolean };
}

/** A rule that a target breaks, and the field whose text breaks it. */
export type TargetBreach = CodedOf<TargetFacts> & { readonly field?: RuleField };

export type TargetProblem = {
  readonly range: TextRange;
  /**
   * Name of the target with the problem; the problem may lie in a default that the target uses. Absent if the
   * problem concerns the whole file.
   */
  readonly target?: string;
} & (
  | ({ readonly source: 'structure' } & CodedOf<StructureFacts>)
  | ({ readonly source: 'rule' } & TargetBreach)
);

/** Position of a JSON node in the text. */
export function rangeOf({ offset, length }: Node): TextRange {
  return { offset, length };
}
