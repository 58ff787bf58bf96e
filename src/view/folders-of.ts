/** The workspace folders that a file is in. */
import * as vscode from 'vscode';

/** All of them: a folder and one below it may both be open, and VS Code itself names the inner one alone. */
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
