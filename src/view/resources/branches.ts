/** What is listed below a row, page by page, as rows. */
import type { Page } from '../../model/page';
import type { DetailedKind, RowStart, ThingKind } from './kinds/kind';
import { DETAILED, isDetailedKind, THINGS } from './kinds/table';
import type { BranchNode, ThingNode } from './node';
import { connectionNodeOf, type DetailedRow, type ThingRow } from './row';
import { listedBelow } from './shape';
import type { Priority, ResourceSource } from './source';

/** The one row object of an id, as VS Code keys rows by reference. */
export interface CanonicalRows {
  /** The row of an id, made by `make` where there is none yet. */
  row(id: string, make: () => ThingNode): ThingNode;
  /** What the row shows is not what it showed before. */
  changed(row: ThingNode): void;
}

/** Rows of one page; `next` undefined: the first one. */
export type ReadPage = (next: string | undefined, signal: AbortSignal) => Promise<Page<ThingNode>>;

/** What is listed below a branch. */
export interface Listed {
  readonly kind: ThingKind<ThingRow, unknown>;
  /** Present where the list says the name alone. */
  readonly detailed: DetailedKind<DetailedRow> | undefined;
  /** What a row below the branch begins with. */
  readonly start: (key: string) => RowStart<ThingRow>;
}

export function listedIn(branch: BranchNode): Listed {
  const kind = listedBelow(branch.kind);
  if (kind === undefined) throw new Error(`nothing is listed below ${branch.kind}`);
  return {
    kind: THINGS[kind],
    detailed: isDetailedKind(kind) ? DETAILED[kind] : undefined,
    start: (key) => ({ kind, id: `${branch.id}/${key}`, parent: branch }),
  };
}

/** Reads pages of what is below a branch. A listed row is up to date with what the list says of it. */
export async function pagesOf(
  branch: BranchNode,
  source: ResourceSource,
  priority: Priority,
  rows: CanonicalRows,
): Promise<ReadPage> {
  const services = await source.services(connectionNodeOf(branch).connection, priority);
  const { kind, detailed, start } = listedIn(branch);
  return async (next, signal) => {
    const page = await kind.list.page(branch, services, next, signal);
    return {
      items: page.items.map((item) => {
        const from = start(kind.list.key(item));
        // The kind has made it for this branch.
        const listed = kind.list.row(item, from) as ThingNode;
        const row = rows.row(from.id, () => listed);
        if (row === listed) return row;
        // Of the others the list says the name alone, and that has not changed.
        if (!detailed) confirm(row, listed, rows);
        kind.list.confirm?.(row, item);
        return row;
      }),
      ...(page.next !== undefined && { next: page.next }),
    };
  };
}

/** Brings a row in line with the same row as the list has it now. */
function confirm(row: ThingNode, listed: ThingNode, rows: CanonicalRows): void {
  const isOther = Object.entries(listed).some(([name, said]) => isNews(Reflect.get(row, name), said));
  if (isOther || row.asOf !== undefined) rows.changed(row);
  Object.assign(row, listed);
  delete row.asOf;
}

/** Of what lists say, all of it is plain data in one order. */
function isNews(before: unknown, now: unknown): boolean {
  return before !== now && JSON.stringify(before) !== JSON.stringify(now);
}
