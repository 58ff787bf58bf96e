/** Reads the lists below rows when the rows are opened, and again while they stay open. */
import type { Clock } from '../../model/clock';
import type { BranchRows } from './branch-rows';
import { listedIn } from './branches';
import {
  type BranchNode,
  type DetailedNode,
  isBranch,
  isDetailed,
  isLiveBranch,
  type ResourceNode,
} from './node';
import { OpenRows } from './open-rows';
import type { Roots } from './roots';
import type { Row } from './row';
import type { RowDetails } from './row-details';
import type { Priority } from './source';

/**
 * Milliseconds for which a list counts as fresh: a fresh list is not read again when the row above it is
 * opened.
 */
const FRESH_MS = 60_000;

export interface OpenBranchesParts {
  readonly roots: Roots;
  readonly below: BranchRows;
  readonly details: RowDetails;
  readonly clock: Clock;
  /** True if a branch has to be read although it is closed. */
  readonly isNeeded: (branch: BranchNode) => boolean;
}

export class OpenBranches {
  private readonly rows = new OpenRows();
  /** Ids of the opened branches in which a user waits for the details of the rows. */
  private readonly awaited = new Set<string>();

  constructor(private readonly parts: OpenBranchesParts) {}

  /** Called when the view asks for the children of the row. */
  opened(row: Row): void {
    this.rows.opened(row);
  }

  isOpen(row: Row): boolean {
    return this.rows.isOpen(row);
  }

  /** Called when a row was opened or closed in the view. */
  toggled(node: ResourceNode, isOpen: boolean): void {
    if (!isOpen) {
      this.rows.shut(node);
      return;
    }
    this.rows.opened(node);
    const { below, clock } = this.parts;
    const known = isBranch(node) ? below.known(node) : undefined;
    if (!isBranch(node) || !known || known.fetching) return;
    if (clock.now() - (known.readAt ?? 0) > FRESH_MS) below.outdate(node);
    void this.ask(node);
  }

  /**
   * Reads the list of a branch if the list is unknown or outdated. Resolves when there is something to show,
   * at the latest when the read has ended.
   */
  ask(node: BranchNode): Promise<void> {
    const { below, details } = this.parts;
    const known = below.known(node);
    if (!known || known.isOutdated) {
      const priority = listedIn(node).detailed?.priority ?? 'background';
      if (priority === 'interactive') this.awaited.add(node.id);
      if (known) details.read(known.rows.filter(isDetailed), priority);
    }
    if (isDetailed(node)) details.hasten(node);
    return below.open(node, 'interactive').fetching?.first ?? Promise.resolve();
  }

  /**
   * Reads the known lists again of all branches at or below a row, or in the whole tree, that are open or
   * needed. Lists of other branches are marked as outdated. `choose` gets the known rows of the lists that are
   * read; the details of the rows that it returns are read, too. Resolves when the lists have been read.
   */
  async askAgain(
    node: ResourceNode | undefined,
    priority: Priority,
    choose: (rows: readonly DetailedNode[]) => readonly DetailedNode[],
  ): Promise<void> {
    const { below, details } = this.parts;
    const rows: DetailedNode[] = [];
    const lists: Promise<void>[] = [];
    for (const branch of this.branches()) {
      if (node && branch.id !== node.id && !branch.id.startsWith(`${node.id}/`)) continue;
      const known = below.known(branch);
      // Branches inside a cluster are watched, and need no reading.
      if (!known || isLiveBranch(branch)) continue;
      if (!this.isOpen(branch) && !this.parts.isNeeded(branch)) below.outdate(branch);
      else {
        rows.push(...known.rows.filter(isDetailed));
        lists.push(below.refresh(branch, priority));
      }
    }
    details.read(choose(rows), 'background');
    await Promise.all(lists);
  }

  /** The priority for reading the details of the rows that were just listed below a branch. */
  priorityOf({ id }: BranchNode): Priority {
    return this.awaited.has(id) ? 'interactive' : 'background';
  }

  /** Called when the whole list of a branch has been read: rows that are listed later are read in the background. */
  settled({ id }: BranchNode): void {
    this.awaited.delete(id);
  }

  /** Every existing branch, open or not. */
  *branches(): IterableIterator<BranchNode> {
    const { roots, below } = this.parts;
    for (const rows of [roots.all(), below.rows()]) {
      for (const row of rows) {
        if (isBranch(row)) yield row;
        yield* roots.foldersOf(row).filter(isBranch);
      }
    }
  }
}
