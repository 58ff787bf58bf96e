/** The Resources view: connections, and below them what each of them can see. */
import * as vscode from 'vscode';
import { type Connection, connectionOf, type Identity } from '../../model/connection';
import { type Failure, failureOf } from '../../model/failure';
import { type AttentionCount, type AttentionSource, attend, countOf, mayAttend } from './attention';
import { filtered } from './attention-filter';
import { type Branch, BranchRows } from './branch-rows';
import { describe, type ResourceSource } from './branches';
import {
  type BranchNode,
  type ConnectionNode,
  connectionNodeOf,
  type EksNode,
  type GroupNode,
  isBranch,
  isEks,
  type NoticeNode,
  parentOf,
  type ResourceNode,
  type ThingNode,
} from './node';
import { type BusyLook, rowOf } from './rows';
import { tooltipOf } from './tooltip';

/** How long changed rows are gathered before they are drawn again. */
const REDRAW_MS = 60;

export class ResourceTree implements vscode.TreeDataProvider<ResourceNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<readonly ResourceNode[] | undefined>();
  readonly onDidChangeTreeData = this.changed.event as vscode.Event<ResourceNode[] | undefined>;
  private readonly counted = new vscode.EventEmitter<AttentionCount>();
  /** Tells how many rows need attention, each time that more is known. */
  readonly onDidCountAttention = this.counted.event;

  private readonly roots = new Map<string, readonly [ConnectionNode, GroupNode, GroupNode]>();
  private readonly below: BranchRows;
  /** Rows that are being described or looked at. */
  private readonly pending = new Set<EksNode>();
  private readonly toDraw = new Set<ResourceNode>();
  private drawTimer: ReturnType<typeof setTimeout> | undefined;
  private onlyAttention = false;

  /** @param connections the connections to show, in order. */
  constructor(
    private readonly connections: () => readonly Connection[],
    private readonly source: ResourceSource,
    private readonly attention: AttentionSource,
    private readonly busy: BusyLook,
    private readonly log: (message: string) => void,
  ) {
    this.below = new BranchRows(source, {
      listed: (rows, signal) => this.describeAll(rows, signal),
      changed: (node) => this.redraw(node),
      settled: (node) => this.redrawFiltered(node),
    });
  }

  getTreeItem(node: ResourceNode): vscode.TreeItem {
    return rowOf(node, this.busy);
  }

  getParent(node: ResourceNode): ResourceNode | undefined {
    return parentOf(node);
  }

  async resolveTreeItem(
    item: vscode.TreeItem,
    node: ResourceNode,
    token: vscode.CancellationToken,
  ): Promise<vscode.TreeItem> {
    const stop = new AbortController();
    const listening = token.onCancellationRequested(() => stop.abort());
    try {
      item.tooltip = await tooltipOf(node, this.source, stop.signal);
      return item;
    } finally {
      listening.dispose();
    }
  }

  async getChildren(node?: ResourceNode): Promise<ResourceNode[]> {
    if (node === undefined) return this.connections().map((connection) => this.rootOf(connection)[0]);
    if (node.kind === 'connection') {
      const [root, kdb, eks] = this.rootOf(node.connection);
      this.identify(root);
      return this.onlyAttention ? [eks] : [kdb, eks];
    }
    return isBranch(node) ? await this.childrenOf(node) : [];
  }

  /** Asks AWS again: for one row and all below it, or for everything. Rows stay until the answer is there. */
  refresh(node?: ResourceNode): void {
    if (node?.kind === 'kdb-cluster') {
      // The list alone says what the row shows.
      this.refresh(node.parent);
      return;
    }
    if (node?.kind !== 'nodegroup') this.attention.forget(node && connectionNodeOf(node).id);
    this.below.forget(node?.id);
    if (node === undefined) {
      this.changed.fire(undefined);
      return;
    }
    if (isEks(node)) this.describeAll([node], new AbortController().signal);
    if (node.kind !== 'nodegroup') this.changed.fire([node]);
  }

  /** Shows only rows of EKS that need attention, or everything. */
  filter(onlyAttention: boolean): void {
    this.onlyAttention = onlyAttention;
    this.changed.fire(undefined);
  }

  /** Draws rows again from what is known, e.g. because an operation began on one of them. */
  redraw(node: ResourceNode): void {
    this.toDraw.add(node);
    this.drawTimer ??= setTimeout(() => {
      this.drawTimer = undefined;
      const nodes = [...this.toDraw];
      this.toDraw.clear();
      this.changed.fire(nodes);
    }, REDRAW_MS);
  }

  /** The row of a thing, when it has been shown: `path` as in an operation's subject. */
  find(connectionId: string, path: readonly string[]): ThingNode | undefined {
    const [outer = '', inner] = path;
    const tail = inner === undefined ? outer : `${outer}/${inner}`;
    return this.below.thing(`${connectionId}/kdb/${tail}`) ?? this.below.thing(`${connectionId}/eks/${tail}`);
  }

  /** Fetches the rows after those that are there. */
  loadMore(node: BranchNode): void {
    this.below.more(node);
  }

  dispose(): void {
    clearTimeout(this.drawTimer);
    this.below.forget();
    this.changed.dispose();
    this.counted.dispose();
  }

  private rootOf(connection: Connection): readonly [ConnectionNode, GroupNode, GroupNode] {
    const known = this.roots.get(connection.id);
    if (known) return known;
    const root: ConnectionNode = {
      kind: 'connection',
      id: connection.id,
      connection: connectionOf(connection.source, connection.region),
    };
    const made = [
      root,
      { kind: 'kdb', id: `${root.id}/kdb`, parent: root },
      { kind: 'eks', id: `${root.id}/eks`, parent: root },
    ] as const;
    this.roots.set(connection.id, made);
    return made;
  }

  private identify(root: ConnectionNode): void {
    if (root.identity) return;
    this.source.identity(root.connection, new AbortController().signal).then(
      (identity: Identity) => {
        root.identity = identity;
        this.redraw(root);
      },
      (thrown: unknown) => this.log(`${root.id}: who am I: ${JSON.stringify(failureOf(thrown))}`),
    );
  }

  private async childrenOf(node: BranchNode): Promise<ResourceNode[]> {
    const branch = this.below.open(node);
    await branch.fetching?.first;
    const notice = (kind: NoticeNode['kind'], failure?: Failure): NoticeNode => ({
      kind,
      id: `${node.id}#${kind}`,
      parent: node,
      ...(failure && { failure }),
    });
    const rows = this.onlyAttention ? this.attentionRows(branch, notice) : [...branch.rows];
    if (branch.failure) return [...rows, notice('failure', branch.failure)];
    if (rows.length === 0 && !branch.fetching) return [notice('empty')];
    return branch.next === undefined ? rows : [...rows, notice('more')];
  }

  private attentionRows(
    branch: Branch,
    notice: (kind: NoticeNode['kind']) => NoticeNode,
  ): (ThingNode | NoticeNode)[] {
    const nodes = branch.rows.filter(isEks);
    // What is inside a cluster decides whether the cluster stays.
    for (const node of nodes) if (node.kind === 'eks-cluster') this.below.open(node);
    const { rows, pending } = filtered(nodes, {
      needs: (node) => this.needs(node),
      known: (node) => this.below.known(node),
    });
    if (pending > 0) return [...rows, notice('looking')];
    return rows.length === 0 && nodes.length > 0 ? [notice('fine')] : [...rows];
  }

  private needs(node: EksNode): boolean | undefined {
    const isPending = this.pending.has(node) || (node.kind === 'nodegroup' && this.pending.has(node.parent));
    if (isPending) return undefined;
    return node.attention === undefined || node.failure !== undefined || this.attention.needs(node.attention);
  }

  private describeAll(nodes: readonly ThingNode[], signal: AbortSignal): void {
    for (const node of nodes) if (isEks(node)) void this.describeOne(node, signal);
  }

  /** Describes a row, and after it has shown finds out what needs attention on it, and on what waited for it. */
  private async describeOne(node: EksNode, signal: AbortSignal): Promise<void> {
    await this.doing(node, async () => {
      await describe(node, this.source, signal);
      this.redraw(node);
    });
    const waiting = node.kind === 'nodegroup' ? [] : (this.below.known(node)?.rows.filter(isEks) ?? []);
    await Promise.all(
      [node, ...waiting].filter(mayAttend).map((one) =>
        this.doing(one, async () => {
          await attend(one, this.attention, signal);
          this.redraw(one);
        }),
      ),
    );
  }

  private async doing(node: EksNode, work: () => Promise<void>): Promise<void> {
    this.pending.add(node);
    try {
      await work();
    } catch (thrown) {
      const failure = failureOf(thrown);
      if (failure.kind !== 'cancelled') this.log(`${node.id}: ${JSON.stringify(failure)}`);
    } finally {
      this.pending.delete(node);
      this.redrawFiltered(node.parent);
      this.counted.fire(countOf(this.shown(), (attention) => this.attention.needs(attention)));
    }
  }

  /** Rows of EKS below connections that are there. */
  private *shown(): IterableIterator<EksNode> {
    const ids = new Set(this.connections().map(({ id }) => id));
    for (const row of this.below.rows()) {
      if (isEks(row) && ids.has(connectionNodeOf(row).id)) yield row;
    }
  }

  /** What is known of a row decides whether it, and the cluster around it, are shown. */
  private redrawFiltered(node: BranchNode): void {
    if (!this.onlyAttention) return;
    this.redraw(node);
    if (node.kind === 'eks-cluster') this.redraw(node.parent);
  }
}
