/** The content of a plan's page, whatever the plan is for. */
import type { Judged } from '../../../plan/verdict';
import type { CheckRow } from '../../messages/check-row';
import type { StepName } from '../../wizard/step-names';
import type { Cell, Section } from '../page';

/** The finding of a check, with the questions that mend it. */
export interface PlanFinding extends Judged {
  /** What was checked. */
  readonly title: string;
  /** What was found. */
  readonly text?: string;
  readonly help?: string;
  /** Questions of the wizard that mend it, the best first. */
  readonly steps?: readonly StepName[];
  /** Id of a preview that shows more of it. */
  readonly preview?: string;
}

export interface PlanContent {
  readonly heading: string;
  readonly about: readonly Cell[];
  readonly findings: readonly PlanFinding[];
  /** What changes, which files, which requests. */
  readonly sections: readonly Section[];
}

/** A check in words, as a finding. */
export function findingWords({
  verdict,
  title,
  finding,
  helps,
}: CheckRow): Pick<PlanFinding, 'verdict' | 'title' | 'text' | 'help'> {
  return { verdict, title, text: finding, ...(helps !== undefined && { help: helps }) };
}
