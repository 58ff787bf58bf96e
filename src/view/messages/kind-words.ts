/** What each kind of target has to say for itself. */
import type { OwnCheck } from '../../deploy/port/own-check';

export interface KindWords {
  /** What one of its own checks looks at. */
  checkTitle(check: OwnCheck): string;
  /** What one of its own checks has found, as a sentence or a few. */
  check(check: OwnCheck): string;
  /** What is asked before a plan goes on past one of its own checks. `label`: of what is deployed to. */
  confirm(check: OwnCheck, label: string): string;
  /** What helps against a finding of its own. */
  remedy(remedy: string): string;
}
