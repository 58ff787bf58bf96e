/** The reasons for which deploying itself says no, each with the facts that explain it. */
import { refused } from '../model/failure';
import type { Facts } from '../model/json';

export type DeployRefusal =
  /** The credentials belong to another account than the plan's (`planned`, `found`). */
  | 'account-changed'
  /** A check blocks (`checks`: codes). */
  | 'plan-blocked'
  /** The cluster's configuration is not what the plan saw (`parts`, `planned`, `found`). */
  | 'drift'
  /** The cluster takes no code now (`cluster`, `status`). */
  | 'cluster-not-ready'
  /** Parts of an upload are still there, though S3 said that it removed them (`bucket`, `key`). */
  | 'parts-left'
  /** What was stored is not what was sent (`bucket`, `key`). */
  | 'stored-zip-wrong'
  /** The zip that is to be deployed is gone, or another one by now (`bucket`, `key`). */
  | 'zip-changed'
  /** Not a zip that can be read (`bucket`, `key`, `why`). */
  | 'zip-unreadable'
  /** The folder that the plan is about was not handed over (`root`). */
  | 'folder-not-given'
  /** There is no such file in the zip (`path`). */
  | 'no-such-entry'
  /** FinSpace went back to the configuration of before (`statusReason`). */
  | 'update-failed'
  /** The cluster was changed to a third configuration by somebody else (`parts`, `expected`, `found`). */
  | 'foreign-change'
  /** The cluster was deleted, or is being (`status`). */
  | 'cluster-gone'
  /** No answer to the request came, and AWS shows no trace of it (`sentAt`). */
  | 'never-arrived'
  /** More than ten minutes have passed: AWS would take the request for another one (`sentAt`). */
  | 'token-expired'
  /** What the ledger says of the operation cannot be followed (`what`). */
  | 'operation-unreadable'
  /** Two rows of a batch lead to the same cluster (`label`). */
  | 'same-cluster-twice';

/** An error to throw. */
export function refuse(code: DeployRefusal, facts: Facts = {}, cause?: unknown): Error {
  return refused(code, facts, cause);
}
