/** Which rows stay when only what needs attention is shown. */
import type { Branch } from './branch-rows';
import { type BranchNode, type DetailedNode, isBranch, isDetailed } from './node';
import { listsDetailed } from './shape';

/** What the tree knows. */
export interface Insight {
  /** Whether the row needs attention; undefined while that is being found out. */
  needs(node: DetailedNode): boolean | undefined;
  /** Rows below a branch, without asking for them. */
  known(node: BranchNode): Branch | undefined;
}

export interface Filtered {
  readonly rows: readonly DetailedNode[];
  /** Rows of which it is not known yet. */
  readonly pending: number;
}

/**
 * Rows that need attention or have one right below them that does. What could not be looked at stays too: it is not
 * known to be fine.
 */
export function filtered(nodes: readonly DetailedNode[], insight: Insight): Filtered {
  const verdicts = nodes.map((node) => [node, verdictOf(node, insight)] as const);
  return {
    rows: verdicts.filter(([, verdict]) => verdict === true).map(([node]) => node),
    pending: verdicts.filter(([, verdict]) => verdict === undefined).length,
  };
}

function verdictOf(node: DetailedNode, insight: Insight): boolean | undefined {
  const own = insight.needs(node);
  if (own === true || !isBranch(node) || !listsDetailed(node.kind)) return own;
  const below = verdictBelow(node, insight);
  if (below === true) return true;
  return own === undefined || below === undefined ? undefined : false;
}

function verdictBelow(node: BranchNode, { needs, known }: Insight): boolean | undefined {
  const branch = known(node);
  if (!branch) return undefined;
  if (branch.failure) return true;
  const verdicts = branch.rows.map((row) => (isDetailed(row) ? needs(row) : false));
  if (verdicts.includes(true)) return true;
  return branch.fetching || verdicts.includes(undefined) ? undefined : false;
}
