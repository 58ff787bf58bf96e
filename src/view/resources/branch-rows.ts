/**
 * The rows below each branch. Pages are fetched ahead up to a limit, and rows are kept until a newer list is complete.
 */

import { getOrMake } from '../../model/cache';
import type { Clock } from '../../model/clock';
import { type Failure, failureOf } from '../../model/failure';
import { PageTrail } from '../../model/page';
import { present } from '../../model/present';
import { type BranchSource, type CanonicalRows, livePage, pagesOf, type ReadPage } from './branches';
import type { Seen } from './inside/live-branches';
import {
  type BranchNode,
  isBranch,
  isDetailed,
  isLiveBranch,
  type LiveBranch,
  type ThingNode,
  thingKindOf,
} from './node';
import type { Priority } from './source';

/**
 * The number of rows that are fetched before "Load More" is offered, unless a branch already has more
 * rows.
 */
const CAP = 1_000;

export interface Branch {
  readonly rows: readonly ThingNode[];
  /**
   * Identifies the next page of rows, which is not fetched yet. Absent if there is none, and while the
   * list is being fetched.
   */
  readonly next?: string;
  readonly failure?: Failure;
  /** See {@link LiveItems.others}. */
  readonly others?: number;
  /**
   * When AWS last gave the list; epoch milliseconds. Absent before the first complete read, and for lists
   * inside a cluster, which are watched.
   */
  readonly readAt?: number;
  /** True if the list has to be read again when the branch is opened. */
  readonly isOutdated?: boolean;
  /**
   * Present while the list is being fetched. `first` resolves as soon as there is something to show,
   * `whole` when the fetch has ended.
   */
  readonly fetching?: {
    readonly stop: AbortController;
    readonly first: Promise<void>;
    readonly whole: Promise<void>;
  };
}

type Writable = { -readonly [K in keyof Branch]: Branch[K] };

export interface BranchListener {
  /** Called with the rows of each page of a list when the page has been read. */
  listed(rows: readonly ThingNode[], branch: BranchNode, priority: Priority): void;
  /** Called when the rows below the branch, or the notices among them, have to be drawn again. */
  changed(node: BranchNode): void;
  /** Called when the row looks different than before. */
  rowChanged(row: ThingNode): void;
  /** Called when the row was forgotten, for example because its list no longer contains it. */
  gone(row: ThingNode): void;
  /**
   * Called when the fetch of the rows below the branch has ended without being aborted. Also called when a
   * watch reports a failure that differs from the failure before, or reports a failure no more.
   */
  settled(node: BranchNode): void;
}

/**
 * Where a fetch begins: the rows of the pages that have been fetched already, and the token of the page
 * that follows them. Without a token, the fetch begins with the first page.
 */
interface Start {
  readonly rows: readonly ThingNode[];
  readonly next?: string;
}

export class BranchRows {
  private readonly things = new Map<string, ThingNode>();
  private readonly branches = new Map<string, Writable>();
  /**
   * For each row, the time when a page of a list last contained the row, even if a later page of that list
   * could not be read.
   */
  private readonly listed = new WeakMap<ThingNode, number>();
  private readonly canonical: CanonicalRows = {
    row: (id, make) => this.row(id, make),
    changed: (row) => this.listener.rowChanged(row),
  };

  constructor(
    private readonly source: BranchSource,
    private readonly listener: BranchListener,
    private readonly clock: Clock,
  ) {}

  /** The row with this id; undefined if there is none yet. */
  thing(id: string): ThingNode | undefined {
    return this.things.get(id);
  }

  /** The only row object with this id; `make` is called where there is none yet. */
  row(id: string, make: () => ThingNode): ThingNode {
    return getOrMake(this.things, id, make);
  }

  /** The branch as far as it is known; sends no request. */
  known(node: BranchNode): Branch | undefined {
    return this.branches.get(node.id);
  }

  /** True if the row is known to contain nothing that could be changed. */
  isEmpty(row: ThingNode): boolean {
    const branch = isBranch(row) ? this.known(row) : undefined;
    return thingKindOf(row).isEmpty?.(row, branch && wholeList(branch)) ?? false;
  }

  /** True if anything is known of the branch with this id. */
  has(id: string): boolean {
    return this.branches.has(id);
  }

