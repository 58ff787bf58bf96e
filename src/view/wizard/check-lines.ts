/** Checks of a plan as lines of its review. */
import { byWeight, type Judged } from '../../plan/verdict';
import { passedWords, VERDICT_ICONS, verdictHeading } from '../messages/verdicts';
import type { ReviewLine } from './review';

/** What a check found, in a line or two. */
export type CheckText = Pick<ReviewLine, 'label' | 'detail'>;

/**
 * A line for each check that did not pass, the gravest first, and one line for all that passed.
 * @param heading one for all lines; absent: each stands under the heading of its verdict.
 */
export function checkLines<J extends Judged>(
  checks: readonly J[],
  textOf: (check: J) => CheckText,
  heading?: string,
): readonly ReviewLine[] {
  const passed = checks.filter(({ verdict }) => verdict === 'pass').length;
  return [
    ...byWeight(checks)
      .filter(({ verdict }) => verdict !== 'pass')
      .map((check) => ({
        ...textOf(check),
        icon: VERDICT_ICONS[check.verdict],
        group: heading ?? verdictHeading(check.verdict),
      })),
    ...(passed === 0
      ? []
      : [
          {
            label: passedWords(passed),
            icon: VERDICT_ICONS.pass,
            group: heading ?? verdictHeading('pass'),
          },
        ]),
  ];
}
