/** Whether trust or a folder is missing: the view that says so stands above the others then. */
import * as vscode from 'vscode';
import { setContextKey } from './context-keys';

/**
 * Tells menus, now and when it changes. VS Code's own keys say for a moment at the start that both are missing, and a view
 * that comes and goes leaves its room to the last one.
 */
export function watchMissing(): vscode.Disposable {
  const tell = (): void => {
    const hasFolder = (vscode.workspace.workspaceFolders ?? []).length > 0;
    void setContextKey('slipway.missing', !(vscode.workspace.isTrusted && hasFolder));
  };
  tell();
  return vscode.Disposable.from(
    vscode.workspace.onDidGrantWorkspaceTrust(tell),
    vscode.workspace.onDidChangeWorkspaceFolders(tell),
  );
}
