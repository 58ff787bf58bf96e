/** The tabs of pages that are shown as rendered Markdown. */
import * as vscode from 'vscode';

/** Knows which pages have a tab, and closes tabs that a reload of the window brought back without their page. */
export class PageTabs implements vscode.Disposable {
  /** Addresses of pages whose tab has been seen. */
  private readonly seen = new Set<string>();
  private readonly listening: vscode.Disposable;

  /**
   * @param scheme of the addresses of all pages.
   * @param onClosed told the address of a page that no tab shows any more.
   */
  constructor(
    private readonly scheme: string,
    private readonly pages: () => readonly vscode.Uri[],
    private readonly onClosed: (page: vscode.Uri) => void,
  ) {
    const tabGroups = vscode.window.tabGroups;
    this.listening = vscode.Disposable.from(
      tabGroups.onDidChangeTabs(() => void this.look()),
      // After a reload the tabs of before are told with their groups.
      tabGroups.onDidChangeTabGroups(() => void this.look()),
    );
    void this.look();
  }

  dispose(): void {
    this.listening.dispose();
  }

  /** Compares tabs and pages. Resolves once the tabs that no page stands behind are closed. */
  async look(): Promise<void> {
    const tabs = new Map<string, vscode.Tab>();
    for (const tab of vscode.window.tabGroups.all.flatMap((group) => group.tabs)) {
      const { input } = tab;
      if (input instanceof vscode.TabInputCustom && input.uri.scheme === this.scheme)
        tabs.set(input.uri.toString(), tab);
    }
    const pages = new Map(this.pages().map((page) => [page.toString(), page]));
    for (const address of this.seen) {
      // A later page of the same name has no tab yet.
      if (!pages.has(address)) this.seen.delete(address);
    }
    for (const [address, page] of pages) {
      if (tabs.has(address)) this.seen.add(address);
      else if (this.seen.delete(address)) this.onClosed(page);
    }
    const lost = [...tabs].filter(([address]) => !pages.has(address)).map(([, tab]) => tab);
    if (lost.length > 0) await vscode.window.tabGroups.close(lost, true);
  }
}
