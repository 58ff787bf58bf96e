/**
 * Recognizes the targets file of a workspace folder, and finds the folders that contain a file. Loads no other
 * module of Slipway.
 */
import * as vscode from 'vscode';

const NAME = 'slipway.json';

export function isTargetsFile(uri: vscode.Uri): boolean {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  return folder !== undefined && uri.toString() === vscode.Uri.joinPath(folder.uri, NAME).toString();
}

/** Calls `onOpen` for each targets file among the open documents, and for each that is opened later. */
export function watchTargetsFiles(onOpen: () => void): vscode.Disposable {
  const look = ({ uri }: vscode.TextDocument): void => {
    if (isTargetsFile(uri)) onOpen();
  };
  for (const document of vscode.workspace.textDocuments) look(document);
  return vscode.workspace.onDidOpenTextDocument(look);
}

/**
 * All workspace folders that contain a file: one folder may lie below another, and VS Code itself names only
 * the inner one.
 */
export function foldersOf(file: vscode.Uri): readonly vscode.WorkspaceFolder[] {
  const inner = vscode.workspace.getWorkspaceFolder(file);
  if (inner === undefined) return [];
  return (vscode.workspace.workspaceFolders ?? []).filter(
    (folder) => folder.index === inner.index || isBelow(inner.uri, folder.uri),
  );
}

function isBelow(inner: vscode.Uri, outer: vscode.Uri): boolean {
  const path = outer.path.endsWith('/') ? outer.path : `${outer.path}/`;
  return inner.scheme === outer.scheme && inner.authority === outer.authority && inner.path.startsWith(path);
}
