/**
 * Recommends the extension for q, once, to a user who opens a q file and has not installed that
 * extension. Slipway itself adds no language.
 */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { showMessage } from './message';

const EXTENSION = 'kx.kdb';
const KEY = 'slipway.qExtensionNamed';

/**
 * Looks for a q file among the open files and those that are opened later, until the extension has been
 * recommended or the returned disposable is disposed of.
 */
export function nameExtensionForQ(memento: vscode.Memento): vscode.Disposable {
  const listening = vscode.workspace.onDidOpenTextDocument(({ uri }) => look(uri));
  const look = (uri: vscode.Uri): void => {
    if (!uri.path.endsWith('.q') || !isWanted(memento)) return;
    listening.dispose();
    void memento.update(KEY, true);
    void name();
  };
  for (const { uri } of vscode.workspace.textDocuments) look(uri);
  return listening;
}

function isWanted(memento: vscode.Memento): boolean {
  return (
    memento.get(KEY) !== true &&
    vscode.extensions.getExtension(EXTENSION) === undefined &&
    vscode.workspace.getConfiguration('extensions').get('ignoreRecommendations') !== true
  );
}

async function name(): Promise<void> {
  const show = l10n.t('Show Extension');
  const chosen = await showMessage(
    'information',
    l10n.t(
      'Slipway deploys q files and leaves the language to others: the extension {extension} of KX colours and runs them.',
      { extension: EXTENSION },
    ),
    [show],
  );
  if (chosen === show)
    await vscode.commands.executeCommand('workbench.extensions.search', `@id:${EXTENSION}`);
}
