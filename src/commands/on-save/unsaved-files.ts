/** Keeps VS Code from saving, and so deploying, what is half typed: it saves all editors before it runs a task. */

import * as vscode from 'vscode';
import { unsavedBelow } from '../../deploy/on-save/unsaved';
import { refuse } from '../../view/messages/refusals/commands';

/**
 * @param root of what is deployed.
 * @throws refused `unsaved-files` (`files`, `task`), where there are some that VS Code would save.
 */
export function refuseUnsaved(task: string, root: vscode.Uri, folder: vscode.WorkspaceFolder): void {
  if (vscode.workspace.getConfiguration('task', folder).get('saveBeforeRun') === 'never') return;
  const files = unsavedBelow(root, [
    ...vscode.workspace.textDocuments,
    ...vscode.workspace.notebookDocuments,
  ]);
  if (files.length > 0) throw refuse('unsaved-files', { files, task });
}
