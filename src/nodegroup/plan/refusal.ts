/** Slipway's own refusals for node group updates, each with the facts that explain it. */
import type { NoFacts } from '../../model/coded';
import { refusalsOf } from '../../model/failure';
import type { CheckId } from '../checks/all-checks';
import type { ChoiceProblem } from '../choice/choice';

export interface UpgradeRefusals {
  /** EKS cannot accept the choice. */
  'choice-not-valid': { readonly problems: readonly ChoiceProblem['code'][] };
  /** `checks` block the update, or need a confirmation that the user has not given. */
  'update-blocked': { readonly checks: readonly CheckId[] };
  /** The plan in the ledger lacks essential members. */
  'record-not-readable': NoFacts;
  /** The request was not answered, and EKS shows no update that the request started. */
  'request-not-taken': NoFacts;
  /** The group has too many nodes: the ledger cannot keep the progress of all of them. */
  'too-many-nodes': { readonly nodes: number };
}

export const refuse = refusalsOf<UpgradeRefusals>();
