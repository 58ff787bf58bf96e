/** A tree whose provider is loaded when the view is first looked at. */
import * as vscode from 'vscode';
import { OpenRowsRedrawn } from './open-rows-redrawn';

export class LazyTree<T extends object> implements vscode.TreeDataProvider<T>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<T | T[] | undefined | null>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly open = new OpenRowsRedrawn<T>((row) => this.changed.fire(row));
  private changes: vscode.Disposable | undefined;
  private collapses: vscode.Disposable | undefined;
  /** The rows at the top, as VS Code was last told. */
  private top: readonly T[] = [];
  private readonly drawnTop = new vscode.EventEmitter<void>();
  private hasRows = false;

  constructor(private readonly load: () => Promise<vscode.TreeDataProvider<T>>) {}

  /** @param id of the view, as package.json has it. */
  show(id: string, options: Omit<vscode.TreeViewOptions<T>, 'treeDataProvider'> = {}): vscode.TreeView<T> {
    const view = vscode.window.createTreeView(id, { ...options, treeDataProvider: this });
    this.collapses = view.onDidCollapseElement(({ element }) => this.open.shut(element));
    return view;
  }

  /**
   * Resolves once VS Code has rows to show: then it takes away what the view shows without any, its buttons among it. At
   * once where it has them.
   */
  async rows(): Promise<void> {
    if (this.hasRows) return;
    await new Promise<void>((resolve) => {
      const listening = this.drawnTop.event(() => {
        listening.dispose();
        resolve();
      });
    });
  }

  async getTreeItem(node: T): Promise<vscode.TreeItem> {
    this.open.drawn(node);
    const item = await (await this.provider()).getTreeItem(node);
    // VS Code sends the rows to the window once it knows how the last of them looks.
    if (node === this.top.at(-1)) setTimeout(() => this.toldTop());
    return item;
  }

  async getChildren(node?: T): Promise<T[]> {
    if (node !== undefined) this.open.asked(node);
    const children = (await (await this.provider()).getChildren(node)) ?? [];
    if (node === undefined) {
      this.top = children;
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
    this.drawnTop.dispose();
  }

  private toldTop(): void {
    this.hasRows = true;
    this.drawnTop.fire();
  }

  private async provider(): Promise<vscode.TreeDataProvider<T>> {
    const provider = await this.load();
    this.changes ??= provider.onDidChangeTreeData?.((nodes) => this.changed.fire(nodes ?? undefined));
    return provider;
  }
}
