/** A tree whose provider is loaded when the view is first looked at. */
import * as vscode from 'vscode';

export class LazyTree<T> implements vscode.TreeDataProvider<T>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<T | T[] | undefined | null>();
  readonly onDidChangeTreeData = this.changed.event;
  private listening: vscode.Disposable | undefined;

  constructor(private readonly load: () => Promise<vscode.TreeDataProvider<T>>) {}

  async getTreeItem(node: T): Promise<vscode.TreeItem> {
    return (await this.provider()).getTreeItem(node);
  }

  async getChildren(node?: T): Promise<T[]> {
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
    this.listening?.dispose();
    this.changed.dispose();
  }

  private async provider(): Promise<vscode.TreeDataProvider<T>> {
    const provider = await this.load();
    this.listening ??= provider.onDidChangeTreeData?.((nodes) => this.changed.fire(nodes ?? undefined));
    return provider;
  }
}
