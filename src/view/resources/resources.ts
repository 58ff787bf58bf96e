/**
 * The content of the Resources view, without the view itself: its rows, and when requests are sent to fill them.
 */
import type { Connection } from '../../model/connection';
import { Turns } from '../../model/turns';
import { sleepUntilAborted } from '../../model/waiting';
import { type AttentionCount, countOf } from './attention-count';
import { type Insight, listedNeeds } from './attention-filter';
import { type Branch, BranchRows } from './branch-rows';
import { shownRows } from './children';
import { ConnectionFailures } from './connection-failures';
import { detailedKindOf } from './describe';
import { LiveBranches } from './inside/live-branches';
import type { WorkloadsFolderNode } from './kinds/workloads';
import type { SnapshotFiles } from './memory/snapshot-files';
import { TreeMemory } from './memory/tree-memory';
import {
  type BranchNode,
  isBranch,
  isDetailed,
  isLive,
  isLiveBranch,
  isThing,
  type LiveBranch,
  type ResourceNode,
  type ThingNode,
} from './node';
import { OpenBranches } from './open-branches';
import { Owners } from './owners';
import { PagedRows } from './paged-rows';
import { Redraws } from './redraws';
import { Roots } from './roots';
import { type ConnectionNode, connectionNodeOf } from './row';
import { type DetailsParts, RowDetails } from './row-details';
import { pollOrder } from './row-reader';
import { idsOf } from './shape';

export interface ResourceParts extends DetailsParts {
  /** The connections to show, in order. */
  readonly connections: () => readonly Connection[];
  /** The files that store the rows. Stored rows are shown at the next start until AWS has answered. */
  readonly files: SnapshotFiles;
}

export interface ResourceListener {
  /**
   * Called when these rows, and those right below them, have to be drawn again; undefined stands for the
   * whole tree.
   */
  draw(rows: readonly ResourceNode[] | undefined): void;
  /** Called with the number of rows that need attention, shortly after rows were drawn. */
  count(count: AttentionCount): void;
}

export class Resources {
  /** The rows that pages show. */
  readonly paged: PagedRows;
  /** Rows are made and drawn in turns of the event loop, since thousands may arrive at once. */
  readonly turns = new Turns();
  private readonly roots: Roots;
  private readonly below: BranchRows;
  private readonly details: RowDetails;
  private readonly memory: TreeMemory;
  private readonly owners: Owners;
  private readonly redraws: Redraws;
  private readonly open: OpenBranches;
  private readonly live: LiveBranches;
  private readonly ended = new AbortController();
  private readonly failures: ConnectionFailures;
  private onlyAttention = false;

  constructor(
    private readonly parts: ResourceParts,
    private readonly listener: ResourceListener,
  ) {
    this.roots = new Roots(parts.connections);
    this.below = new BranchRows(
      {
        services: (connection, priority) => parts.source.services(connection, priority),
        seen: (branch, signal) => this.live.seen(branch, signal),
        turns: this.turns,
      },
      {
        listed: (rows, branch) => this.details.readUnread(rows, this.open.priorityOf(branch)),
        changed: (node) => this.redraw(node),
        rowChanged: (row) => this.redraw(row),
        gone: (row) => isDetailed(row) && this.details.stop(row),
        settled: (node) => {
          this.open.settled(node);
          this.settled(node);
        },
      },
      parts.clock,
    );
    this.details = new RowDetails(parts, {
      changed: (row) => this.redraw(row),
      settled: (row) => {
        this.settled(row.parent);
        this.paged.settled(row);
      },
      below: (branch) => [...(this.below.known(branch)?.rows ?? []), ...this.paged.unlistedBelow(branch)],
    });
    const { roots, below, details } = this;
    this.failures = new ConnectionFailures(roots, below);
    const isNeeded = (branch: BranchNode): boolean => this.onlyAttention && staysByChildren(branch);
    this.open = new OpenBranches({ roots, below, details, clock: parts.clock, isNeeded });
    this.live = new LiveBranches({
      source: parts.source,
      clock: parts.clock,
      branches: () => this.openLiveBranches(),
      show: (branch, seen) => below.show(branch, seen),
      log: parts.log,
    });
    this.memory = new TreeMemory(parts.files, this.below, parts.clock);
    this.owners = new Owners(
      { ...parts, memory: this.memory, changed: (row, isOther) => this.ownerChanged(row, isOther) },
      this.ended.signal,
    );
    this.paged = new PagedRows({
      roots,
      below,
      details,
      memory: this.memory,
      owners: this.owners,
      open: this.open,
      live: this.live,
      source: parts.source,
      attention: parts.attention,
    });
    this.redraws = new Redraws(
      parts.clock,
      (rows) => listener.draw(rows),
      (row) => (isBranch(row) && this.open.isOpen(row) ? (this.below.known(row)?.rows.length ?? 0) : 0),
      () => listener.count(this.count()),
    );
  }

