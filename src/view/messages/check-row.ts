/** A check as the pages of all plans show it. */
import type { Verdict } from '../../plan/verdict';

/** A check and its finding, in words. */
export interface CheckRow {
  readonly verdict: Verdict;
  /** What is checked: `Bucket policy`. */
  readonly title: string;
  readonly finding: string;
  /** What helps, where the finding itself does not say it. */
  readonly helps?: string;
}
