/** The rows below each branch: fetched once, page by page, and kept until they are forgotten. */
import { type Failure, failureOf } from '../../model/failure';
import { type Fetched, fetchBranch, type ResourceSource } from './branches';
import type { BranchNode, ThingNode } from './node';

export interface Branch {
  readonly rows: readonly ThingNode[];
  /** Present while more rows are to be had. */
  readonly next?: string;
  readonly failure?: Failure;
  /** Present while rows are being fetched; `first` resolves when there is something to show. */
  readonly fetching?: { readonly stop: AbortController; readonly first: Promise<void> };
}

type Writable = { -readonly [K in keyof Branch]: Branch[K] };

export interface BranchListener {
  /** Rows that have just been listed. The signal is aborted when the branch is forgotten. */
  listed(rows: readonly ThingNode[], signal: AbortSignal): void;
  /** What is below the branch is no longer what was shown. */
  changed(node: BranchNode): void;
  /** Nothing more is being fetched below the branch. */
  settled(node: BranchNode): void;
}

export class BranchRows {
  private readonly things = new Map<string, ThingNode>();
  private readonly branches = new Map<string, Branch>();

  constructor(
    private readonly source: ResourceSource,
    private readonly listener: BranchListener,
  ) {}

  /** The row with this id, when it has been listed. */
  thing(id: string): ThingNode | undefined {
    return this.things.get(id);
  }

  /** What is known below a branch, without asking for it. */
  known(node: BranchNode): Branch | undefined {
    return this.branches.get(node.id);
  }

  /** What is below a branch; asked for when that is not known. */
  open(node: BranchNode): Branch {
    return this.branches.get(node.id) ?? this.fetch(node, []);
  }

  /** Fetches the rows after those that are there. */
  more(node: BranchNode): void {
    const branch = this.branches.get(node.id);
    if (branch?.next === undefined) return;
    this.fetch(node, branch.rows, branch.next);
    this.listener.changed(node);
  }

  /** Forgets what is below a row, at any depth, or everything. */
  forget(id?: string): void {
    for (const [branchId, branch] of this.branches) {
      if (id === undefined || branchId === id || branchId.startsWith(`${id}/`)) {
        branch.fetching?.stop.abort();
        this.branches.delete(branchId);
      }
    }
  }

  /** Every row that is listed now. */
  *rows(): IterableIterator<ThingNode> {
    for (const { rows } of this.branches.values()) yield* rows;
  }

  private fetch(node: BranchNode, before: readonly ThingNode[], start?: string): Branch {
    const stop = new AbortController();
    const first = Promise.withResolvers<void>();
    const branch: Writable = { rows: before, fetching: { stop, first: first.promise } };
    this.branches.set(node.id, branch);
    const canonical = <N extends ThingNode>(id: string, make: () => N): N => {
      const made = (this.things.get(id) as N | undefined) ?? make();
      this.things.set(id, made);
      return made;
    };
    let pages = 0;
    const show = (rows: readonly ThingNode[]): void => {
      const shown = branch.rows.length;
      branch.rows = [...before, ...rows];
      this.listener.listed(branch.rows.slice(shown), stop.signal);
      pages += 1;
      if (pages > 1) this.listener.changed(node);
      first.resolve();
    };
    const take = ({ next }: Fetched): void => {
      if (next === undefined) delete branch.next;
      else branch.next = next;
    };
    fetchBranch(node, this.source, canonical, start, stop.signal, show)
      .then(take, (thrown: unknown) => {
        const failure = failureOf(thrown);
        if (failure.kind !== 'cancelled') branch.failure = failure;
      })
      .finally(() => {
        delete branch.fetching;
        first.resolve();
        if (stop.signal.aborted) return;
        if (pages > 0 && (branch.failure || branch.next !== undefined)) this.listener.changed(node);
        this.listener.settled(node);
      });
    return branch;
  }
}
