/** Read-only documents of text that Slipway writes. One provider, one address for each. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { shownError } from '../message';
import { labelText } from '../shown';

const SCHEME = 'slipway';
/** Writes the text of a document, again each time that it is opened. */
export type Author = () => string | Promise<string>;

export class ReadOnlyDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly change = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.change.event;
  /** The authors of open documents, by address. */
  private readonly authors = new Map<string, Author>();
  private readonly registration: vscode.Disposable;

  constructor() {
    this.registration = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.authors.delete(uri.toString())),
    );
  }

  /** Opens a document as text, in the language that its name's ending says. */
  async showText(name: string, author: Author): Promise<void> {
    const address = this.address(name, author);
    // A document that is open already would keep its text.
    this.change.fire(address);
    const document = await vscode.workspace.openTextDocument(address);
    await vscode.window.showTextDocument(document, { preview: true });
  }

  /**
   * The address at which `author`'s text can be opened, e.g. as one side of a diff. `version` tells it from others of
   * the name: a diff of two names would be taken for a rename.
   */
  address(name: string, author: Author, version = ''): vscode.Uri {
    const uri = addressOf(name).with({ query: version });
    this.authors.set(uri.toString(), author);
    return uri;
  }

  /**
   * A document that a reload of the window brought back says that its text is lost: it may have held what is never
   * stored.
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
