/** How grave a finding is, and what the findings of a plan come to. */

/**
 * `confirm`: the plan waits until the user has agreed to go on past it. `block`: nobody can go on past it. `unknown`:
 * it could not be found out; that is never taken for a pass, and the plan goes on.
 */
export type Verdict = 'pass' | 'unknown' | 'warn' | 'confirm' | 'block';

/** The members that the findings of all checks have. */
export interface Judged {
  /** Name of the check. */
  readonly id: string;
  readonly verdict: Verdict;
}

/** The gravest first. */
const VERDICTS: readonly Verdict[] = ['block', 'confirm', 'warn', 'unknown', 'pass'];

/** The gravest first; of the same gravity in the order in which they were made. */
export function byWeight<J extends Judged>(findings: readonly J[]): readonly J[] {
  return findings.toSorted((a, b) => VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict));
}

/** The gravest verdict; `pass` for none. */
export function worst(findings: readonly Judged[]): Verdict {
  return byWeight(findings)[0]?.verdict ?? 'pass';
}

/** True if the finding keeps anything from being sent, at least until the user agrees. */
export function stops({ verdict }: Judged): boolean {
  return verdict === 'block' || verdict === 'confirm';
}

/** What a plan's checks come to: it may run, it may run once the user goes on past `checks`, or they forbid it. */
export type Decision<Id extends string = string> =
  | { readonly kind: 'go' }
  | { readonly kind: 'ask' | 'stop'; readonly checks: readonly Id[] };

/** @param passed checks that the user goes on past */
export function decisionOf<Id extends string>(
  findings: readonly (Judged & { readonly id: Id })[],
  passed: readonly Id[] = [],
): Decision<Id> {
  const standing = stopping(findings, passed);
  const blocks = standing.filter(({ verdict }) => verdict === 'block');
  if (blocks.length > 0) return { kind: 'stop', checks: blocks.map(({ id }) => id) };
  return standing.length > 0 ? { kind: 'ask', checks: standing.map(({ id }) => id) } : { kind: 'go' };
}

/** The findings because of which nothing may be sent. @param passed checks that the user goes on past */
export function stopping<J extends Judged>(
  findings: readonly J[],
  passed: readonly string[] = [],
): readonly J[] {
  return findings.filter(
    (finding) => stops(finding) && !(finding.verdict === 'confirm' && passed.includes(finding.id)),
  );
}
