/** Checks of a plan as lines of its review. */
import { byWeight, type Judged, type Verdict } from '../../plan/verdict';
import { passedWords, VERDICT_ICONS, verdictHeading } from '../messages/verdicts';
import type { ReviewLine } from './review';

/** The finding of a check, in a line or two. */
export type CheckText = Pick<ReviewLine, 'label' | 'detail'>;

/**
 * A line for each check that did not pass, the gravest first, and one line for all that passed.
 * @param heading one heading for all lines; absent: each line stands under the heading of its verdict.
 */
export function checkLines<J extends Judged>(
  checks: readonly J[],
  textOf: (check: J) => CheckText,
  heading?: string,
): readonly ReviewLine[] {
  const passed = checks.filter(({ verdict }) => verdict === 'pass').length;
  const line = (text: CheckText, verdict: Verdict): ReviewLine => ({
    ...text,
    icon: VERDICT_ICONS[verdict],
    group: heading ?? verdictHeading(verdict),
  });
  const found = byWeight(checks)
    .filter(({ verdict }) => verdict !== 'pass')
    .map((check) => line(textOf(check), check.verdict));
  return passed === 0 ? found : [...found, line({ label: passedWords(passed) }, 'pass')];
}
