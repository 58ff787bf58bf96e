/** Waits for states in the extension host, on a machine however slow: mocha ends a test that hangs. */
import * as vscode from 'vscode';

const LOOK_AGAIN_MS = 50;

/** Resolves once `isTrue` says so. */
export async function until(isTrue: () => boolean | Thenable<boolean>): Promise<void> {
  while (!(await isTrue())) await new Promise((done) => setTimeout(done, LOOK_AGAIN_MS));
}

/** Takes back what a test typed, saved or not, so that no other test and no backup sees it. */
export async function closeEditors(): Promise<void> {
  while (vscode.window.activeTextEditor !== undefined)
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
}
