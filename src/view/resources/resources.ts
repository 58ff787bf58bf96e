/** What the Resources view shows, without the view: which rows there are, what is asked of AWS for them, and when. */
import type { Connection } from '../../model/connection';
import type { AttentionCount } from './attention';
import type { Insight } from './attention-filter';
import { BranchRows } from './branch-rows';
import type { Haste } from './branches';
import { shownRows } from './children';
import type { SnapshotFiles } from './memory/snapshot-files';
import { TreeMemory } from './memory/tree-memory';
import {
  type BranchNode,
  connectionNodeOf,
  type EksNode,
  isBranch,
  isEks,
  type ResourceNode,
  type ThingNode,
} from './node';
import { OpenRows } from './open-rows';
import { Owners } from './owners';
import { pollOrder } from './poll-order';
import { Redraws } from './redraws';
import { type Root, Roots } from './roots';
import { type DetailsParts, RowDetails } from './row-details';

/** A list that was read this short a time ago is not read again only because its row is opened; milliseconds. */
const FRESH_MS = 60_000;

export interface ResourceParts extends DetailsParts {
  /** The connections to show, in order. */
  readonly connections: () => readonly Connection[];
  /** What outlives the window. */
  readonly files: SnapshotFiles;
}

export interface ResourceListener {
  /** These rows, and what is right below them, are to be drawn again; undefined: the outermost ones. */
  draw(rows: readonly ResourceNode[] | undefined): void;
  /** How many rows need attention, each time that more is known. */
  count(count: AttentionCount): void;
}

export class Resources {
  private readonly roots: Roots;
  private readonly below: BranchRows;
  private readonly details: RowDetails;
  private readonly memory: TreeMemory;
  private readonly owners: Owners;
  private readonly redraws: Redraws;
  private readonly open = new OpenRows();
  /** Clusters that a user has opened, until what is in them is listed. */
  private readonly awaited = new Set<string>();
  private readonly ended = new AbortController();
  private onlyAttention = false;

  constructor(
    private readonly parts: ResourceParts,
    private readonly listener: ResourceListener,
  ) {
    this.roots = new Roots(parts.connections);
    this.below = new BranchRows(
      parts.source,
      {
        listed: (rows, { id }) =>
          this.details.readUnread(rows, this.awaited.has(id) ? 'interactive' : 'background'),
        changed: (node) => this.redraw(node),
        rowChanged: (row) => this.redraw(row),
        gone: (row) => isEks(row) && this.details.stop(row),
        settled: (node) => this.settled(node),
      },
      parts.clock,
    );
    this.details = new RowDetails(parts, {
      changed: (row) => this.redraw(row),
      settled: (row) => this.settled(row.parent),
      below: (cluster) => this.below.known(cluster)?.rows ?? [],
    });
    this.memory = new TreeMemory(parts.files, this.below, parts.clock);
    this.owners = new Owners(
      { ...parts, memory: this.memory, changed: (root, isOther) => this.ownerChanged(root, isOther) },
      this.ended.signal,
    );
    this.redraws = new Redraws(parts.clock, (rows) => {
      listener.draw(rows);
      listener.count(this.details.count(this.shown()));
    });
  }

  /** Rows below a row, or the outermost ones. Resolves when there is something to show. */
  async children(node?: ResourceNode): Promise<ResourceNode[]> {
    if (node === undefined) return this.roots.all().map(({ connection }) => connection);
    this.open.opened(node);
    if (node.kind === 'connection') {
      const root = this.roots.of(node.connection);
      this.owners.askOnce(root);
      return this.onlyAttention ? [root.eks] : [root.kdb, root.eks];
    }
    return isBranch(node) ? await this.childrenOf(node) : [];
  }

  /** Asks AWS for a row and all that is open below it, or for everything. Resolves when lists are here. */
  async refresh(node?: ResourceNode): Promise<void> {
    // The list alone says what the row of a kdb cluster shows.
    if (node?.kind === 'kdb-cluster') return this.refresh(node.parent);
    if (node?.kind !== 'nodegroup') this.parts.attention.forget(node && connectionNodeOf(node).id);
    if (node && isEks(node)) this.details.read([node], 'interactive');
    const connection = node && connectionNodeOf(node);
    for (const root of this.roots.all()) {
      const isAsked = connection === undefined || root.connection === connection;
      if (isAsked && this.open.isOpen(root.connection)) this.owners.ask(root);
    }
    await this.readAgain(node, 'interactive', (rows) => rows);
  }

  /** Looks, while nobody asks, whether what is open has changed. Connections that would ask for a log-in are left out. */
  async poll(): Promise<void> {
    await Promise.all(
      this.roots.all().map(async (root) => {
        const { connection } = root;
        if (!(await this.parts.source.isReady(connection.connection))) return;
        this.owners.ask(root);
        await this.readAgain(connection, 'background', pollOrder);
      }),
    );
  }

  /** A row was opened or shut in the view. */
  toggled(node: ResourceNode, isOpen: boolean): void {
    if (!isOpen) {
      this.open.shut(node);
      return;
    }
    this.open.opened(node);
    const known = isBranch(node) ? this.below.known(node) : undefined;
    if (!isBranch(node) || !known || known.fetching) return;
    if (this.parts.clock.now() - (known.readAt ?? 0) > FRESH_MS) this.below.outdate(node);
    void this.openBranch(node);
  }

