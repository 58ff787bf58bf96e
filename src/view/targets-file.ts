/** The file with targets at the root of each workspace folder, seen without loading anything. */
import * as vscode from 'vscode';

const NAME = 'slipway.json';

export function isTargetsFile(uri: vscode.Uri): boolean {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  return folder !== undefined && uri.toString() === vscode.Uri.joinPath(folder.uri, NAME).toString();
}

/** Calls `onOpen` when the file is in an editor, now or later. */
export function watchTargetsFiles(onOpen: () => void): vscode.Disposable {
  const look = ({ uri }: vscode.TextDocument): void => {
    if (isTargetsFile(uri)) onOpen();
  };
  for (const document of vscode.workspace.textDocuments) look(document);
  return vscode.workspace.onDidOpenTextDocument(look);
}
