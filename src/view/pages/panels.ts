/**
 * The panels of pages: opened, kept up to date, and found again after a reload of the window. A page that is only
 * looked at shares its panel with the next one, until somebody keeps it: as VS Code's preview editors do.
 */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { setContextKey } from '../context-keys';
import { choiceSetting } from '../settings';
import { labelText } from '../shown';
import { bodyHtml } from './html/body';
import { documentHtml } from './html/document';
import { buttonsOf, type Page } from './page';
import { PAGE_VIEW_TYPE, type PageKey, writtenKey } from './page-key';
import { readFromPage, type ToPage } from './page-messages';

/** A page with its callbacks. */
export interface ShownPage {
  readonly key: PageKey;
  /** What the tab shows. */
  readonly title: string;
  /**
   * True: the page takes over the panel of the last page that shares, unless that one was kept. Opening a page once
   * more, pressing one of its buttons, or the command keeps it.
   */
  readonly sharesPanel?: boolean;
  /** The page as it is now. */
  content(): Page | Promise<Page>;
  /** One of the buttons of {@link content} was pressed that is not off. */
  press(button: string): unknown;
  /** Messages beside {@link content} for a page whose script has begun to run, such as the lines of a log. */
  greeting?(): readonly ToPage[];
  /** The panel has come on the screen or left it; also called when the page is first shown. */
  visible?(isVisible: boolean): void;
  /** The panel is gone, whoever closed it. */
  closed?(): void;
}

interface Shown {
  readonly panel: vscode.WebviewPanel;
  page: ShownPage;
  /** Ids of the buttons that can be pressed. */
  pressable: ReadonlySet<string>;
  /** The HTML that the page shows; undefined: none yet, or the message may have been lost. */
  sentHtml: string | undefined;
  /** Counts the contents asked for, so that a slow one is not shown over a later one. */
  asked: number;
  isVisible: boolean;
  /** Listeners to the panel for this page; they end when another page takes the panel over. */
  readonly listening: vscode.Disposable[];
}

/** The name under which the key of the shared page is stored. */
const SHARED = 'slipway.pages.shared';

export class Pages {
  private readonly shown = new Map<string, Shown>();
  /** The shared page: the next page that shares takes over its panel. */
  private shared: Shown | undefined;
  /** The value of the context key `slipway.sharedPageInFront`. */
  private isSharedInFront = false;

  /**
   * @param extension the extension's folder.
   * @param memento of the workspace: which page is shared outlives a reload.
   * @param report called with what a page or one of its buttons threw.
   */
  constructor(
    private readonly extension: vscode.Uri,
    private readonly memento: Pick<vscode.Memento, 'get' | 'update'>,
    private readonly report: (thrown: unknown) => void,
  ) {}

  /** Opens the page, or brings its panel to the front with what `page` says now. */
  async show(page: ShownPage): Promise<void> {
    const shown = this.shown.get(writtenKey(page.key));
    if (shown === undefined) {
      const panel = (page.sharesPanel && this.freed(page)) || newPanel(page);
      const placed = this.place(panel, page);
      if (page.sharesPanel) this.share(placed);
      return;
    }
    if (shown === this.shared) this.share(undefined);
    const isOther = shown.page !== page;
    if (isOther) shown.page.closed?.();
    shown.page = page;
    shown.panel.title = labelText(page.title);
    shown.panel.reveal();
    if (isOther && shown.panel.visible) page.visible?.(true);
    await this.greet(shown);
  }

  /** Keeps the shared page: the next page that shares gets a panel of its own. */
  keepShared(): void {
    this.share(undefined);
  }

  /** Brings the panel of a page to the front as it is. @returns false where there is none. */
  reveal(key: PageKey): boolean {
    const shown = this.shown.get(writtenKey(key));
    shown?.panel.reveal();
    return shown !== undefined;
  }

  /** True if the page can be seen now. */
  isOnScreen(key: PageKey): boolean {
    return this.shown.get(writtenKey(key))?.panel.visible ?? false;
  }

  /** Shows a page in a panel that a reload has brought back. The page shares it again if it did before. */
  async adopt(panel: vscode.WebviewPanel, page: ShownPage): Promise<void> {
    const wasShared = page.sharesPanel && this.memento.get(SHARED) === writtenKey(page.key);
    const placed = this.place(panel, page);
    if (wasShared) this.share(placed);
  }

  /** Draws the page again, as its content may have changed. */
  refresh(key: PageKey): void {
    const shown = this.shown.get(writtenKey(key));
    if (shown) void this.tell(shown);
  }

  /**
   * Sends a page something beside its content. Lost if it is not on the screen: {@link ShownPage.greeting} then sends
   * all.
   */
  post(key: PageKey, said: ToPage): void {
    const shown = this.shown.get(writtenKey(key));
    if (shown?.panel.visible) void shown.panel.webview.postMessage(said);
  }

