/**
 * The insights of a cluster (EKS's own findings about an upgrade or a rollback), and the check of the
 * insights about an upgrade.
 */
import type { Insight } from '../../model/eks';
import { declareCheck } from '../../plan/check';
import { known, type OptionalRead, type ReadFailure } from '../../plan/optional-read';
import type { Situation } from '../reading/situation';
import { confirm, pass, unknown, warn } from './check';

export type InsightCategory = 'UPGRADE_READINESS' | 'ROLLBACK_READINESS';

export interface InsightFacts {
  readonly errors: readonly Insight[];
  readonly warnings: readonly Insight[];
  /** Insights with the status `UNKNOWN`, or with a status that Slipway does not know. */
  readonly undecided: readonly Insight[];
  readonly passing: number;
}

/**
 * Insights of a category, by their status.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cluster-insights.html
 */
export function insightsOf(
  listed: OptionalRead<readonly Insight[]>,
  category: InsightCategory,
): OptionalRead<InsightFacts> {
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

/**
 * Insights with the status `ERROR` do not block the update, but need the user's confirmation: they concern
 * the whole cluster, and may not matter for this node group.
 */
const INSIGHTS = declareCheck('insights', {
  'insights-passing': pass<InsightFacts>(),
  'insights-warnings': warn<InsightFacts>('show-insights'),
  'insights-errors': confirm<InsightFacts>('show-insights'),
  'insights-unknown': unknown<{ readonly why: ReadFailure }>(),
});

export function insights({ insights: listed }: Situation) {
  const found = insightsOf(listed, 'UPGRADE_READINESS');
  if (!found.known) return INSIGHTS.found('insights-unknown', { why: found.why });
  const { errors, warnings, undecided } = found.value;
  if (errors.length > 0) return INSIGHTS.found('insights-errors', found.value);
  return INSIGHTS.found(
    warnings.length + undecided.length > 0 ? 'insights-warnings' : 'insights-passing',
    found.value,
  );
}
