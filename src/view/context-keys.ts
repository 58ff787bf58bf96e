/** The context keys that `package.json` reads. A key that was never set counts as false. */
import * as vscode from 'vscode';

export interface ContextKeys {
  /** The Resources view shows only rows that need attention. */
  readonly 'slipway.onlyAttention': boolean;
  /** The workspace is not trusted, or has no folder. */
  readonly 'slipway.missing': boolean;
  /** A filter of the Operations view is on. */
  readonly 'slipway.operationsFiltered': boolean;
  /**
   * Each of these keys is set only for a moment: long enough for VS Code to mark the key's step of the
   * walkthrough as done.
   */
  readonly 'slipway.done.sandbox': boolean;
  readonly 'slipway.done.profile': boolean;
  readonly 'slipway.done.deploy': boolean;
  readonly 'slipway.done.rollBack': boolean;
  readonly 'slipway.done.nodegroup': boolean;
  readonly 'slipway.done.workload': boolean;
  /**
   * The page in front is the shared page: the next page with `sharesPanel` takes over its panel, unless the
   * user keeps the shared page.
   */
  readonly 'slipway.sharedPageInFront': boolean;
}

export async function setContextKey<K extends keyof ContextKeys>(
  key: K,
  value: ContextKeys[K],
): Promise<void> {
  await vscode.commands.executeCommand('setContext', key, value);
}

/**
 * Sets `slipway.missing`, now and at each change. VS Code's own keys are not used: at the start, they
 * report for a moment that the workspace is not trusted and has no folder. A view that is shown only for
 * that moment takes height from the other views, and the last view keeps that height.
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
