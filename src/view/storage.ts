/** Where Slipway keeps what outlives a window: a folder of its own in the extension's global storage. */
import { join } from 'node:path';
import type * as vscode from 'vscode';

export interface StorageFolders {
  /** The ledger of operations. */
  readonly ledger: string;
  /** Zips and what makes packing the second time cheap. */
  readonly packages: string;
  /** What the Resources view showed last. */
  readonly tree: string;
  /** The file through which all windows find one sandbox. */
  readonly sandboxFile: string;
}

export function storageFolders(context: vscode.ExtensionContext): StorageFolders {
  const root = context.globalStorageUri.fsPath;
  return {
    ledger: join(root, 'ledger'),
    packages: join(root, 'packages'),
    tree: join(root, 'tree'),
    sandboxFile: join(root, 'sandbox.json'),
  };
}
