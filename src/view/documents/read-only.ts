/** Read-only documents that Slipway writes: plans, operations, readiness. One provider, one address for each. */
import * as vscode from 'vscode';

const SCHEME = 'slipway';

/** Writes the text of a document, again each time that {@link ReadOnlyDocuments.changed} is called for it. */
export type Author = () => string | Promise<string>;

export class ReadOnlyDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly change = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.change.event;
  private readonly authors = new Map<string, Author>();
  private readonly closing = new Map<string, () => void>();
  private readonly registration: vscode.Disposable;

  constructor() {
    this.registration = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        const key = uri.toString();
        this.authors.delete(key);
        this.closing.get(key)?.();
        this.closing.delete(key);
      }),
    );
  }

  /**
   * Opens a document as rendered Markdown. `name` is what the tab shows; a second call shows the same tab.
   * @param onClose called once the document is no longer shown.
   */
  async showMarkdown(name: string, author: Author, onClose: () => void = () => undefined): Promise<void> {
    const uri = this.address(`${name}.md`, author);
    this.closing.get(uri.toString())?.();
    this.closing.set(uri.toString(), onClose);
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  }

  /** Opens a document as text, in the language that its name's ending says. */
  async showText(name: string, author: Author): Promise<void> {
    const document = await vscode.workspace.openTextDocument(this.address(name, author));
    await vscode.window.showTextDocument(document, { preview: true });
  }

  /** The address at which `author`'s text can be opened, e.g. as one side of a diff. */
  address(name: string, author: Author): vscode.Uri {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${name}` });
    this.authors.set(uri.toString(), author);
    return uri;
  }

  /** The text behind an address is no longer what was shown. */
  changed(name: string): void {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${name}` });
    if (this.authors.has(uri.toString())) this.change.fire(uri);
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string | undefined> {
    return await this.authors.get(uri.toString())?.();
  }

  dispose(): void {
    this.registration.dispose();
    this.change.dispose();
  }
}