  /**
   * The rows below `node`; if `node` is undefined, the outermost rows. Resolves when there is something to
   * show.
   */
  async children(node?: ResourceNode): Promise<ResourceNode[]> {
    if (node === undefined) return [...this.roots.all()];
    this.open.opened(node);
    if (isLiveBranch(node) && this.open.isOpen(node)) this.live.opened(node);
    if (node.kind === 'connection') this.owners.askOnce(node);
    const listed = isBranch(node) ? await this.childrenOf(node) : [];
    const said = node.kind === 'connection' ? this.failures.rowsOf(node) : [];
    return [...said, ...listed, ...this.roots.foldersOf(node)];
  }

  /**
   * Reads again the details of a row and the open branches at or below the row; without a row, does so for
   * the whole tree. Resolves when the lists have been read.
   */
  async refresh(node?: ResourceNode): Promise<void> {
    // A row without separate details gets all its data from the list that contains the row, so that list is
    // read. Exception: for a row outside of clusters that has a list below it, only the list below is read.
    if (node && isThing(node) && !isDetailed(node) && (!isBranch(node) || isLive(node))) {
      return this.refresh(node.parent);
    }
    if (node && isLiveBranch(node)) this.live.again(node);
    const isWhole = !node || !isDetailed(node) || detailedKindOf(node).assessment.isRefreshedWhole;
    if (isWhole) this.parts.attention.forget(node && connectionNodeOf(node).id);
    if (node && isDetailed(node)) this.details.read([node], 'interactive');
    const connection = node && connectionNodeOf(node);
    for (const row of this.roots.all()) {
      const isAsked = connection === undefined || row === connection;
      if (isAsked && this.open.isOpen(row)) this.owners.ask(row);
    }
    await this.open.askAgain(node, 'interactive', (rows) => rows);
  }

  /** Reads the open branches again, in the background. Connections that would ask the user to log in are left out. */
  async poll(): Promise<void> {
    await Promise.all(
      this.roots.all().map(async (row) => {
        if (!(await this.parts.source.isReady(row.connection))) return;
        this.owners.ask(row);
        await this.open.askAgain(row, 'background', pollOrder);
      }),
    );
  }

  /** Called when a row was opened or closed in the view. */
  toggled(node: ResourceNode, isOpen: boolean): void {
    this.open.toggled(node, isOpen);
    this.live.look();
  }

  /**
   * Tells whether the view is visible. A cluster is watched while the view shows rows inside it, or while a
   * page does.
   */
  visible(isVisible: boolean): void {
    this.live.visible(isVisible);
  }

  /** Shows or hides the workloads that carry no code. */
  toggleOthers(node: WorkloadsFolderNode): void {
    node.showsOthers = node.showsOthers !== true;
    this.live.showAgain(node);
  }

  /** Shows only rows that need attention, or everything. */
  filter(onlyAttention: boolean): void {
    this.onlyAttention = onlyAttention;
    for (const row of this.roots.all()) this.redraw(row);
  }

  /** Called when the connections have changed. */
  connectionsChanged(): void {
    for (const id of this.roots.dropGone()) {
      this.below.drop(id);
      this.live.letGo(id);
    }
    this.live.look();
    this.listener.draw(undefined);
    void this.memory.keepOnly(this.parts.connections().map(({ id }) => id));
  }

