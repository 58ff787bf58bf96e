/** The agreements that the user must give before a plan is carried out. */
import type { Judged } from './verdict';

/** A confirmation that a plan needs. Plain data, since the ledger stores it with the plans of a batch. */
export interface Confirmation<Id extends string = string> {
  /** The check whose finding asks for the confirmation. */
  readonly check: Id;
  /** A name that has to be typed letter by letter, so that nobody agrees by habit. Absent: a click is enough. */
  readonly typed?: string;
}

/**
 * One confirmation for each finding with the verdict `confirm`, in the order of the findings.
 * @param typedFor the name that has to be typed for a finding; undefined where a click is enough
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
