/** How many of the rows that were looked at need attention. */
import type { DetailedNode } from './node';
import type { AttentionReader } from './source';

export interface AttentionCount {
  readonly needing: number;
  readonly looked: number;
}

export function countOf(nodes: Iterable<DetailedNode>, needs: AttentionReader['needs']): AttentionCount {
  let [needing, looked] = [0, 0];
  for (const { assessment } of nodes) {
    if (!assessment) continue;
    looked += 1;
    if (needs(assessment.attention)) needing += 1;
  }
  return { needing, looked };
}
