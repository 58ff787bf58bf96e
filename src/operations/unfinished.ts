/**
 * One empty file for each operation that is not over, so that a start-up sees without reading the ledger whether there
 * is anything to follow. It is made before the operation's first line and removed after its last: after a crash there
 * may be one too many. One may be missing only where the power failed before the operation counted as begun, so that
 * nothing was sent; it is then found when the ledger is opened.
 */
import { stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { isOpen } from './fold';
import { namesIn, openMaking, syncFolder, unlessMissing } from './ledger-files';
import type { OperationState } from './operation';

const DAY_MS = 86_400_000;

/** Returns true if an operation may be unfinished. Cheap: lists a folder that is nearly always empty. */
export async function hasUnfinished(folder: string): Promise<boolean> {
  try {
    return (await unfinished(folder)).length > 0;
  } catch {
    // Opening the ledger finds out why the folder cannot be read, and reports it.
    return true;
  }
}

/** Ids of operations that may be unfinished. */
export function unfinished(folder: string): Promise<readonly string[]> {
  return namesIn(markers(folder));
}

/** Marks operations before their first event is written. To be made durable by {@link syncMarkers}. */
export async function markUnfinished(folder: string, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const file = await openMaking(join(markers(folder), id), 'a');
    await file.close();
  }
}

/** Returns once the marks that were made are on the disk. */
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
 * Removes marks that a crash has left: of operations that are over, and of those that have no line in the ledger.
 * `now`: epoch milliseconds.
 */
export async function sweepMarkers(
  folder: string,
  now: number,
  stateOf: (id: string) => OperationState | undefined,
): Promise<void> {
  for (const id of await unfinished(folder)) {
    const state = stateOf(id);
    const marked = await unlessMissing(stat(join(markers(folder), id)));
    const unheardOf = state === undefined && marked !== undefined && now - marked.mtimeMs > DAY_MS;
    if (unheardOf || (state !== undefined && !isOpen(state))) await unmark(folder, id);
  }
}
