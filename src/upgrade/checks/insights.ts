/** Checks of the cluster's insights: what EKS itself found that an upgrade, or a way back, would run into. */
import type { Insight } from '../../model/eks';
import { type Known, known } from '../known';
import type { Situation } from '../situation';
import { type Check, check } from './check';
import type { InsightFacts } from './facts';

export type InsightCategory = 'UPGRADE_READINESS' | 'ROLLBACK_READINESS';

/** Insights of a category, by their status. @see https://docs.aws.amazon.com/eks/latest/userguide/cluster-insights.html */
export function insightsOf(
  listed: Known<readonly Insight[]>,
  category: InsightCategory,
): Known<InsightFacts> {
  if (!listed.known) return listed;
  const all = listed.value.filter((insight) => insight.category === category);
  const having = (status: string): readonly Insight[] => all.filter((insight) => insight.status === status);
  const decided = ['ERROR', 'WARNING', 'PASSING'];
  return known({
    errors: having('ERROR'),
    warnings: having('WARNING'),
    undecided: all.filter((insight) => !decided.includes(insight.status)),
    passing: having('PASSING').length,
  });
}

/** Errors block, and the user may go on past them: they tell of the cluster, and the update of a group may not touch them. */
export function insights({ insights: listed }: Situation): Check {
  const found = insightsOf(listed, 'UPGRADE_READINESS');
  if (!found.known) return check({ code: 'insights-unknown', facts: { why: found.why } });
  const { errors, warnings, undecided } = found.value;
  if (errors.length > 0) return check({ code: 'insights-errors', facts: found.value });
  return warnings.length + undecided.length > 0
    ? check({ code: 'insights-warnings', facts: found.value })
    : check({ code: 'insights-passing', facts: found.value });
}
