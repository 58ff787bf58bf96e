/** Read-only documents that Slipway writes: operations, readiness. One provider, one address for each. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { shownError } from '../message';
import { labelText } from '../shown';
import { PageTabs } from './page-tabs';

const SCHEME = 'slipway';
/**
 * VS Code's own view of Markdown as an editor of its own. The preview that goes from page to page can lose a page when
 * the next one comes while it still loads, and then shows the old one under the new name.
 */
const RENDERED = 'vscode.markdown.preview.editor';

/** Writes the text of a document, again each time that it is opened. */
export type Author = () => string | Promise<string>;

interface Page {
  readonly author: Author;
  readonly onClose: () => void;
}

export class ReadOnlyDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly change = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.change.event;
  /** Of text documents, until they are closed. */
  private readonly authors = new Map<string, Author>();
  /** Of rendered Markdown, by the document's name, until no tab shows it. */
  private readonly pages = new Map<string, Page>();
  private readonly tabs: PageTabs;
  private readonly registration: vscode.Disposable;

  constructor() {
    this.tabs = new PageTabs(
      SCHEME,
      () => [...this.pages.keys()].map((name) => addressOf(name)),
      (uri) => this.forget(nameOf(uri)),
    );
    this.registration = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.authors.delete(uri.toString())),
      this.tabs,
    );
  }

  /**
   * Opens a document as rendered Markdown. `name` is what the tab shows; a second call shows the same tab.
   * @param onClose called once the document is no longer shown.
   */
  async showMarkdown(name: string, author: Author, onClose: () => void = () => undefined): Promise<void> {
    const address = addressOf(`${name}.md`);
    const file = nameOf(address);
    this.pages.get(file)?.onClose();
    this.pages.set(file, { author, onClose });
    this.change.fire(address);
    await vscode.commands.executeCommand('vscode.openWith', address, RENDERED);
  }

  private forget(name: string): void {
    this.pages.get(name)?.onClose();
    this.pages.delete(name);
  }

  /** Opens a document as text, in the language that its name's ending says. */
  async showText(name: string, author: Author): Promise<void> {
    const address = this.address(name, author);
    // One that is open already would stay as it was.
    this.change.fire(address);
    const document = await vscode.workspace.openTextDocument(address);
    await vscode.window.showTextDocument(document, { preview: true });
  }

  /**
   * The address at which `author`'s text can be opened, e.g. as one side of a diff. `version` tells it from others of the
   * name: a diff of two names would be taken for a rename.
   */
  address(name: string, author: Author, version = ''): vscode.Uri {
    const uri = addressOf(name).with({ query: version });
    this.authors.set(uri.toString(), author);
    return uri;
  }

  /** What a reload of the window has brought back says that its text is gone: it may have held what is never stored. */
  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const author = this.pages.get(nameOf(uri))?.author ?? this.authors.get(uri.toString());
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

function nameOf(uri: vscode.Uri): string {
  return uri.path.slice(1);
}
