/** A folder as packing reads it: from disk where it is there, else through VS Code's file system. */
import type * as vscode from 'vscode';
import type { SourceTree } from '../package/source-tree';
import { WorkspaceTree } from './workspace-tree';

export function diskOrTree(folder: vscode.Uri): { readonly root: string; readonly tree?: SourceTree } {
  return folder.scheme === 'file'
    ? { root: folder.fsPath }
    : { root: folder.toString(), tree: new WorkspaceTree(folder) };
}
