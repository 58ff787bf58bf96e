/** Checks of a plan as lines of its review. */
import { byWeight, type Judged } from '../../plan/verdict';
import { VERDICT_ICONS, verdictHeading } from '../messages/verdicts';
import type { ReviewLine } from './review';

/** What a check found, in a line or two. */
export type CheckText = Pick<ReviewLine, 'label' | 'detail'>;

/**
 * The gravest first, each with its verdict's icon.
 * @param heading under which all of them stand; each under its verdict's when absent.
 */
export function checkLines<J extends Judged>(
  checks: readonly J[],
  textOf: (check: J) => CheckText,
  heading?: string,
): readonly ReviewLine[] {
  return byWeight(checks).map((check) => ({
    ...textOf(check),
    icon: VERDICT_ICONS[check.verdict],
    group: heading ?? verdictHeading(check.verdict),
  }));
}
