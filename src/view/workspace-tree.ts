/** A folder as packing reads it: from disk, or through VS Code where it is in a virtual file system. */
import * as vscode from 'vscode';
import type { ItemKind, SourceItem, SourceStat, SourceTree } from '../package/source-tree';

class WorkspaceTree implements SourceTree {
  constructor(private readonly root: vscode.Uri) {}

  async list(folder: string, signal: AbortSignal): Promise<readonly SourceItem[]> {
    signal.throwIfAborted();
    const items = await vscode.workspace.fs.readDirectory(this.at(folder));
    return items.map(([name, type]) => ({ name, kind: kindOf(type) }));
  }

  async stat(file: string, signal: AbortSignal): Promise<SourceStat> {
    signal.throwIfAborted();
    const { size, mtime } = await vscode.workspace.fs.stat(this.at(file));
    return { size, modifiedAt: mtime };
  }

  async read(file: string, signal: AbortSignal): Promise<Uint8Array> {
    signal.throwIfAborted();
    return await vscode.workspace.fs.readFile(this.at(file));
  }

  private at(path: string): vscode.Uri {
    return path === '' ? this.root : vscode.Uri.joinPath(this.root, ...path.split('/'));
  }
}

function kindOf(type: vscode.FileType): ItemKind {
  if ((type & vscode.FileType.SymbolicLink) !== 0) return 'link';
  if ((type & vscode.FileType.File) !== 0) return 'file';
  return (type & vscode.FileType.Directory) !== 0 ? 'folder' : 'other';
}

export function diskOrTree(folder: vscode.Uri): { readonly root: string; readonly tree?: SourceTree } {
  return folder.scheme === 'file'
    ? { root: folder.fsPath }
    : { root: folder.toString(), tree: new WorkspaceTree(folder) };
}
