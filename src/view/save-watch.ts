/** Tells explicit saves from others: `onDidSave` names no reason, so it is paired with `onWillSave`. */
import { join } from 'node:path';
import * as vscode from 'vscode';
import { readSmallFile } from '../model/small-file';

/** More bytes than targets are read from. */
const LARGEST = 1_048_576;

export interface Save {
  readonly document: vscode.TextDocument;
  /** True when the user asked for the save. */
  readonly explicit: boolean;
}

/** Calls `onSave` for each saved file of a workspace folder. Costs a listener, nothing else. */
export function watchSaves(onSave: (save: Save) => void): vscode.Disposable {
  const explicit = new WeakMap<vscode.TextDocument, boolean>();
  return vscode.Disposable.from(
    vscode.workspace.onWillSaveTextDocument(({ document, reason }) => {
      explicit.set(document, reason === vscode.TextDocumentSaveReason.Manual);
    }),
    vscode.workspace.onDidSaveTextDocument((document) => {
      const asked = explicit.get(document) ?? isNeverSavedByItself(document);
      // A save may end without a word: what its reason was must not pass to the next one.
      explicit.delete(document);
      if (vscode.workspace.getWorkspaceFolder(document.uri)) onSave({ document, explicit: asked });
    }),
  );
}

/** "Save without Formatting", and a save for which another extension takes too long, are not told beforehand. */
function isNeverSavedByItself(document: vscode.TextDocument): boolean {
  return vscode.workspace.getConfiguration('files', document).get('autoSave') === 'off';
}

/**
 * A cheap look, without loading anything: may the `slipway.json` of the saved file's workspace folder have deploy on
 * save on? What it says is judged where it is parsed.
 */
export async function mayDeployOnSave({ document }: Save): Promise<boolean> {
  const folder = vscode.workspace.getWorkspaceFolder(document.uri);
  if (!vscode.workspace.isTrusted || folder === undefined) return false;
  return isOnIn(folder.uri.scheme === 'file' ? textOf(folder) : await textFromAfar(folder));
}

/** As cheap: may a change that nobody makes in the editor be deployed, so that it has to be watched for? */
export function mayDeployOutsideChanges(): boolean {
  if (!vscode.workspace.isTrusted) return false;
  return (vscode.workspace.workspaceFolders ?? []).some((folder) => {
    const text = folder.uri.scheme === 'file' ? textOf(folder) : '';
    return isOnIn(text) && /"externalChanges"\s*:\s*true\b/.test(text);
  });
}

function isOnIn(text: string): boolean {
  return text.includes('"onSave"') && /"enabled"(?!\s*:\s*false\b)/.test(text);
}

async function textFromAfar({ uri }: vscode.WorkspaceFolder): Promise<string> {
  try {
    const file = vscode.Uri.joinPath(uri, 'slipway.json');
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  } catch {
    return '';
  }
}

/** Empty where there is no file, or none that can be read. */
function textOf(folder: vscode.WorkspaceFolder): string {
  try {
    return new TextDecoder().decode(readSmallFile(join(folder.uri.fsPath, 'slipway.json'), LARGEST));
  } catch {
    return '';
  }
}
