/**
 * Distinguishes saves that the user asked for from other saves. VS Code's event `onDidSave` gives no reason, so
 * it is paired with `onWillSave`.
 */
import { join } from 'node:path';
import * as vscode from 'vscode';
import { readSmallFile } from '../model/small-file';
import { foldersOf } from './workspace-files';

/**
 * A `slipway.json` on disk is read up to this many bytes and one more; the rest of a larger file is
 * ignored.
 */
const LARGEST = 1_048_576;

export interface Save {
  readonly file: vscode.Uri;
  /** True when the user asked for the save. */
  readonly explicit: boolean;
}

/** Calls `onSave` for each saved file of a workspace folder, notebooks included. Costs nothing but event listeners. */
export function watchSaves(onSave: (save: Save) => void): vscode.Disposable {
  const explicit = new WeakMap<vscode.TextDocument | vscode.NotebookDocument, boolean>();
  const saved = (document: vscode.TextDocument | vscode.NotebookDocument): void => {
    const { uri: file } = document;
    const asked = explicit.get(document) ?? isNeverSavedByItself(document);
    // The reason holds for this save only: VS Code may not fire `onWillSave` for the next save of the
    // document.
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

/**
 * True if the document is saved only when the user asks for it. Needed where `onWillSave` is not fired: for
 * "Save without Formatting", and when another extension delays a save for too long.
 */
function isNeverSavedByItself(document: vscode.TextDocument | vscode.NotebookDocument): boolean {
  // If VS Code is given only the URI, it ignores settings for the language.
  const scope = 'languageId' in document ? document : document.uri;
  return vscode.workspace.getConfiguration('files', scope).get('autoSave') === 'off';
}

/**
 * A cheap test, made before the rest of Slipway is loaded: true if the `slipway.json` of a workspace folder
 * that contains the saved file may enable deploy on save. The `slipway.json` is parsed and checked later.
 */
export async function mayDeployOnSave({ file }: Save): Promise<boolean> {
  if (!vscode.workspace.isTrusted) return false;
  const folders = foldersOf(file);
  if (folders.some((folder) => folder.uri.scheme === 'file' && isOnIn(textOf(folder)))) return true;
  const virtual = folders.filter(({ uri }) => uri.scheme !== 'file');
  return (await Promise.all(virtual.map(textThroughVsCode))).some(isOnIn);
}

/**
 * True if changes from outside of the editor may be deployed, so that files have to be watched. This test is
 * as cheap as {@link mayDeployOnSave}.
 */
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

async function textThroughVsCode({ uri }: vscode.WorkspaceFolder): Promise<string> {
  try {
    const file = vscode.Uri.joinPath(uri, 'slipway.json');
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  } catch {
    return '';
  }
}

/** The text of the folder's `slipway.json`, which is on disk; empty if the file cannot be read. */
function textOf(folder: vscode.WorkspaceFolder): string {
  try {
    return new TextDecoder().decode(readSmallFile(join(folder.uri.fsPath, 'slipway.json'), LARGEST));
  } catch {
    return '';
  }
}
