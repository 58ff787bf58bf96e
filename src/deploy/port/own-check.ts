/** A finding that only one kind of target has, with a code, facts, remedy and words of that kind. */
import type { Phase } from '../../model/phase';
import type { Judged } from '../../plan/verdict';

export interface OwnCheck extends Judged {
  /** Id of the kind of target. */
  readonly kind: string;
  readonly code: string;
  readonly facts: object;
  readonly remedy?: string;
  /**
   * Only for the finding that the target takes no code now, or that a save had better wait: `busy` where that ends by
   * itself.
   */
  readonly readiness?: Phase;
}
