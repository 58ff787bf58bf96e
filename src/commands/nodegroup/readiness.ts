/** The readiness of an EKS cluster, saved as a Markdown file. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { readReadiness } from '../../nodegroup/readiness/readiness';
import { readinessMarkdown } from '../../view/messages/nodegroup';
import { withProgress } from '../../view/progress';
import type { NodegroupDeps } from './deps';
import type { ClusterPlace } from './place';

type ReadinessDeps = Pick<NodegroupDeps, 'attentionSources' | 'clock' | 'notify'>;

/** Reads the present readiness, then asks for a file and writes the readiness into it. */
export async function exportReadiness(place: ClusterPlace, deps: ReadinessDeps): Promise<void> {
  const title = l10n.t('Finding out the readiness of {0}', { 0: place.cluster });
  const text = await withProgress(title, (signal) => read(place, deps, signal));
  const day = new Date(deps.clock.now()).toISOString().slice(0, 10);
  const file = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(
      vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('/'),
      `readiness-${place.cluster}-${day}.md`,
    ),
    filters: { Markdown: ['md'] },
  });
  if (!file) return;
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
  const name = l10n.t('Readiness of {0}', { 0: place.cluster });
  await deps.notify.succeeded(l10n.t('{0}: written to {1}', { 0: name, 1: file.fsPath }), [
    { label: l10n.t('Open'), run: () => vscode.window.showTextDocument(file) },
  ]);
}

async function read(
  { connection, cluster }: ClusterPlace,
  { attentionSources, clock }: ReadinessDeps,
  signal: AbortSignal,
): Promise<string> {
  return readinessMarkdown(
    await readReadiness(await attentionSources.of(connection), cluster, clock, signal),
  );
}
