/** Cuts an answer's long lists into slices, so that receiving them does not block the extension host. */
import type { Lists } from './protocol';

/** The most items in a slice: to receive this many takes about a millisecond. */
const MOST = 1_000;

/** The slices of all lists, one list after the other. */
export function slicesOf({ entries, leftOut, secrets, loads }: Lists): readonly Partial<Lists>[] {
  return [
    ...cut(entries).map((part) => ({ entries: part })),
    ...cut(leftOut).map((part) => ({ leftOut: part })),
    ...cut(secrets).map((part) => ({ secrets: part })),
    ...cut(loads).map((part) => ({ loads: part })),
  ];
}

/** The lists, joined from the slices that have arrived so far. */
export class ListsInProgress implements Lists {
  readonly entries: Lists['entries'][number][] = [];
  readonly leftOut: Lists['leftOut'][number][] = [];
  readonly secrets: Lists['secrets'][number][] = [];
  readonly loads: Lists['loads'][number][] = [];

  add({ entries = [], leftOut = [], secrets = [], loads = [] }: Partial<Lists>): void {
    this.entries.push(...entries);
    this.leftOut.push(...leftOut);
    this.secrets.push(...secrets);
    this.loads.push(...loads);
  }
}

function cut<T>(items: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / MOST) }, (_, at) =>
    items.slice(at * MOST, (at + 1) * MOST),
  );
}