  /** Shows only rows of EKS that need attention, or everything. */
  filter(onlyAttention: boolean): void {
    this.onlyAttention = onlyAttention;
    for (const { connection } of this.roots.all()) this.redraw(connection);
  }

  /** Shows other connections than before. */
  connectionsChanged(): void {
    for (const id of this.roots.dropGone()) this.below.drop(id);
    this.listener.draw(undefined);
    void this.memory.keepOnly(this.parts.connections().map(({ id }) => id));
  }

  /** Draws a row again from what is known, e.g. because an operation began on it. */
  redraw(node: ResourceNode): void {
    this.redraws.add(node);
  }

  /** The row of a thing, when it has been listed: `path` as in an operation's subject. */
  find(connectionId: string, [outer = '', inner]: readonly string[]): ThingNode | undefined {
    const tail = inner === undefined ? outer : `${outer}/${inner}`;
    return this.below.thing(`${connectionId}/kdb/${tail}`) ?? this.below.thing(`${connectionId}/eks/${tail}`);
  }

  /** Fetches the rows after those that are there. */
  loadMore(node: BranchNode): void {
    this.below.more(node);
  }

  /** Resolves when what is to outlive the window is on disk. */
  async dispose(): Promise<void> {
    this.ended.abort();
    this.redraws.dispose();
    this.details.dispose();
    await this.memory.dispose();
    this.below.drop();
  }

  private ownerChanged({ connection, kdb, eks }: Root, isOther: boolean): void {
    this.redraw(connection);
    if (!isOther) return;
    this.below.drop(connection.id);
    this.redraw(kdb);
    this.redraw(eks);
  }

  private async childrenOf(node: BranchNode): Promise<ResourceNode[]> {
    await this.memory.load(connectionNodeOf(node).id);
    // A thousand rows are made in one turn of the event loop and drawn in another.
    if (this.memory.restore(node)) await this.turn();
    await this.openBranch(node);
    const branch = this.below.known(node);
    if (!branch) return [];
    if (this.onlyAttention) {
      // What is inside a cluster decides whether the cluster stays.
      for (const row of branch.rows) if (row.kind === 'eks-cluster') this.below.open(row, 'background');
    }
    return shownRows(node, branch, this.onlyAttention ? this.insight : undefined);
  }

  private readonly insight: Insight = {
    needs: (row) => this.details.needs(row),
    known: (row) => this.below.known(row),
  };

  private turn(): Promise<void> {
    return this.parts.clock.sleep(0, this.ended.signal).catch(() => undefined);
  }

  /** Asks for what is below a branch where that is not known. Resolves when there is something to show. */
  private openBranch(node: BranchNode): Promise<void> {
    const known = this.below.known(node);
    if (!known || known.isOutdated) {
      // Those who open a cluster wait for what is in it, not for all clusters of a region.
      const haste = node.kind === 'eks-cluster' ? 'interactive' : 'background';
      if (haste === 'interactive') this.awaited.add(node.id);
      if (known) this.details.read(known.rows.filter(isEks), haste);
    }
    if (node.kind === 'eks-cluster') this.details.hasten(node);
    return this.below.open(node, 'interactive').fetching?.first ?? Promise.resolve();
  }

  /** Lists again what is open at or below a row, and reads those of its rows that `choose` gives. */
  private async readAgain(
    node: ResourceNode | undefined,
    haste: Haste,
    choose: (rows: readonly EksNode[]) => readonly EksNode[],
  ): Promise<void> {
    const rows: EksNode[] = [];
    const lists: Promise<void>[] = [];
    for (const branch of this.branches()) {
      if (node && branch.id !== node.id && !branch.id.startsWith(`${node.id}/`)) continue;
      const known = this.below.known(branch);
      if (!known) continue;
      if (!this.isShown(branch)) this.below.outdate(branch);
      else {
        rows.push(...known.rows.filter(isEks));
        lists.push(this.below.refresh(branch, haste));
      }
    }
    this.details.read(choose(rows), 'background');
    await Promise.all(lists);
  }

  private isShown(branch: BranchNode): boolean {
    return this.open.isOpen(branch) || (this.onlyAttention && branch.kind === 'eks-cluster');
  }

  /** Every row that may have rows below it. */
  private *branches(): IterableIterator<BranchNode> {
    for (const { kdb, eks } of this.roots.all()) yield* [kdb, eks];
    for (const row of this.below.rows()) if (isBranch(row)) yield row;
  }

  private settled(node: BranchNode): void {
    this.awaited.delete(node.id);
    this.memory.keep(connectionNodeOf(node).id);
    // What is known of a row decides whether it, and the cluster around it, are shown.
    if (!this.onlyAttention) return;
    this.redraw(node);
    if (node.kind === 'eks-cluster') this.redraw(node.parent);
  }

  /** Rows of EKS below connections that are there. */
  private *shown(): IterableIterator<EksNode> {
    for (const row of this.below.rows()) if (isEks(row)) yield row;
  }
}
