/** How many of the assessed rows need attention, as a number and as the badge of the Resources view. */

import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import { isDetailed, isLive, listedPhaseOf, type ThingNode } from './node';
import type { AttentionReader } from './source';

export interface AttentionCount {
  readonly needing: number;
  readonly looked: number;
  /** True if everything is listed and every row is assessed. */
  readonly isAll: boolean;
}

/**
 * Counts the assessed rows, and those of them that need attention. Rows inside a cluster are left out.
 * @param isAllListed true if `nodes` are all rows that there are
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
 * Whether a row needs attention, and whether its assessment is complete. Undefined where neither is known: the
 * row has not been read since it was restored, its last read failed, its status is not understood, or it has
 * not been assessed.
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

/** The badge for the rows that need attention. Its text says so if not all rows are assessed. */
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
