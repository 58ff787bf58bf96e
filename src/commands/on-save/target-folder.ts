/** A target's folder in VS Code: its files, changes that were made outside of the editor, and unsaved editors. */
import * as vscode from 'vscode';
import { localFiles } from '../../deploy/on-save/local-files';
import type { OutsideFiles } from '../../deploy/on-save/outside-changes';
import { unsavedBelow } from '../../deploy/on-save/pre-deploy';
import { refuse } from '../../view/messages/refusals/commands';

export interface OutsideListener {
  /** Called when a file or folder was created, changed or deleted. `isNew`: true if it was created. */
  readonly onChange: (file: vscode.Uri, isNew: boolean) => void;
  /** Called when another branch or commit was checked out. */
  readonly onHead: () => void;
}

/**
 * Reports each change in a folder: by a generator, a coding agent, a checkout, or the editor's own saves. Of
 * the changes in `.git`, it reports only those of `HEAD` and of `info/exclude`.
 */
export function watchOutside(
  folder: vscode.WorkspaceFolder,
  { onChange, onHead }: OutsideListener,
): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, '**/*'));
  const git = `${vscode.Uri.joinPath(folder.uri, '.git').path}/`;
  const changed = (file: vscode.Uri, isNew = false): void => {
    if (!file.path.startsWith(git) || file.path === `${git}info/exclude`) onChange(file, isNew);
    else if (file.path === `${git}HEAD`) onHead();
  };
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate((file) => changed(file, true)),
    watcher.onDidChange((file) => changed(file)),
    watcher.onDidDelete((file) => changed(file)),
  );
}

/** The files in a folder: read directly if the folder is on disk, else through VS Code's file system. */
export function filesBelow(root: vscode.Uri): OutsideFiles {
  if (root.scheme === 'file') return localFiles(root.fsPath);
  const at = (path: string): vscode.Uri => vscode.Uri.joinPath(root, path);
  return {
    look: async (path) => {
      try {
        const { type, mtime } = await vscode.workspace.fs.stat(at(path));
        return { isFolder: type === vscode.FileType.Directory, changedAt: mtime };
      } catch {
        return undefined;
      }
    },
    read: async (path) => {
      try {
        return Buffer.from(await vscode.workspace.fs.readFile(at(path))).toString('latin1');
      } catch {
        return undefined;
      }
    },
    list: async (path) => {
      try {
        const entries = await vscode.workspace.fs.readDirectory(at(path));
        return entries.map(([name, type]) => ({ name, isFolder: type === vscode.FileType.Directory }));
      } catch {
        return [];
      }
    },
  };
}

/**
 * Refuses to run a task while files of the folder are unsaved: VS Code saves all editors before it runs a
 * task, so half-typed code would be deployed.
 * @param root the folder that is deployed
 * @throws refused `unsaved-files` (`files`, `task`) if the folder has unsaved files that VS Code would save
 */
export function refuseUnsaved(task: string, root: vscode.Uri, folder: vscode.WorkspaceFolder): void {
  if (vscode.workspace.getConfiguration('task', folder).get('saveBeforeRun') === 'never') return;
  const files = unsavedBelow(root, [
    ...vscode.workspace.textDocuments,
    ...vscode.workspace.notebookDocuments,
  ]);
  if (files.length > 0) throw refuse('unsaved-files', { files, task });
}
