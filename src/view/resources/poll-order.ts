/** Which rows a poll reads again: a few each time, so that the cost does not grow with the tree. */
import type { DetailedNode } from './node';

/** Rows that one poll reads at most. */
const READ_PER_POLL = 20;

/** Rows of things that AWS is changing first, then those whose last read was tried the longest ago. */
export function pollOrder(rows: readonly DetailedNode[]): readonly DetailedNode[] {
  return rows
    .filter((row) => row.readAt !== undefined || row.failure !== undefined)
    .sort((a, b) => Number(isBusy(b)) - Number(isBusy(a)) || lookedAt(a) - lookedAt(b))
    .slice(0, READ_PER_POLL);
}

function lookedAt({ triedAt, readAt = 0 }: DetailedNode): number {
  return triedAt ?? readAt;
}

function isBusy(row: DetailedNode): boolean {
  return row.details?.phase === 'busy';
}
