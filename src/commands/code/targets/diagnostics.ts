/** Shows those problems of `slipway.json` that its schema cannot express; VS Code shows the others. */
import * as vscode from 'vscode';
import { notUtf8 } from '../../../deploy/targets/decode';
import { parseTargets } from '../../../deploy/targets/parse';
import type { TargetProblem } from '../../../deploy/targets/problem';
import { systemClock } from '../../../model/clock';
import { Debouncer } from '../../../model/waiting';
import { targetProblemWords } from '../../../view/messages/targets';
import { messageText } from '../../../view/shown';
import { isTargetsFile } from '../../../view/workspace-files';
import { targetKinds } from '../../target-kinds';

/** The text is checked when the user has not typed for this many milliseconds. */
const QUIET_MS = 250;

export class TargetDiagnostics implements vscode.Disposable {
  private readonly found = vscode.languages.createDiagnosticCollection('slipway');
  private readonly debouncer = new Debouncer(systemClock, QUIET_MS);
  private readonly listening: vscode.Disposable;

  constructor() {
    this.listening = vscode.Disposable.from(
      this.found,
      this.debouncer,
      vscode.workspace.onDidOpenTextDocument((document) => this.ask(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.ask(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.debouncer.drop(uri.toString());
        this.found.delete(uri);
      }),
    );
    for (const document of vscode.workspace.textDocuments) this.ask(document);
  }

  dispose(): void {
    this.listening.dispose();
  }

  private ask(document: vscode.TextDocument): void {
    if (!isTargetsFile(document.uri)) return;
    this.debouncer.ask(document.uri.toString(), () => this.look(document));
  }

  private look(document: vscode.TextDocument): void {
    const problems = problemsIn(document);
    this.found.set(
      document.uri,
      problems
        .filter(({ source }) => source === 'rule')
        .map((problem) => {
          const { offset, length } = problem.range;
          const range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
          const shown = new vscode.Diagnostic(range, messageText(targetProblemWords(problem)));
          shown.source = 'Slipway';
          shown.code = problem.code;
          return shown;
        }),
    );
  }
}

/**
 * The problems of the text; for an encoding other than UTF-8 only the encoding itself: the editor decodes
 * such a file silently, but Slipway does not read it.
 */
function problemsIn(document: vscode.TextDocument): readonly TargetProblem[] {
  const { encoding } = document;
  const text = document.getText();
  const isUtf8 = encoding.startsWith('utf8') || (!encoding.startsWith('utf16') && !BEYOND_ASCII.test(text));
  return isUtf8 ? parseTargets(text, targetKinds).problems : [notUtf8(encoding)];
}

/**
 * Matches a character beyond ASCII. A text without such a character is also UTF-8, whatever encoding the editor
 * names, except UTF-16.
 */
const BEYOND_ASCII = /[^\p{ASCII}]/u;
