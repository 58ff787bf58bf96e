/** The readiness document of an EKS cluster: shown as a page, or saved as a Markdown file. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Connection } from '../../model/connection';
import { readReadiness } from '../../nodegroup/readiness/readiness';
import { readinessMarkdown } from '../../view/messages/nodegroup';
import { withProgress } from '../../view/progress';
import { showRead } from '../show-read';
import type { NodegroupDeps } from './deps';

export interface ClusterPlace {
  readonly connection: Connection;
  readonly cluster: string;
}

type ReadinessDeps = Pick<NodegroupDeps, 'attentionSources' | 'clock' | 'documents' | 'notify'>;

export async function showReadiness(place: ClusterPlace, deps: ReadinessDeps): Promise<void> {
  await showRead(deps.documents, nameOf(place), titleOf(place), (signal) => read(place, deps, signal));
}

/** Asks where to, and writes what is true now. */
export async function exportReadiness(place: ClusterPlace, deps: ReadinessDeps): Promise<void> {
  const text = await withProgress(titleOf(place), (signal) => read(place, deps, signal));
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
  await deps.notify.succeeded(l10n.t('{0}: written to {1}', { 0: nameOf(place), 1: file.fsPath }), [
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

function nameOf({ cluster }: ClusterPlace): string {
  return l10n.t('Readiness of {0}', { 0: cluster });
}

function titleOf({ cluster }: ClusterPlace): string {
  return l10n.t('Finding out the readiness of {0}', { 0: cluster });
}