  /** When AWS last listed this row; epoch milliseconds. Undefined for rows inside a cluster, which are watched. */
  listedAt(row: ThingNode): number | undefined {
    return this.listed.get(row) ?? this.known(row.parent)?.readAt;
  }

  /** Every branch that is known, by its id. */
  all(): Iterable<readonly [id: string, branch: Branch]> {
    return this.branches;
  }

  /** Shows remembered rows until the list has been read from AWS. */
  restore(node: BranchNode, rows: readonly ThingNode[], readAt: number): void {
    this.branches.set(node.id, { rows, readAt, isOutdated: true });
  }

  /** Returns the branch, and begins to read its list if the list is unknown or outdated. */
  open(node: BranchNode, priority: Priority): Branch {
    const branch = this.branches.get(node.id);
    if (branch?.fetching || (branch && !branch.isOutdated)) return branch;
    return this.fetch(node, { rows: [] }, priority);
  }

  /**
   * Reads the list again. The rows stay until the newer list is complete. Resolves when the newer list is
   * complete or could not be read.
   */
  async refresh(node: BranchNode, priority: Priority): Promise<void> {
    const { rows = [], failure } = this.branches.get(node.id) ?? {};
    const { fetching } = this.fetch(node, { rows: [] }, priority);
    if (rows.length === 0 || failure) this.listener.changed(node);
    await fetching?.whole;
  }

  /** Shows what a watch now sees below a branch. */
  show(node: LiveBranch, seen: Seen): void {
    const branch = this.branches.get(node.id);
    // A fetch that is under way will return the same rows.
    if (!branch || branch.fetching) return;
    const { rows: old, failure, next, others } = branch;
    const page = livePage(node, seen, this.canonical, 0, old.length);
    const shown: Writable = {
      rows: page.items,
      ...present({ next: page.next, failure: page.unread, others: page.others }),
    };
    this.branches.set(node.id, shown);
    this.forgetOthers(old, new Set(page.items));
    const isOtherFailure = JSON.stringify(failure) !== JSON.stringify(page.unread);
    const isOtherEnd = next !== page.next || others !== page.others;
    if (isOtherFailure || isOtherEnd || !isSame(old, page.items)) this.listener.changed(node);
    if (isOtherFailure) this.listener.settled(node);
  }

  /** Marks the list as outdated, so that it is read again when the branch is next opened. */
  outdate(node: BranchNode): void {
    const branch = this.branches.get(node.id);
    if (branch) branch.isOutdated = true;
  }

  /** Fetches further rows, beginning with the next page. */
  more(node: BranchNode): void {
    const branch = this.branches.get(node.id);
    if (branch?.next === undefined) return;
    this.fetch(node, { rows: branch.rows, next: branch.next }, 'interactive');
    this.listener.changed(node);
  }

  /** Forgets everything below the row with this id, at any depth; without an id, forgets all rows. */
  drop(id?: string): void {
    for (const [branchId, branch] of this.branches) {
      if (id !== undefined && branchId !== id && !branchId.startsWith(`${id}/`)) continue;
      branch.fetching?.stop.abort();
      this.branches.delete(branchId);
    }
    // This also forgets rows that were made for a page and are in no list.
    for (const [thingId, row] of this.things) {
      if (id === undefined || thingId.startsWith(`${id}/`)) this.forget(row);
    }
  }

  /** Every row that is listed now. */
  *rows(): IterableIterator<ThingNode> {
    for (const { rows } of this.branches.values()) yield* rows;
  }

  private fetch(node: BranchNode, start: Start, priority: Priority): Branch {
    const before = this.branches.get(node.id);
    before?.fetching?.stop.abort();
    const stop = new AbortController();
    const branch: Writable = { rows: before?.rows ?? [], ...present({ readAt: before?.readAt }) };
    this.branches.set(node.id, branch);
    let hasFirst = (): void => undefined;
    const first = new Promise<void>((resolve) => {
      hasFirst = resolve;
    });
    if (branch.rows.length > 0) hasFirst();
    const confirmed = new Set(start.rows);
    const whole = this.read(node, branch, start, priority, confirmed, {
      signal: stop.signal,
      first: hasFirst,
    })
      .catch((thrown: unknown) => {
        if (stop.signal.aborted) return;
        branch.failure = failureOf(thrown);
        this.ageUnconfirmed(branch, confirmed);
        if (branch.rows.length > 0) this.listener.changed(node);
      })
      .finally(() => {
        delete branch.fetching;
        hasFirst();
        if (!stop.signal.aborted) this.listener.settled(node);
      });
    branch.fetching = { stop, first, whole };
    return branch;
  }

