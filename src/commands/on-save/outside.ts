/** Changes of a folder that were not made in the editor: by generators, coding agents, a checkout. */
import * as vscode from 'vscode';

export interface OutsideListener {
  readonly onChange: (file: vscode.Uri) => void;
  /** Another branch or commit was checked out. */
  readonly onHead: () => void;
}

/** The editor's own saves are told, too. */
export function watchOutside(
  folder: vscode.WorkspaceFolder,
  { onChange, onHead }: OutsideListener,
): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, '**/*'));
  const git = `${vscode.Uri.joinPath(folder.uri, '.git').path}/`;
  const told = (file: vscode.Uri): void => {
    if (!file.path.startsWith(git) || file.path === `${git}info/exclude`) onChange(file);
    else if (file.path === `${git}HEAD`) onHead();
  };
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate(told),
    watcher.onDidChange(told),
    watcher.onDidDelete(told),
  );
}
