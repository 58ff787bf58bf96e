/** Which rows stay when only those that need attention are shown. */
import type { Branch } from './branch-rows';
import { type BranchNode, isBranch, isLiveBranch, listedPhaseOf, type ThingNode } from './node';

/** The facts about the tree's rows that the filter needs. */
export interface Insight {
  /**
   * True if the row needs attention, or may need it because it could not be read; undefined while this is
   * not known yet.
   */
  needs(node: ThingNode): boolean | undefined;
  /** The rows below a branch, as far as they are known; sends no request. */
  known(node: BranchNode): Branch | undefined;
}

export interface Filtered {
  readonly rows: readonly ThingNode[];
  /** The number of rows for which it is not known yet whether they stay. */
  readonly pending: number;
}

/**
 * The rows that need attention, or that have such a row right below them. A row also stays if the row itself,
 * or the list below it, could not be read: whether all is well is then unknown.
 */
export function filtered(nodes: readonly ThingNode[], insight: Insight): Filtered {
  const verdicts = nodes.map((node) => [node, verdictOf(node, insight)] as const);
  return {
    rows: verdicts.filter(([, verdict]) => verdict === true).map(([node]) => node),
    pending: verdicts.filter(([, verdict]) => verdict === undefined).length,
  };
}

function verdictOf(node: ThingNode, insight: Insight): boolean | undefined {
  const own = insight.needs(node);
  // The rows below a live branch are inside a cluster: they are read only after the user has opened the branch.
  if (own === true || !isBranch(node) || isLiveBranch(node)) return own;
  const below = verdictBelow(node, insight);
  if (below === true) return true;
  return own === undefined || below === undefined ? undefined : false;
}

function verdictBelow(node: BranchNode, { needs, known }: Insight): boolean | undefined {
  const branch = known(node);
  if (!branch) return undefined;
  if (branch.failure) return true;
  const verdicts = branch.rows.map((row) => needs(row));
  if (verdicts.includes(true)) return true;
  return branch.fetching || verdicts.includes(undefined) ? undefined : false;
}

/**
 * Whether a thing needs attention, for a row whose list gives its phase. True if the thing has failed,
 * if its phase is unknown, or if the row shows an earlier read; but undefined if the list is being read
 * to replace the earlier read.
 * @param branch the list that contains the row
 */
export function listedNeeds(node: ThingNode, branch: Branch | undefined): boolean | undefined {
  if (node.asOf !== undefined) return branch?.fetching ? undefined : true;
  const phase = listedPhaseOf(node);
  return phase === 'failed' || phase === 'unknown';
}
