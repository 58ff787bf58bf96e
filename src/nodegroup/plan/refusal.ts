/** The reasons for which Slipway refuses to update a node group, each with the facts that explain it. */
import type { NoFacts } from '../../model/coded';
import { refusalsOf } from '../../model/failure';
import type { CheckId } from '../checks/all-checks';
import type { ChoiceProblem } from '../choice/choice';

export interface UpgradeRefusals {
  /** EKS cannot take the choice. */
  'choice-not-valid': { readonly problems: readonly ChoiceProblem['code'][] };
  /** Checks block the update. */
  'update-blocked': { readonly checks: readonly CheckId[] };
  /** What the ledger keeps of the plan was not written by this version. */
  'record-not-readable': NoFacts;
  /** The request got no answer, and EKS shows no update that came of it. */
  'request-not-taken': NoFacts;
  /** The group has more nodes than the ledger keeps the progress of. */
  'too-many-nodes': { readonly nodes: number };
}

export const refuse = refusalsOf<UpgradeRefusals>();
