/** Problems of `slipway.json` that its schema cannot say, shown where they stand. The schema's own are VS Code's. */
import * as vscode from 'vscode';
import { parseTargets } from '../../../deploy/targets/parse';
import { t } from '../../../view/l10n';
import { isTargetsFile } from '../../../view/targets-file';
import { targetProblemWords } from '../../../view/words/targets';

export class TargetDiagnostics implements vscode.Disposable {
  private readonly found = vscode.languages.createDiagnosticCollection('slipway');
  private readonly listening: vscode.Disposable;

  constructor() {
    this.listening = vscode.Disposable.from(
      this.found,
      vscode.workspace.onDidOpenTextDocument((document) => this.look(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.look(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.found.delete(uri)),
    );
    for (const document of vscode.workspace.textDocuments) this.look(document);
  }

  dispose(): void {
    this.listening.dispose();
  }

  private look(document: vscode.TextDocument): void {
    if (!isTargetsFile(document.uri)) return;
    const { problems } = parseTargets(document.getText());
    this.found.set(
      document.uri,
      problems
        .filter(({ source }) => source === 'rule')
        .map((problem) => {
          const { offset, length } = problem.range;
          const range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
          const shown = new vscode.Diagnostic(range, targetProblemWords(problem, t));
          shown.source = 'Slipway';
          shown.code = problem.code;
          return shown;
        }),
    );
  }
}
