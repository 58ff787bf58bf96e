/**
 * One empty marker file for each operation that has not ended, so that Slipway sees at the start, without
 * reading the ledger, whether it has to follow anything. The marker is created before the ledger's line that
 * opens the operation, and removed after the line that ends it, so a crash may leave a marker that is not
 * needed. A marker can be missing only if the power failed before the opening line counted as written, so
 * that a new operation has sent nothing; the operation is then found when the ledger is opened.
 */
import { stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { hasEnded } from './fold';
import { namesIn, openMaking, syncFolder, unlessMissing } from './ledger-files';
import type { OperationState } from './operation';

/** Milliseconds for which the marker of an operation without a line in the ledger is kept. */
const UNHEARD_OF_MS = 86_400_000;
/**
 * Milliseconds for which the marker of an ended operation is kept after it was created or renewed: if a window
 * is about to watch the operation again, the line that says so may not be in the ledger yet.
 */
const ENDED_MS = 60_000;

/** Returns true if an operation may be unfinished. Cheap: lists a folder that is nearly always empty. */
export async function hasUnfinished(folder: string): Promise<boolean> {
  try {
    return (await unfinished(folder)).length > 0;
  } catch {
    // Opening the ledger will find out why the folder cannot be read, and report it.
    return true;
  }
}

/** Ids of operations that may be unfinished. */
export function unfinished(folder: string): Promise<readonly string[]> {
  return namesIn(markers(folder));
}

/**
 * Creates a marker for each operation, or renews its time. Called before the event that opens or reopens an operation is written
 * to the ledger. {@link syncMarkers} makes the markers durable.
 */
export async function markUnfinished(folder: string, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const file = await openMaking(join(markers(folder), id), 'a');
    try {
      const now = new Date();
      await file.utimes(now, now);
    } finally {
      await file.close();
    }
  }
}

/** Resolves once the created markers are on the disk. */
export async function syncMarkers(folder: string): Promise<void> {
  await syncFolder(markers(folder));
}

export async function unmark(folder: string, id: string): Promise<void> {
  await unlessMissing(unlink(join(markers(folder), id)));
}

function markers(folder: string): string {
  return join(folder, 'unfinished');
}

/**
 * Removes markers that a crash has left, once they are old enough: those of operations that have ended, and
 * those without a line in the ledger. `now`: epoch milliseconds. `readStates`: reads what all windows have
 * written, and resolves with a function that returns an operation's state.
 */
export async function sweepMarkers(
  folder: string,
  now: number,
  readStates: () => Promise<(id: string) => OperationState | undefined>,
): Promise<void> {
  const ids = await unfinished(folder);
  if (ids.length === 0) return;
  const ages = new Map<string, number>();
  for (const id of ids) {
    const marked = await unlessMissing(stat(join(markers(folder), id)));
    if (marked !== undefined) ages.set(id, now - marked.mtimeMs);
  }
  const stateOf = await readStates();
  for (const [id, age] of ages) {
    const state = stateOf(id);
    const isLeft = hasEnded(state) ? age > ENDED_MS : state === undefined && age > UNHEARD_OF_MS;
    if (isLeft) await unmark(folder, id);
  }
}
