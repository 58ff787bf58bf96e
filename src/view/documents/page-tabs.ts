/** The tabs of pages that are shown as rendered Markdown. */
import * as vscode from 'vscode';

/** Knows which pages have a tab. */
export class PageTabs implements vscode.Disposable {
  /** Addresses of pages whose tab has been seen. */
  private readonly seen = new Set<string>();
  private readonly listening: vscode.Disposable;

  /** @param onClosed told the address of a page that no tab shows any more. */
  constructor(
    private readonly pages: () => readonly vscode.Uri[],
    private readonly onClosed: (page: vscode.Uri) => void,
  ) {
    this.listening = vscode.window.tabGroups.onDidChangeTabs(() => this.look());
  }

  dispose(): void {
    this.listening.dispose();
  }

  private look(): void {
    const shown = new Set(
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .flatMap(({ input }) => (input instanceof vscode.TabInputCustom ? [input.uri.toString()] : [])),
    );
    for (const page of this.pages()) {
      const address = page.toString();
      if (shown.has(address)) this.seen.add(address);
      else if (this.seen.delete(address)) this.onClosed(page);
    }
  }
}
