/**
 * The rows below a branch as the view shows them: the things, and rows that say why no thing is listed or
 * that there are more things.
 */
import type { Failure } from '../../model/failure';
import { filtered, type Insight } from './attention-filter';
import type { Branch } from './branch-rows';
import {
  type BranchNode,
  type FailureNode,
  isLiveBranch,
  type ListNotice,
  type NoticeNode,
  type ThingNode,
} from './node';

/**
 * @param insight present if only rows that need attention are shown.
 * @param isSaidAbove true if a row right below the connection already says why the list could not be
 * read.
 */
export function shownRows(
  node: BranchNode,
  branch: Branch,
  insight: Insight | undefined,
  isSaidAbove: boolean,
): (ThingNode | NoticeNode)[] {
  const notice = (kind: ListNotice['kind']): ListNotice => ({ kind, id: `${node.id}#${kind}`, parent: node });
  const rows = insight ? attentionRows(branch, insight, notice) : branch.rows;
  const { failure, readAt, next, fetching, others } = branch;
  const aside = others === undefined ? [] : [notice('others')];
  if (failure) {
    const why = isSaidAbove ? [] : [failureRow(node, failure)];
    // Inside a cluster, the failure may concern only some rows or facts: what can be shown of the list is
    // shown as usual.
    if (isLiveBranch(node))
      return [...why, ...rows, ...(next === undefined ? [] : [notice('more')]), ...aside];
    // The reason stands above the rows of an earlier list, and below the rows of a list that broke off.
    return readAt === undefined ? [...rows, ...why] : [...why, ...rows];
  }
  if (rows.length === 0 && !fetching) return [notice('empty'), ...aside];
  return next === undefined ? [...rows, ...aside] : [...rows, notice('more'), ...aside];
}

/** The row that says why other rows could not be read. */
export function failureRow(parent: FailureNode['parent'], failure: Failure): FailureNode {
  return { kind: 'failure', id: `${parent.id}#failure`, parent, failure };
}

function attentionRows(
  branch: Branch,
  insight: Insight,
  notice: (kind: ListNotice['kind']) => ListNotice,
): readonly (ThingNode | NoticeNode)[] {
  const { rows, pending } = filtered(branch.rows, insight);
  if (pending > 0) return [...rows, notice('looking')];
  return rows.length === 0 && branch.rows.length > 0 ? [notice('fine')] : rows;
}
