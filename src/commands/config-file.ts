/** The file in which AWS profiles stand, in an editor. */
import * as vscode from 'vscode';
import type { LoadAws } from './aws-loader';

/** Opens the AWS config file, or the one for credentials where there is that alone; else a new one at its place. */
export async function editConfig(loadAws: LoadAws): Promise<void> {
  const { config, credentials } = (await loadAws()).sharedFiles();
  const files = [config, credentials].map((path) => vscode.Uri.file(path));
  for (const file of files) {
    if (await isThere(file)) {
      await vscode.window.showTextDocument(file);
      return;
    }
  }
  // Saved, it lies where the AWS CLI looks for it.
  await vscode.window.showTextDocument(vscode.Uri.file(config).with({ scheme: 'untitled' }));
}

async function isThere(file: vscode.Uri): Promise<boolean> {
  return await vscode.workspace.fs.stat(file).then(
    () => true,
    () => false,
  );
}
