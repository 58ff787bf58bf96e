/** The Resources view: connections, and below them what each of them can see. */
import * as vscode from 'vscode';
import { type Connection, connectionOf, type Identity } from '../../model/connection';
import { type Failure, failureOf } from '../../model/failure';
import { describe, fetchBranch, isDescribed, type ResourceSource } from './branches';
import {
  type BranchNode,
  type ConnectionNode,
  connectionNodeOf,
  type GroupNode,
  isBranch,
  type NoticeNode,
  parentOf,
  type ResourceNode,
  type ThingNode,
} from './node';
import { type BusyLook, rowOf } from './rows';
import { tooltipOf } from './tooltip';

interface Branch {
  rows: readonly ThingNode[];
  /** Present while more rows are to be had. */
  next?: string;
  failure?: Failure;
  /** Present while rows are being fetched. */
  fetching?: { readonly stop: AbortController; readonly first: Promise<void> };
}

/** How long changed rows are gathered before they are drawn again. */
const REDRAW_MS = 60;

export class ResourceTree implements vscode.TreeDataProvider<ResourceNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<readonly ResourceNode[] | undefined>();
  readonly onDidChangeTreeData = this.changed.event as vscode.Event<ResourceNode[] | undefined>;

  private readonly things = new Map<string, ThingNode>();
  private readonly roots = new Map<string, readonly [ConnectionNode, GroupNode, GroupNode]>();
  private readonly branches = new Map<string, Branch>();
  private readonly toDraw = new Set<ResourceNode>();
  private drawTimer: ReturnType<typeof setTimeout> | undefined;

  /** @param connections the connections to show, in order. */
  constructor(
    private readonly connections: () => readonly Connection[],
    private readonly source: ResourceSource,
    private readonly busy: BusyLook,
    private readonly log: (message: string) => void,
  ) {}

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
      return [kdb, eks];
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
    for (const [id, branch] of this.branches) {
      if (node === undefined || id === node.id || id.startsWith(`${node.id}/`)) {
        branch.fetching?.stop.abort();
        this.branches.delete(id);
      }
    }
    if (node === undefined) {
      this.changed.fire(undefined);
      return;
    }
    if (isDescribed(node)) this.describeAll([node], new AbortController().signal);
    if (node.kind !== 'nodegroup') this.changed.fire([node]);
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
    return this.things.get(`${connectionId}/kdb/${tail}`) ?? this.things.get(`${connectionId}/eks/${tail}`);
  }

  /** Every row that stands for something in AWS and has been shown. */
  known(): IterableIterator<ThingNode> {
    return this.things.values();
  }

  dispose(): void {
    clearTimeout(this.drawTimer);
    for (const branch of this.branches.values()) branch.fetching?.stop.abort();
    this.changed.dispose();
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
    const branch = this.branches.get(node.id) ?? this.startFetching(node, []);
    await branch.fetching?.first;
    const notice = (kind: NoticeNode['kind'], failure?: Failure): NoticeNode => ({
      kind,
      id: `${node.id}#${kind}`,
      parent: node,
      ...(failure && { failure }),
    });
    if (branch.failure) return [...branch.rows, notice('failure', branch.failure)];
    if (branch.rows.length === 0 && !branch.fetching) return [notice('empty')];
    return branch.next === undefined ? [...branch.rows] : [...branch.rows, notice('more')];
  }

  /** Fetches the rows after those that are there. */
  loadMore(node: BranchNode): void {
    const branch = this.branches.get(node.id);
    if (branch?.next === undefined) return;
    this.startFetching(node, branch.rows, branch.next);
    this.redraw(node);
  }

  private startFetching(node: BranchNode, before: readonly ThingNode[], start?: string): Branch {
    const stop = new AbortController();
    const first = Promise.withResolvers<void>();
    const branch: Branch = { rows: before, fetching: { stop, first: first.promise } };
    this.branches.set(node.id, branch);
    const canonical = <N extends ThingNode>(id: string, make: () => N): N => {
      const made = (this.things.get(id) as N | undefined) ?? make();
      this.things.set(id, made);
      return made;
    };
    let drawn = before.length;
    let pages = 0;
    const show = (rows: readonly ThingNode[]): void => {
      branch.rows = [...before, ...rows];
      this.describeAll(branch.rows.slice(drawn), stop.signal);
      drawn = branch.rows.length;
      pages += 1;
      if (pages > 1) this.redraw(node);
      first.resolve();
    };
    fetchBranch(node, this.source, canonical, start, stop.signal, show)
      .then(
        (fetched) => {
          if (fetched.next !== undefined) branch.next = fetched.next;
        },
        (thrown: unknown) => {
          const failure = failureOf(thrown);
          if (failure.kind !== 'cancelled') branch.failure = failure;
        },
      )
      .finally(() => {
        delete branch.fetching;
        first.resolve();
        if (pages > 0 && (branch.failure || branch.next !== undefined)) this.redraw(node);
      });
    return branch;
  }

  private describeAll(nodes: readonly ThingNode[], signal: AbortSignal): void {
    for (const node of nodes) {
      if (!isDescribed(node)) continue;
      describe(node, this.source, signal).then(
        () => this.redraw(node),
        (thrown: unknown) => this.log(`${connectionNodeOf(node).id}: ${node.id}: ${failureOf(thrown).kind}`),
      );
    }
  }
}
