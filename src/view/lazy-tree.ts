/** A tree whose provider is loaded when the view is first shown. */
import * as vscode from 'vscode';
import { OpenRowsRedrawn } from './open-rows-redrawn';

export class LazyTree<T extends object> implements vscode.TreeDataProvider<T>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<T | T[] | undefined | null>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly open = new OpenRowsRedrawn<T>((row) => this.changed.fire(row));
  private changes: vscode.Disposable | undefined;
  private collapses: vscode.Disposable | undefined;

  constructor(private readonly load: () => Promise<vscode.TreeDataProvider<T>>) {}

  /** @param id the view's id in package.json */
  show(id: string, options: Omit<vscode.TreeViewOptions<T>, 'treeDataProvider'> = {}): vscode.TreeView<T> {
    const view = vscode.window.createTreeView(id, { ...options, treeDataProvider: this });
    this.collapses = view.onDidCollapseElement(({ element }) => this.open.shut(element));
    return view;
  }

  async getTreeItem(node: T): Promise<vscode.TreeItem> {
    this.open.drawn(node);
    return (await this.provider()).getTreeItem(node);
  }

  async getChildren(node?: T): Promise<T[]> {
    if (node !== undefined) this.open.asked(node);
    return (await (await this.provider()).getChildren(node)) ?? [];
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

  private async provider(): Promise<vscode.TreeDataProvider<T>> {
    const provider = await this.load();
    this.changes ??= provider.onDidChangeTreeData?.((nodes) => this.changed.fire(nodes ?? undefined));
    return provider;
  }
}
