/** "Show Workload Snippet…": the manifest changes that a workload needs to take its code from a zip in S3. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { SnippetParameters } from '../../deploy/kubernetes/snippet/parameters';
import { readOptional } from '../../plan/optional-read';
import type { ReadOnlyDocuments } from '../../view/documents/read-only';
import { snippetText } from '../../view/messages/workload-snippet';
import type { Notifier } from '../../view/notify';
import type { Prompts } from '../../view/wizard/prompts';
import { runWizard, wizard } from '../../view/wizard/wizard';
import type { PickDeps } from '../pick/connection';
import { eksClusterSteps, type PickedEksCluster } from '../pick/eks';
import { snippets } from '../target-kinds';
import { type SnippetAnswers, type SnippetWorkload, snippetSteps } from './steps';

export interface SnippetDeps extends PickDeps {
  readonly prompts: Prompts;
  readonly documents: Pick<ReadOnlyDocuments, 'showText'>;
  readonly notify: Pick<Notifier, 'succeeded'>;
}

/** @param workload the workload of a row; absent if the user has to be asked */
export async function showSnippet(
  known: Partial<PickedEksCluster>,
  deps: SnippetDeps,
  workload?: SnippetWorkload,
): Promise<void> {
  const { prompts, ports, documents, notify } = deps;
  const steps = wizard()
    .and(eksClusterSteps(deps, known))
    .and(snippetSteps(ports, snippets.rights, workload));
  const answers = await runWizard(l10n.t('Show Workload Snippet'), steps, {}, prompts);
  if (answers === undefined) return;
  const snippet = snippets.of(parametersOf(answers, await regionOf(answers, deps)));
  const text = snippetText(snippet);
  await documents.showText(snippet.file, () => text);
  await notify.succeeded(
    l10n.t('What {0} needs to carry code is shown. Its comments say what to do with it.', {
      0: answers.workload,
    }),
    [
      { label: l10n.t('Copy YAML'), run: () => vscode.env.clipboard.writeText(text) },
      {
        label: l10n.t('Copy AWS Commands'),
        run: () => vscode.env.clipboard.writeText(`${snippet.rightsCommands.join('\n')}\n`),
      },
    ],
  );
}

/** The bucket's region if AWS gives it, else the connection's. */
async function regionOf({ connection, bucket }: SnippetAnswers, { ports }: SnippetDeps): Promise<string> {
  const { objects } = await ports(connection);
  const region = await readOptional(() => objects.bucketRegion(bucket, new AbortController().signal));
  return region.known ? region.value : connection.region;
}

function parametersOf(answers: SnippetAnswers, region: string): SnippetParameters {
  const {
    eksCluster,
    kind,
    namespace,
    workload,
    container,
    program,
    bucket,
    prefix,
    rights,
    isKdb,
    database = '',
  } = answers;
  return {
    clusterArn: eksCluster.arn,
    kind,
    namespace,
    workload,
    container,
    program,
    ...(isKdb && { kdb: { database, databasePath: snippets.databasePath } }),
    bucket,
    prefix,
    region,
    serviceAccount: workload,
    rights,
    images: snippets.images,
  };
}
