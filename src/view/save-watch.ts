/** Tells explicit saves from others: `onDidSave` names no reason, so it is paired with `onWillSave`. */
import { join } from 'node:path';
import * as vscode from 'vscode';
import { readSmallFile } from '../model/small-file';
import { foldersOf } from './folders-of';

/** More bytes than targets are read from. */
const LARGEST = 1_048_576;

export interface Save {
  readonly file: vscode.Uri;
  /** True when the user asked for the save. */
  readonly explicit: boolean;
}

/** Calls `onSave` for each saved file of a workspace folder, notebooks among them. Costs listeners, nothing else. */
export function watchSaves(onSave: (save: Save) => void): vscode.Disposable {
  const explicit = new WeakMap<vscode.TextDocument | vscode.NotebookDocument, boolean>();
  const saved = (document: vscode.TextDocument | vscode.NotebookDocument): void => {
    const { uri: file } = document;
    const asked = explicit.get(document) ?? isNeverSavedByItself(document);
    // A save may end without a word: what its reason was must not pass to the next one.
    explicit.delete(document);
    if (vscode.workspace.getWorkspaceFolder(file)) onSave({ file, explicit: asked });
  };
  return vscode.Disposable.from(
    vscode.workspace.onWillSaveTextDocument(({ document, reason }) => {
      explicit.set(document, reason === vscode.TextDocumentSaveReason.Manual);
    }),
    vscode.workspace.onWillSaveNotebookDocument(({ notebook, reason }) => {
      explicit.set(notebook, reason === vscode.TextDocumentSaveReason.Manual);
    }),
    vscode.workspace.onDidSaveTextDocument(saved),
    vscode.workspace.onDidSaveNotebookDocument(saved),
  );
}

/** "Save without Formatting", and a save for which another extension takes too long, are not told beforehand. */
function isNeverSavedByItself(document: vscode.TextDocument | vscode.NotebookDocument): boolean {
  // By its address alone VS Code does not heed what the settings say of a language.
  const scope = 'languageId' in document ? document : document.uri;
  return vscode.workspace.getConfiguration('files', scope).get('autoSave') === 'off';
}

/**
 * A cheap look, without loading anything: may the `slipway.json` of a workspace folder that the saved file is in have
 * deploy on save on? What it says is judged where it is parsed.
 */
export async function mayDeployOnSave({ file }: Save): Promise<boolean> {
  if (!vscode.workspace.isTrusted) return false;
  const folders = foldersOf(file);
  if (folders.some((folder) => folder.uri.scheme === 'file' && isOnIn(textOf(folder)))) return true;
  const afar = folders.filter(({ uri }) => uri.scheme !== 'file');
  return (await Promise.all(afar.map(textFromAfar))).some(isOnIn);
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
