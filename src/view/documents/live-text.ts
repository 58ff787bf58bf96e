/** A read-only text document that grows while somebody looks at it, such as a log. */
import * as vscode from 'vscode';
import type { ReadOnlyDocuments } from './read-only';

export class LiveText {
  private readonly close = new AbortController();
  /** Aborted once no tab shows the document any more. */
  readonly closed = this.close.signal;

  private constructor(
    private readonly documents: ReadOnlyDocuments,
    private readonly name: string,
    private readonly uri: vscode.Uri,
  ) {
    const listening = vscode.window.tabGroups.onDidChangeTabs(() => {
      if (!this.hasTab()) this.close.abort();
    });
    this.closed.addEventListener('abort', () => listening.dispose(), { once: true });
  }

  /** Opens the document at its end. @param text what it holds now, asked again at each {@link refresh}. */
  static async open(documents: ReadOnlyDocuments, name: string, text: () => string): Promise<LiveText> {
    const uri = documents.address(name, text);
    documents.changed(name);
    const document = await vscode.workspace.openTextDocument(uri);
    const editor = await vscode.window.showTextDocument(document, { preview: false });
    showEnd(editor);
    return new LiveText(documents, name, uri);
  }

  /** Whether it is on the screen, and not merely in a tab. */
  isVisible(): boolean {
    return this.editors().length > 0;
  }

  /** Shows the text as it is now. Whoever looks at the end goes on looking at the end. */
  refresh(): void {
    const atEnd = this.editors().filter(isAtEnd);
    const once = vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document.uri.toString() !== this.uri.toString()) return;
      once.dispose();
      for (const editor of atEnd) showEnd(editor);
    });
    this.closed.addEventListener('abort', () => once.dispose(), { once: true });
    this.documents.changed(this.name);
  }

  private editors(): readonly vscode.TextEditor[] {
    return vscode.window.visibleTextEditors.filter(
      ({ document }) => document.uri.toString() === this.uri.toString(),
    );
  }

  private hasTab(): boolean {
    return vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .some(
        ({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === this.uri.toString(),
      );
  }
}

function isAtEnd({ document, visibleRanges }: vscode.TextEditor): boolean {
  return visibleRanges.some(({ end }) => end.line >= document.lineCount - 2);
}

function showEnd(editor: vscode.TextEditor): void {
  const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
  editor.revealRange(new vscode.Range(end, end));
}
