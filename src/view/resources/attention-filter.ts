/** Which rows stay when only what needs attention is shown. */
import type { Branch } from './branch-rows';
import type { BranchNode, EksClusterNode, EksNode } from './node';

/** What the tree knows. */
export interface Insight {
  /** Whether the row needs attention; undefined while that is being found out. */
  needs(node: EksNode): boolean | undefined;
  /** Rows below a branch, without asking for them. */
  known(node: BranchNode): Branch | undefined;
}

export interface Filtered {
  readonly rows: readonly EksNode[];
  /** Rows of which it is not known yet. */
  readonly pending: number;
}

/**
 * Clusters that need attention or have a node group that does, and node groups that do. What could not be looked at
 * stays too: it is not known to be fine.
 */
export function filtered(nodes: readonly EksNode[], insight: Insight): Filtered {
  const verdicts = nodes.map((node) => [node, verdictOf(node, insight)] as const);
  return {
    rows: verdicts.filter(([, verdict]) => verdict === true).map(([node]) => node),
    pending: verdicts.filter(([, verdict]) => verdict === undefined).length,
  };
}

function verdictOf(node: EksNode, insight: Insight): boolean | undefined {
  const own = insight.needs(node);
  if (node.kind === 'nodegroup' || own === true) return own;
  const below = verdictBelow(node, insight);
  if (below === true) return true;
  return own === undefined || below === undefined ? undefined : false;
}

function verdictBelow(cluster: EksClusterNode, { needs, known }: Insight): boolean | undefined {
  const branch = known(cluster);
  if (!branch) return undefined;
  if (branch.failure) return true;
  const verdicts = branch.rows.map((row) => (row.kind === 'nodegroup' ? needs(row) : false));
  if (verdicts.includes(true)) return true;
  return branch.fetching || verdicts.includes(undefined) ? undefined : false;
}
