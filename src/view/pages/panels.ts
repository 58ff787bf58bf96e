/**
 * The panels of pages: opens them, keeps them up to date, and takes them over after a reload of the window.
 * As with VS Code's preview editors, the next page may replace a page that the user has not kept, in the
 * same panel.
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
  /** The title of the tab. */
  readonly title: string;
  /**
   * If true, the page is shown in the panel of the previous page with this setting, unless the user has kept that page.
   * The user keeps a page by opening it again, pressing one of its buttons, or running "Keep Page Open".
   */
  readonly sharesPanel?: boolean;
  /** The current content of the page. */
  content(): Page | Promise<Page>;
  /** Called when the user presses a button of {@link content} that is not disabled. */
  press(button: string): unknown;
  /**
   * The messages that the page receives after {@link content}, when its script begins to run or asks for
   * everything again, and when the page is opened again: for example, the lines of a log.
   */
  greeting?(): readonly ToPage[];
  /** Called when the panel is shown or hidden, and when the page is first shown. */
  visible?(isVisible: boolean): void;
  /**
   * Called when this page is no longer shown: its panel has been closed or shows another page, or a new
   * `ShownPage` with the same key has taken its place.
   */
  closed?(): void;
}

interface Shown {
  readonly panel: vscode.WebviewPanel;
  page: ShownPage;
  /** Ids of the buttons that can be pressed. */
  pressable: ReadonlySet<string>;
  /** The HTML that the page shows; undefined when nothing was sent, or when the message may have been lost. */
  sentHtml: string | undefined;
  /**
   * The number of requests for content so far: a slow answer must not replace the answer to a later request.
   */
  asked: number;
  isVisible: boolean;
  /**
   * Listeners on the panel for this page; disposed of when the panel is closed or another page takes the panel
   * over.
   */
  readonly listening: vscode.Disposable[];
}

/** The name under which the key of the shared page is stored. */
const SHARED = 'slipway.pages.shared';

export class Pages {
  private readonly shown = new Map<string, Shown>();
  /** The shared page: the next page with `sharesPanel` takes over its panel. */
  private shared: Shown | undefined;
  /** The value of the context key `slipway.sharedPageInFront`. */
  private isSharedInFront = false;

  /**
   * @param extension the extension's folder.
   * @param memento the workspace's memento; it stores the key of the shared page over a reload.
   * @param report called with an error that a page or one of its buttons threw, or that storing the key
   * caused.
   */
  constructor(
    private readonly extension: vscode.Uri,
    private readonly memento: Pick<vscode.Memento, 'get' | 'update'>,
    private readonly report: (thrown: unknown) => void,
  ) {}

  /** Opens the page, or brings its panel to the front with the current content of `page`. */
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

  /** Keeps the shared page: the next page with `sharesPanel` gets a panel of its own. */
  keepShared(): void {
    this.share(undefined);
  }

  /**
   * Brings the panel of an open page to the front. Unlike {@link show}, it leaves the page as it is, and a
   * shared page stays shared.
   * @returns false if the page has no panel.
   */
  reveal(key: PageKey): boolean {
    const shown = this.shown.get(writtenKey(key));
    shown?.panel.reveal();
    return shown !== undefined;
  }

  /** True if the page can be seen now. */
  isOnScreen(key: PageKey): boolean {
    return this.shown.get(writtenKey(key))?.panel.visible ?? false;
  }

  /**
   * Shows a page in a panel that a reload has brought back. The page shares the panel again if it did before the
   * reload.
   */
  async adopt(panel: vscode.WebviewPanel, page: ShownPage): Promise<void> {
    const wasShared = page.sharesPanel && this.memento.get(SHARED) === writtenKey(page.key);
    const placed = this.place(panel, page);
    if (wasShared) this.share(placed);
  }

  /** Draws the page again if it is on the screen and its content has changed. */
  refresh(key: PageKey): void {
    const shown = this.shown.get(writtenKey(key));
    if (shown) void this.tell(shown);
  }

  /**
   * Sends a page a message that is not its content. If the page is not on the screen, the message is lost:
   * when the page is shown again, it receives the messages of {@link ShownPage.greeting}.
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

  /**
   * Takes the shared page off its panel, and returns the panel for the next page; undefined if no page is
   * shared.
   */
  private freed({ title }: ShownPage): vscode.WebviewPanel | undefined {
    const { shared } = this;
    if (shared === undefined) return undefined;
    this.leave(shared);
    shared.panel.title = labelText(title);
    shared.panel.reveal();
    return shared.panel;
  }

  /** Forgets the page of a panel that was closed, or that another page takes over. */
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

  /** Offers the command "Keep Page Open" only while the shared page is in front. */
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

  /**
   * Sends the current content to the page. A panel that is not on the screen gets nothing: it runs no script,
   * and asks for its content when it is shown again.
   */
  private async tell(shown: Shown): Promise<void> {
    shown.asked += 1;
    const turn = shown.asked;
    try {
      const content = await shown.page.content();
      if (turn !== shown.asked) return;
      const pressable = buttonsOf(content).filter(({ off }) => off === undefined);
      shown.pressable = new Set(pressable.map(({ id }) => id));
      const html = bodyHtml(content);
      // A page that is drawn again loses the user's selection, so the same HTML is not sent twice.
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
    // Pressing a button shows that the user wants the page to stay.
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

/**
 * The column of a new page: the active column if no text editor is active or the setting `pages.open` is
 * `active`; otherwise the column beside the active editor.
 */
function columnOfPages(): vscode.ViewColumn {
  const isAlone = vscode.window.activeTextEditor === undefined || choiceSetting('pages.open') === 'active';
  return isAlone ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside;
}
