/** A check as the pages of all plans show it. */
import type { Verdict } from '../../plan/verdict';

/** What a check found, in words. */
export interface CheckRow {
  readonly verdict: Verdict;
  /** What is checked: `Bucket policy`. */
  readonly title: string;
  readonly finding: string;
  /** What helps, where the finding does not say it. */
  readonly helps?: string;
}
