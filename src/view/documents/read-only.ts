/** Read-only documents whose text Slipway writes. One provider serves all of them, each under its own address. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { shownError } from '../message';
import { labelText } from '../shown';

const SCHEME = 'slipway';
/** Writes the text of a document; called each time that the document is opened. */
export type Author = () => string | Promise<string>;

export class ReadOnlyDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly change = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.change.event;
  /** By the document's address. An author is removed when the document closes. */
  private readonly authors = new Map<string, Author>();
  private readonly registration: vscode.Disposable;

  constructor() {
    this.registration = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.authors.delete(uri.toString())),
    );
  }

  /** Opens a document as text, in the language that the ending of its name implies. */
  async showText(name: string, author: Author): Promise<void> {
    const address = this.address(name, author);
    // Without this, VS Code would go on showing the earlier text of a document that is already open.
    this.change.fire(address);
    const document = await vscode.workspace.openTextDocument(address);
    await vscode.window.showTextDocument(document, { preview: true });
  }

  /**
   * The address at which `author`'s text can be opened, e.g. as one side of a diff. `version` distinguishes
   * documents of the same name: both sides of a diff need the same name, since VS Code would show different
   * names as a rename.
   */
  address(name: string, author: Author, version = ''): vscode.Uri {
    const uri = addressOf(name).with({ query: version });
    this.authors.set(uri.toString(), author);
    return uri;
  }

  /**
   * After a reload of the window, an open document says that its text is lost: the text may have contained values that
   * are never stored.
   */
  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const author = this.authors.get(uri.toString());
    try {
      return author === undefined ? lostText() : await author();
    } catch (thrown) {
      throw shownError(thrown);
    }
  }

  dispose(): void {
    this.registration.dispose();
    this.change.dispose();
  }
}

function lostText(): string {
  return l10n.t('This was shown before the window was reloaded, and Slipway has not kept it. Open it again.');
}

function addressOf(name: string): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, path: `/${labelText(name)}` });
}
