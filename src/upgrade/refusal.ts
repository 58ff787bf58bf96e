/** The reasons for which updating node groups itself says no, each with the facts that explain it. */
import { refused } from '../model/failure';
import type { Facts } from '../model/json';

export type UpgradeRefusal =
  /** EKS cannot take the choice (`problems`: codes of `ChoiceProblem`). */
  | 'choice-not-valid'
  /** Checks block the update (`checks`: their ids). */
  | 'update-blocked'
  /** What the ledger keeps of the plan was not written by this version. */
  | 'record-not-readable'
  /** The request got no answer, and EKS shows no update that came of it. */
  | 'request-not-taken';

/** An error to throw. */
export function refuse(code: UpgradeRefusal, facts: Facts = {}): Error {
  return refused(code, facts);
}
