/** The tabs of pages that are shown as rendered Markdown: VS Code tells of them by their labels alone. */
import * as vscode from 'vscode';

/** Knows which pages have a tab. */
export class PageTabs implements vscode.Disposable {
  /** Names of pages whose tab has been seen. */
  private readonly seen = new Set<string>();
  private readonly listening: vscode.Disposable;

  /** @param onClosed told the name of a page that no tab shows any more. */
  constructor(
    private readonly names: () => Iterable<string>,
    private readonly onClosed: (name: string) => void,
  ) {
    this.listening = vscode.window.tabGroups.onDidChangeTabs(() => this.look());
  }

  dispose(): void {
    this.listening.dispose();
  }

  private look(): void {
    for (const name of [...this.names()]) {
      if (hasTab(name)) this.seen.add(name);
      else if (this.seen.delete(name)) this.onClosed(name);
    }
  }
}

function hasTab(name: string): boolean {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .some(
      ({ input, label }) =>
        input instanceof vscode.TabInputWebview &&
        input.viewType.endsWith('markdown.preview') &&
        label.endsWith(` ${name}`),
    );
}
