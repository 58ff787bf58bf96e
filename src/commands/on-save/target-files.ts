/** A target's folder, file by file: from disk where it is there, else through VS Code's file system. */
import * as vscode from 'vscode';
import { localFiles } from '../../deploy/on-save/local-files';
import type { OutsideFiles } from '../../deploy/on-save/outside-changes';

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
  };
}
