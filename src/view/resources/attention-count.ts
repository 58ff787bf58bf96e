/**
 * Counts the rows that need attention among the rows for which this is known: the numbers, and the badge of
 * the Resources view.
 */

import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import { isDetailed, isLive, listedPhaseOf, type ThingNode } from './node';
import type { AttentionReader } from './source';

export interface AttentionCount {
  readonly needing: number;
  readonly looked: number;
  /** True if all rows are listed and the assessment of each is complete. */
  readonly isAll: boolean;
}

/**
 * `looked` counts the rows for which it is known whether they need attention; `needing` counts those of them
 * that do need attention. Rows inside a cluster are left out.
 * @param isAllListed true if `nodes` contains every row outside of clusters
 * @param needs true if an assessment asks for action
 */
export function countOf(
  nodes: Iterable<ThingNode>,
  isAllListed: boolean,
  needs: AttentionReader['needs'],
): AttentionCount {
  let [needing, looked, isAll] = [0, 0, isAllListed];
  for (const node of nodes) {
    if (isLive(node)) continue;
    const known = knownOf(node, needs);
    isAll &&= known?.isAll ?? false;
    if (!known) continue;
    looked += 1;
    if (known.needs) needing += 1;
  }
  return { needing, looked, isAll };
}

/**
 * Whether a row needs attention, and whether all facts for this judgement are known. Undefined if
 * nothing can be said: the row has not been read since it was restored, its last read failed, its status
 * is not understood, or it has not been assessed.
 */
function knownOf(
  node: ThingNode,
  needs: AttentionReader['needs'],
): { readonly needs: boolean; readonly isAll: boolean } | undefined {
  if (node.asOf !== undefined) return undefined;
  if (!isDetailed(node)) {
    const phase = listedPhaseOf(node);
    return phase === 'unknown' ? undefined : { needs: phase === 'failed', isAll: true };
  }
  const attention = node.assessment?.attention;
  if (!attention || node.failure) return undefined;
  return {
    needs: needs(attention),
    isAll: attention.unknown.length === 0 && attention.pending.length === 0,
  };
}

/**
 * The badge for the rows that need attention; undefined if there are none. If `isAll` is false, the
 * tooltip of the badge says so.
 */
export function badgeOf({ needing, looked, isAll }: AttentionCount): vscode.ViewBadge | undefined {
  if (needing === 0) return undefined;
  const counts = { needing, looked };
  return {
    value: needing,
    tooltip: isAll
      ? l10n.t('{needing} of {looked} environments, clusters and node groups need attention', counts)
      : l10n.t(
          '{needing} of the {looked} environments, clusters and node groups looked at need attention; others have not been opened, or could not be read',
          counts,
        ),
  };
}
