/** A tree whose provider is loaded when the view is first looked at. */
import * as vscode from 'vscode';
import { OpenRowsRedrawn } from './open-rows-redrawn';

export class LazyTree<T extends object> implements vscode.TreeDataProvider<T>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<T | T[] | undefined | null>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly open = new OpenRowsRedrawn<T>((row) => this.changed.fire(row));
  private changes: vscode.Disposable | undefined;
  private collapses: vscode.Disposable | undefined;
  /** The outermost rows, as VS Code was last told. */
  private outermost: readonly T[] = [];
  private hasRows = false;
  private readonly waitingForRows: (() => void)[] = [];

  constructor(private readonly load: () => Promise<vscode.TreeDataProvider<T>>) {}

  /** @param id of the view, as package.json has it. */
  show(id: string, options: Omit<vscode.TreeViewOptions<T>, 'treeDataProvider'> = {}): vscode.TreeView<T> {
    const view = vscode.window.createTreeView(id, { ...options, treeDataProvider: this });
    this.collapses = view.onDidCollapseElement(({ element }) => this.open.shut(element));
    return view;
  }

  /** Resolves once VS Code has rows: it then removes what the empty view showed, such as buttons. */
  async rows(): Promise<void> {
    if (!this.hasRows) await new Promise<void>((resolve) => this.waitingForRows.push(resolve));
  }

  async getTreeItem(node: T): Promise<vscode.TreeItem> {
    this.open.drawn(node);
    const item = await (await this.provider()).getTreeItem(node);
    // VS Code sends the outermost rows to the window once it knows what the last of them looks like.
    if (node === this.outermost.at(-1)) setTimeout(() => this.rowsSent());
    return item;
  }

  async getChildren(node?: T): Promise<T[]> {
    if (node !== undefined) this.open.asked(node);
    const children = (await (await this.provider()).getChildren(node)) ?? [];
    if (node === undefined) {
      this.outermost = children;
      if (children.length === 0) this.hasRows = false;
    }
    return children;
  }

  async getParent(node: T): Promise<T | undefined> {
    return (await (await this.provider()).getParent?.(node)) ?? undefined;
  }

  async resolveTreeItem(
    item: vscode.TreeItem,
    node: T,
    token: vscode.CancellationToken,
  ): Promise<vscode.TreeItem> {
    return (await (await this.provider()).resolveTreeItem?.(item, node, token)) ?? item;
  }

  dispose(): void {
    this.changes?.dispose();
    this.collapses?.dispose();
    this.open.dispose();
    this.changed.dispose();
  }

  private rowsSent(): void {
    this.hasRows = true;
    for (const resolve of this.waitingForRows.splice(0)) resolve();
  }

  private async provider(): Promise<vscode.TreeDataProvider<T>> {
    const provider = await this.load();
    this.changes ??= provider.onDidChangeTreeData?.((nodes) => this.changed.fire(nodes ?? undefined));
    return provider;
  }
}
