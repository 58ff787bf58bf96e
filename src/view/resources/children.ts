/** The rows below a branch as the view shows them: things, and rows that say why there are none, or that there are more. */
import type { Failure } from '../../model/failure';
import { filtered, type Insight } from './attention-filter';
import type { Branch } from './branch-rows';
import { type BranchNode, isDetailed, type NoticeNode, type ThingNode } from './node';

/** @param insight present where only what needs attention is shown. */
export function shownRows(
  node: BranchNode,
  branch: Branch,
  insight: Insight | undefined,
): (ThingNode | NoticeNode)[] {
  const notice = (kind: NoticeNode['kind'], failure?: Failure): NoticeNode => ({
    kind,
    id: `${node.id}#${kind}`,
    parent: node,
    ...(failure && { failure }),
  });
  const rows = insight ? attentionRows(branch, insight, notice) : branch.rows;
  const { failure, readAt, next, fetching } = branch;
  // Above rows that it says are from before, below those that came before it.
  if (failure)
    return readAt === undefined
      ? [...rows, notice('failure', failure)]
      : [notice('failure', failure), ...rows];
  if (rows.length === 0 && !fetching) return [notice('empty')];
  return next === undefined ? [...rows] : [...rows, notice('more')];
}

function attentionRows(
  branch: Branch,
  insight: Insight,
  notice: (kind: NoticeNode['kind']) => NoticeNode,
): readonly (ThingNode | NoticeNode)[] {
  const nodes = branch.rows.filter(isDetailed);
  const { rows, pending } = filtered(nodes, insight);
  if (pending > 0) return [...rows, notice('looking')];
  return rows.length === 0 && nodes.length > 0 ? [notice('fine')] : rows;
}
