/**
 * The paths of the files that Slipway keeps after a window has closed: all are in the extension's global
 * storage.
 */
import { join } from 'node:path';
import type * as vscode from 'vscode';

export interface StorageFolders {
  /** The ledger of operations. */
  readonly ledger: string;
  /** Zips, and the caches that make the next packing cheap. */
  readonly packages: string;
  /** The rows that the Resources view showed last. */
  readonly tree: string;
  /** The file through which all windows find the same sandbox. */
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
