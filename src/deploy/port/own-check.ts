/** A finding that only one kind of target knows: code, facts and remedy are the kind's own, and so are its words. */
import type { Phase } from '../../model/phase';
import type { Judged } from '../../plan/verdict';

export interface OwnCheck extends Judged {
  /** Id of the kind of target. */
  readonly kind: string;
  readonly code: string;
  readonly facts: object;
  readonly remedy?: string;
  /**
   * Of the finding that the target takes no code now, or that a save had better wait, and of no other: `busy` where that is
   * over by itself.
   */
  readonly readiness?: Phase;
}
