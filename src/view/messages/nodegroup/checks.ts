/**
 * The checks of a plan, in words: the finding of each check and, where the finding is not fine, what to
 * do.
 */
import type { Check, CheckId } from '../../../nodegroup/checks/all-checks';
import { type Sentences, say } from '../sentences';
import type { CheckRow } from '../verdicts';
import { cannotFollowWords } from './cannot-follow';
import type { CheckCatalogue } from './check-catalogue';
import { drainChecks } from './check-drain';
import { imageChecks } from './check-images';
import { rolloutChecks } from './check-rollout';
import { stateChecks } from './check-state';
import { versionChecks } from './check-versions';

const CHECKS: CheckCatalogue<CheckId> = {
  ...stateChecks,
  ...versionChecks,
  ...imageChecks,
  ...rolloutChecks,
  ...drainChecks,
};

/** What the check found, and what helps. */
export function checkWords(check: Check): string {
  // The cast is safe: the catalogue's type guarantees a sentence for each code that a check can find.
  return say(CHECKS[check.id].found as Sentences<Check>, check);
}

/**
 * A check in a list of notices: its title or, for an AMI type that cannot follow the control plane, the
 * finding in a few words.
 */
export function checkNotice(check: Check): string {
  return check.code === 'ami-type-cannot-follow' ? cannotFollowWords(check.facts) : checkTitle(check.id);
}

/** The row of the check in a table of checks. */
export function checkRow(check: Check): CheckRow {
  return { verdict: check.verdict, title: checkTitle(check.id), finding: checkWords(check) };
}

/** The subject of a check. */
export function checkTitle(id: CheckId): string {
  return CHECKS[id].title();
}