  close(key: PageKey): void {
    this.shown.get(writtenKey(key))?.panel.dispose();
  }

  private place(panel: vscode.WebviewPanel, page: ShownPage): Shown {
    const key = writtenKey(page.key);
    const shown: Shown = {
      panel,
      page,
      pressable: new Set(),
      sentHtml: undefined,
      asked: 0,
      isVisible: panel.visible,
      listening: [],
    };
    this.shown.get(key)?.panel.dispose();
    this.shown.set(key, shown);
    const { webview } = panel;
    shown.listening.push(
      panel.onDidDispose(() => this.leave(shown)),
      panel.onDidChangeViewState(() => {
        this.tellMenus();
        if (shown.isVisible === panel.visible) return;
        shown.isVisible = panel.visible;
        shown.page.visible?.(panel.visible);
      }),
      webview.onDidReceiveMessage((said) => this.heard(shown, said)),
    );
    const dist = vscode.Uri.joinPath(this.extension, 'dist');
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    webview.html = documentHtml({
      title: labelText(page.title),
      language: vscode.env.language,
      page: key,
      cspSource: webview.cspSource,
      nonce: randomBytes(16).toString('base64url'),
      script: webview.asWebviewUri(vscode.Uri.joinPath(dist, 'page.js')).toString(),
      style: webview.asWebviewUri(vscode.Uri.joinPath(dist, 'page.css')).toString(),
    });
    if (panel.visible) page.visible?.(true);
    return shown;
  }

  /** Takes the panel away from the shared page, for another page that shares. */
  private freed({ title }: ShownPage): vscode.WebviewPanel | undefined {
    const { shared } = this;
    if (shared === undefined) return undefined;
    this.leave(shared);
    shared.panel.title = labelText(title);
    shared.panel.reveal();
    return shared.panel;
  }

  /** The panel was closed, or another page takes it over. */
  private leave(shown: Shown): void {
    const key = writtenKey(shown.page.key);
    if (this.shown.get(key) === shown) this.shown.delete(key);
    for (const listener of shown.listening) listener.dispose();
    if (shown === this.shared) this.share(undefined);
    shown.page.closed?.();
  }

  private share(shown: Shown | undefined): void {
    this.shared = shown;
    this.tellMenus();
    this.memento.update(SHARED, shown && writtenKey(shown.page.key)).then(undefined, this.report);
  }

  /** Shows "Keep Page Open" for the shared page alone. */
  private tellMenus(): void {
    const isInFront = this.shared?.panel.active ?? false;
    if (isInFront === this.isSharedInFront) return;
    this.isSharedInFront = isInFront;
    void setContextKey('slipway.sharedPageInFront', isInFront);
  }

  private async greet(shown: Shown): Promise<void> {
    shown.sentHtml = undefined;
    await this.tell(shown);
    for (const said of shown.page.greeting?.() ?? []) this.post(shown.page.key, said);
  }

  /** A panel that is not on the screen runs no script: it asks for its content once it is back. */
  private async tell(shown: Shown): Promise<void> {
    shown.asked += 1;
    const turn = shown.asked;
    try {
      const content = await shown.page.content();
      if (turn !== shown.asked) return;
      const pressable = buttonsOf(content).filter(({ off }) => off === undefined);
      shown.pressable = new Set(pressable.map(({ id }) => id));
      const html = bodyHtml(content);
      // Drawing a page anew loses the selection on it.
      if (!shown.panel.visible || html === shown.sentHtml) return;
      shown.sentHtml = html;
      await shown.panel.webview.postMessage({ type: 'content', html } satisfies ToPage);
    } catch (thrown) {
      this.report(thrown);
    }
  }

  private async heard(shown: Shown, said: unknown): Promise<void> {
    const message = readFromPage(said);
    if (message?.type === 'ready') await this.greet(shown);
    if (message?.type !== 'press' || !shown.pressable.has(message.button)) return;
    // A user who presses a button wants the page to stay.
    if (shown === this.shared) this.share(undefined);
    try {
      await shown.page.press(message.button);
    } catch (thrown) {
      this.report(thrown);
    }
  }
}

function newPanel({ title }: ShownPage): vscode.WebviewPanel {
  return vscode.window.createWebviewPanel(PAGE_VIEW_TYPE, labelText(title), columnOfPages());
}

/** Beside what is being edited, unless the setting says otherwise; alone where nothing is edited. */
function columnOfPages(): vscode.ViewColumn {
  const isAlone = vscode.window.activeTextEditor === undefined || choiceSetting('pages.open') === 'active';
  return isAlone ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside;
}