  /**
   * Shows each page as soon as it arrives. Earlier rows that no page has confirmed yet stay until the list is
   * complete.
   * @param confirmed receives the rows of each page
   */
  private async read(
    node: BranchNode,
    branch: Writable,
    start: Start,
    priority: Priority,
    confirmed: Set<ThingNode>,
    { signal, first }: { readonly signal: AbortSignal; readonly first: () => void },
  ): Promise<void> {
    const old = branch.rows;
    const cap = Math.max(CAP, old.length - start.rows.length);
    const read = await pagesOf(node, this.source, priority, this.canonical);
    let listed = start.rows;
    for await (const { rows, isFirst, next, unread, others } of pages(read, start.next, cap, signal)) {
      signal.throwIfAborted();
      listed = [...listed, ...rows];
      for (const row of rows) {
        confirmed.add(row);
        if (!isLiveBranch(node)) this.listed.set(row, this.clock.now());
      }
      const isWhole = next === undefined || listed.length - start.rows.length >= cap;
      const shown = branch.rows;
      branch.rows = isWhole ? listed : union(listed, old);
      if (isWhole && next !== undefined) branch.next = next;
      if (unread) branch.failure = unread;
      if (others !== undefined) branch.others = others;
      this.listener.listed(rows, node, priority);
      const waitsForFirst = isFirst && shown.length === 0;
      if (!waitsForFirst && (!isSame(shown, branch.rows) || (isWhole && next !== undefined)))
        this.listener.changed(node);
      // `first` resolves for the last page only after `fetching` is deleted: until then, an empty list would
      // not be shown as empty.
      if (!isWhole) first();
    }
    if (!isLiveBranch(node)) branch.readAt = this.clock.now();
    this.forgetOthers(old, confirmed);
  }

  /** Forgets the old rows that the newer list does not contain, with everything below them. */
  private forgetOthers(old: readonly ThingNode[], there: ReadonlySet<ThingNode>): void {
    for (const row of old) {
      if (there.has(row)) continue;
      this.forget(row);
      if (isBranch(row)) this.drop(row.id);
    }
  }

  /** Sets `asOf` in the rows that the failed read did not confirm: to the time when they were last listed. */
  private ageUnconfirmed({ rows }: Branch, confirmed: ReadonlySet<ThingNode>): void {
    for (const row of rows) {
      const at = this.listedAt(row);
      if (at === undefined || row.asOf !== undefined || confirmed.has(row) || isDetailed(row)) continue;
      row.asOf = at;
      this.listener.rowChanged(row);
    }
  }

  private forget(row: ThingNode): void {
    if (this.things.delete(row.id)) this.listener.gone(row);
  }
}

interface ReadPages {
  readonly rows: readonly ThingNode[];
  readonly isFirst: boolean;
  readonly next: string | undefined;
  readonly unread: Failure | undefined;
  readonly others: number | undefined;
}

async function* pages(
  read: ReadPage,
  start: string | undefined,
  cap: number,
  signal: AbortSignal,
): AsyncGenerator<ReadPages, void> {
  const trail = new PageTrail(start);
  let next = start;
  for (let count = 0; count < cap; ) {
    const isFirst = next === start;
    const page = await read(next, signal);
    count += page.items.length;
    next = page.next;
    yield { rows: page.items, isFirst, next, unread: page.unread, others: page.others };
    if (trail.follow(next) === undefined) return;
  }
}

function union(first: readonly ThingNode[], then: readonly ThingNode[]): readonly ThingNode[] {
  return then.length === 0 ? first : [...new Set([...first, ...then])];
}

function isSame(a: readonly ThingNode[], b: readonly ThingNode[]): boolean {
  return a.length === b.length && a.every((row, index) => row === b[index]);
}

/**
 * The rows of a branch that has rows, or whose list is complete. Undefined while it is not known whether
 * the branch is empty.
 */
function wholeList({ rows, readAt, isOutdated, failure, next }: Branch): readonly ThingNode[] | undefined {
  const isWhole = readAt !== undefined && isOutdated !== true && failure === undefined && next === undefined;
  return rows.length > 0 || isWhole ? rows : undefined;
}
