/** Turns the things listed below a row into rows, page by page. */

import type { Failure } from '../../model/failure';
import type { Page } from '../../model/page';
import { present } from '../../model/present';
import type { Turns } from '../../model/turns';
import type { Seen } from './inside/live-branches';
import type { DetailedKind, LiveKind, PagedList, RowStart, ThingKind } from './kinds/kind';
import { DETAILED, isDetailedKind, LISTED, LIVE, type LiveNode, THINGS } from './kinds/table';
import { type BranchNode, isLiveBranch, type LiveBranch, type ThingNode } from './node';
import { connectionNodeOf, type DetailedRow, type ThingRow } from './row';
import { listedBelow } from './shape';
import type { Priority, ResourceSource } from './source';

/** One row object for each id, since VS Code keys rows by reference. */
export interface CanonicalRows {
  /** The row with this id; `make` is called where there is none yet. */
  row(id: string, make: () => ThingNode): ThingNode;
  /** Called when a row looks different than before. */
  changed(row: ThingNode): void;
}

export interface RowPage extends Page<ThingNode> {
  /** Why rows, or facts about them, may be missing or out of date. */
  readonly unread?: Failure;
  /** See {@link LiveItems.others}. */
  readonly others?: number;
}

/** Reads one page of rows; `next` is undefined for the first page. */
export type ReadPage = (next: string | undefined, signal: AbortSignal) => Promise<RowPage>;

export interface BranchSource extends Pick<ResourceSource, 'services'> {
  /** The state inside the branch's cluster; resolves as soon as any part of the state is known. */
  seen(branch: LiveBranch, signal: AbortSignal): Promise<Seen>;
  /**
   * Rows inside clusters are made in turns of the event loop, since the rows of many branches may arrive
   * at once.
   */
  readonly turns: Turns;
}

/** Number of rows on one page of a list from inside a cluster. */
const LIVE_PAGE = 1_000;

/** The kind of the things that are listed below a branch, and the members that new rows start with. */
export interface Listed {
  readonly kind: ThingKind<ThingRow, unknown>;
  /** The same value as `kind` if the list of the kind gives only names; otherwise undefined. */
  readonly detailed: DetailedKind<DetailedRow> | undefined;
  /**
   * Returns the members that a new row below the branch starts with. `key` distinguishes the row from its
   * siblings.
   */
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

/**
 * Returns a function that reads one page of the rows below a branch. Unless the list gives only names,
 * known rows are brought up to date.
 */
export async function pagesOf(
  branch: BranchNode,
  source: BranchSource,
  priority: Priority,
  rows: CanonicalRows,
): Promise<ReadPage> {
  if (isLiveBranch(branch)) {
    return async (next, signal) => {
      const seen = await source.seen(branch, signal);
      return source.turns.run(() => livePage(branch, seen, rows, Number(next ?? 0)));
    };
  }
  const services = await source.services(connectionNodeOf(branch).connection, priority);
  const list = pagedListBelow(branch);
  return async (next, signal) => {
    const page = await list.page(branch, services, next, signal);
    return { ...page, items: rowsOf(branch, page.items, rows) };
  };
}

/**
 * One page of rows for the things that a watch sees below a branch.
 * @param most the most rows on the page; a number below `LIVE_PAGE` counts as `LIVE_PAGE`
 */
export function livePage(
  branch: LiveBranch,
  seen: Seen,
  rows: CanonicalRows,
  start: number,
  most = LIVE_PAGE,
): RowPage {
  const kind: LiveKind<ThingRow, unknown, never> = LIVE[listedBelow(branch.kind) as LiveNode['kind']];
  const {
    items,
    unread,
    others = 0,
  } = kind.list.items(
    branch,
    // The cast is safe: `seen` comes from the watch that belongs to the kind of the branch, so it has the type that
    // this `kind` takes. The parameter is declared as `never`, since the kinds take different types.
    seen as never,
  );
  const end = start + Math.max(LIVE_PAGE, most);
  return {
    items: rowsOf(branch, items.slice(start, end), rows),
    ...present({
      next: end < items.length ? String(end) : undefined,
      unread,
      others: others > 0 ? others : undefined,
    }),
  };
}

function pagedListBelow(branch: BranchNode): PagedList<ThingRow, unknown> {
  const kind = listedBelow(branch.kind) as Exclude<ThingNode, LiveNode>['kind'];
  return isDetailedKind(kind) ? DETAILED[kind].list : LISTED[kind].list;
}

/** The rows for the items of a list. */
function rowsOf(branch: BranchNode, items: readonly unknown[], rows: CanonicalRows): readonly ThingNode[] {
  const { kind, detailed, start } = listedIn(branch);
  return items.map((item) => {
    const from = start(kind.list.key(item));
    // The cast is safe: the type of `kind` covers every kind, and so promises only a `ThingRow`. The value of
    // `kind` declares just one kind of `ThingNode`, and makes only rows of that kind.
    const listed = kind.list.row(item, from) as ThingNode;
    const row = rows.row(from.id, () => listed);
    if (row === listed) return row;
    // If details are read separately, the list gives only names: it says nothing new about a known row.
    if (!detailed) confirm(row, listed, rows);
    kind.list.confirm?.(row, item);
    return row;
  });
}

/**
 * Brings the known row `row` up to date.
 * @param listed the row that was made from the new item of the list: its members replace those of `row`
 */
function confirm(row: ThingNode, listed: ThingNode, rows: CanonicalRows): void {
  const isOther = Object.entries(listed).some(([name, said]) => isNews(Reflect.get(row, name), said));
  if (isOther || row.asOf !== undefined) rows.changed(row);
  Object.assign(row, listed);
  delete row.asOf;
}

/** List items are plain data whose members are always in the same order, so their JSON can be compared. */
function isNews(before: unknown, now: unknown): boolean {
  return before !== now && JSON.stringify(before) !== JSON.stringify(now);
}
