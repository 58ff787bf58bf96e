/** Tells explicit saves from others: `onDidSave` names no reason, so it is paired with `onWillSave`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';

export interface Save {
  readonly document: vscode.TextDocument;
  /** True when the user asked for the save. */
  readonly explicit: boolean;
}

/** Calls `onSave` for each saved file of a workspace folder. Costs a listener, nothing else. */
export function watchSaves(onSave: (save: Save) => void): vscode.Disposable {
  const explicit = new WeakSet<vscode.TextDocument>();
  return vscode.Disposable.from(
    vscode.workspace.onWillSaveTextDocument(({ document, reason }) => {
      // A save may end without a word: what its reason was must not pass to the next one.
      if (reason === vscode.TextDocumentSaveReason.Manual) explicit.add(document);
      else explicit.delete(document);
    }),
    vscode.workspace.onDidSaveTextDocument((document) => {
      const asked = explicit.delete(document);
      if (vscode.workspace.getWorkspaceFolder(document.uri)) onSave({ document, explicit: asked });
    }),
  );
}

/**
 * A cheap look, without loading anything: may the `slipway.json` of the saved file's workspace folder have deploy on
 * save on? What it says is judged where it is parsed.
 */
export function mayDeployOnSave({ document }: Save): boolean {
  const folder = vscode.workspace.getWorkspaceFolder(document.uri);
  if (!vscode.workspace.isTrusted || folder?.uri.scheme !== 'file') return false;
  try {
    const text = readFileSync(join(folder.uri.fsPath, 'slipway.json'), 'utf8');
    return text.includes('"onSave"') && /"enabled"(?!\s*:\s*false\b)/.test(text);
  } catch {
    // There is none, or none that can be read.
    return false;
  }
}