  /** Draws a row again without reading it, e.g. because an operation began on its thing. */
  redraw(node: ResourceNode): void {
    this.redraws.add(node);
  }

  /**
   * The row of the thing that an operation changes; undefined if the thing has no row yet.
   * @param path as in the subject of the operation.
   */
  find(connectionId: string, path: readonly string[]): ThingNode | undefined {
    for (const id of idsOf(connectionId, path)) {
      const row = this.below.thing(id);
      if (row) return row;
    }
    return undefined;
  }

  /** True if the row is known to contain nothing that could be changed. */
  isEmpty(node: ResourceNode): boolean {
    return isThing(node) && this.below.isEmpty(node);
  }

  /** Fetches the next page of rows. */
  loadMore(node: BranchNode): void {
    this.below.more(node);
  }

  /** Resolves when the changed rows have been written to their files. */
  async dispose(): Promise<void> {
    this.ended.abort();
    this.redraws.dispose();
    this.details.dispose();
    this.live.dispose();
    await this.memory.dispose();
    this.below.drop();
  }

  private ownerChanged(connection: ConnectionNode, isOther: boolean): void {
    this.redraw(connection);
    if (!isOther) return;
    this.below.drop(connection.id);
    for (const folder of this.roots.foldersOf(connection)) this.redraw(folder);
  }

  private async childrenOf(node: BranchNode): Promise<ResourceNode[]> {
    await this.memory.load(connectionNodeOf(node).id);
    // The restored rows, perhaps a thousand, were made in this turn of the event loop, so they are drawn in a
    // later one.
    if (this.memory.restore(node)) await this.turn();
    await this.open.ask(node);
    const branch = this.below.known(node);
    if (!branch) return [];
    if (this.onlyAttention) {
      // With the filter on, a row may stay only because of the rows below it, so these are read as well.
      for (const row of branch.rows) if (staysByChildren(row)) this.below.open(row, 'background');
    }
    const insight = this.onlyAttention ? this.insight : undefined;
    return shownRows(node, branch, insight, this.failures.isSaidAbove(node));
  }

  private readonly insight: Insight = {
    needs: (row) =>
      isDetailed(row) ? this.details.needs(row) : listedNeeds(row, this.below.known(row.parent)),
    known: (row) => this.below.known(row),
  };

  private openLiveBranches(): readonly LiveBranch[] {
    return [...this.open.branches()].filter(isLiveBranch).filter((branch) => this.open.isOpen(branch));
  }

  private async turn(): Promise<void> {
    await sleepUntilAborted(this.parts.clock, 0, this.ended.signal);
  }

  private settled(node: BranchNode): void {
    const connection = connectionNodeOf(node);
    this.memory.keep(connection.id);
    if (this.failures.hasNews(node)) this.redraw(connection);
    // With the filter on, new facts about a row below `node` may show or hide that row, and `node` as well.
    if (!this.onlyAttention) return;
    this.redraw(node);
    if (staysByChildren(node)) this.redraw(node.parent);
  }

  private count(): AttentionCount {
    const isWhole = (branch: Branch | undefined): boolean =>
      branch !== undefined && !branch.failure && !branch.fetching && branch.next === undefined;
    return countOf(this.below.rows(), this.isEachBranch(isWhole), (attention) =>
      this.parts.attention.needs(attention),
    );
  }

  /**
   * True if `isWhole` returns true for every branch outside of clusters: rows inside a cluster are not
   * counted. Stops at the first branch that is not whole, as there may be thousands.
   */
  private isEachBranch(isWhole: (branch: Branch | undefined) => boolean): boolean {
    for (const branch of this.open.branches()) {
      if (!isLiveBranch(branch) && !isWhole(this.below.known(branch))) return false;
    }
    return true;
  }
}

/** True if the filtered view may show the row merely because of the rows below it. */
function staysByChildren(row: ResourceNode): row is BranchNode & ThingNode {
  return isBranch(row) && isThing(row) && !isLiveBranch(row);
}
