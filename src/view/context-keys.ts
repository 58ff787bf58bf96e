/** The context keys that package.json's menus look at. A key that was never set counts as false there. */
import * as vscode from 'vscode';

export interface ContextKeys {
  /** The Resources view shows only what needs attention. */
  readonly 'slipway.onlyAttention': boolean;
  /** Trust or a folder is missing. */
  readonly 'slipway.missing': boolean;
  /** The Operations view leaves some out. */
  readonly 'slipway.operationsFiltered': boolean;
  /** Each is true for the moment in which VS Code is to check off that step of the walkthrough. */
  readonly 'slipway.done.sandbox': boolean;
  readonly 'slipway.done.profile': boolean;
  readonly 'slipway.done.deploy': boolean;
  readonly 'slipway.done.rollBack': boolean;
  readonly 'slipway.done.nodegroup': boolean;
  readonly 'slipway.done.workload': boolean;
  /** The page in front gives its tab to the next one, unless it is kept. */
  readonly 'slipway.sharedPageInFront': boolean;
}

export async function setContextKey<K extends keyof ContextKeys>(
  key: K,
  value: ContextKeys[K],
): Promise<void> {
  await vscode.commands.executeCommand('setContext', key, value);
}

/**
 * Sets `slipway.missing`, now and at each change. At the start VS Code's own keys say for a moment that both are
 * missing, and a view that shows for that moment loses its height to the last view.
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
