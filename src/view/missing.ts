/** Whether trust or a folder is missing: the view that says so stands above the others then. */
import * as vscode from 'vscode';
import { setContextKey } from './context-keys';

/**
 * Sets `slipway.missing`, now and at each change. VS Code's own keys say for a moment at the start that both are missing,
 * and the room of a view that shows for that moment goes to the last view.
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
