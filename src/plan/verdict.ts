/** How grave a finding is, and the decision that follows from all findings of a plan. */

/**
 * `confirm`: the plan waits until the user has agreed to override the finding. `block`: nobody can override it.
 * `unknown`: the check could not be made; that does not count as a pass, but the plan may run.
 */
export type Verdict = 'pass' | 'unknown' | 'warn' | 'confirm' | 'block';

/** The members that the findings of all checks have. */
export interface Judged {
  /** Name of the check. */
  readonly id: string;
  readonly verdict: Verdict;
}

/** All verdicts, the gravest first. */
const VERDICTS: readonly Verdict[] = ['block', 'confirm', 'warn', 'unknown', 'pass'];

/** The findings, the gravest first; findings of the same gravity keep their order. */
export function byWeight<J extends Judged>(findings: readonly J[]): readonly J[] {
  return findings.toSorted((a, b) => VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict));
}

/** The gravest verdict; `pass` if there are no findings. */
export function worst(findings: readonly Judged[]): Verdict {
  return byWeight(findings)[0]?.verdict ?? 'pass';
}

/** True if the finding keeps the plan from running, at least until the user agrees. */
export function stops({ verdict }: Judged): boolean {
  return verdict === 'block' || verdict === 'confirm';
}

/**
 * The decision that follows from a plan's checks. `go`: the plan may run. `ask`: the plan may run after the
 * user has overridden `checks`. `stop`: `checks` forbid the plan.
 */
export type Decision<Id extends string = string> =
  | { readonly kind: 'go' }
  | { readonly kind: 'ask' | 'stop'; readonly checks: readonly Id[] };

/** @param passed ids of the checks that the user has overridden; a `block` stays in force nevertheless */
export function decisionOf<Id extends string>(
  findings: readonly (Judged & { readonly id: Id })[],
  passed: readonly Id[] = [],
): Decision<Id> {
  const standing = stopping(findings, passed);
  const blocks = standing.filter(({ verdict }) => verdict === 'block');
  if (blocks.length > 0) return { kind: 'stop', checks: blocks.map(({ id }) => id) };
  return standing.length > 0 ? { kind: 'ask', checks: standing.map(({ id }) => id) } : { kind: 'go' };
}

/**
 * The findings that still keep the plan from running.
 * @param passed ids of the checks that the user has overridden; a `block` stays in force nevertheless
 */
export function stopping<J extends Judged>(
  findings: readonly J[],
  passed: readonly string[] = [],
): readonly J[] {
  return findings.filter(
    (finding) => stops(finding) && !(finding.verdict === 'confirm' && passed.includes(finding.id)),
  );
}
