/** What the user must agree to before a plan is carried out. */
import type { Judged } from './verdict';

/** Plain data, since a plan goes into the ledger with it. */
export interface Confirmation<Id extends string = string> {
  /** The check that asks for it. */
  readonly check: Id;
  /** A name to be typed letter by letter, so that nobody agrees by habit. Absent: a click is enough. */
  readonly typed?: string;
}

/**
 * One for each check that waits for the user, in the order of the checks.
 * @param typedFor the name that has to be typed because of a finding; undefined where a click is enough.
 */
export function confirmationsOf<J extends Judged>(
  findings: readonly J[],
  typedFor: (finding: J) => string | undefined,
): readonly Confirmation<J['id']>[] {
  return findings
    .filter(({ verdict }) => verdict === 'confirm')
    .map((finding) => {
      const typed = typedFor(finding);
      return { check: finding.id, ...(typed !== undefined && { typed }) };
    });
}
