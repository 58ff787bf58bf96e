/**
 * The text that "Show Workload Snippet…" shows: the YAML that a workload needs to carry code, with comments
 * on how to apply it.
 */
import * as l10n from '@vscode/l10n';
import type { PodRights, SnippetParameters } from '../../deploy/kubernetes/snippet/parameters';
import type { WorkloadSnippet } from '../../deploy/kubernetes/snippet/snippet';
import { visible } from '../../model/visible-text';

/** YAML that can be applied as it is. Its comments list the other steps. */
export function snippetText(snippet: WorkloadSnippet): string {
  const { parameters, scripts, serviceAccount, workload } = snippet;
  return [
    commentOf(headWords(snippet)),
    commentOf([l10n.t('The scripts. They are never changed: another version of them gets another name.')]),
    scripts,
    '---\n',
    commentOf([l10n.t('The service account that has the right to read the code.')]),
    serviceAccount,
    '---\n',
    commentOf(workloadWords(parameters)),
    workload,
  ].join('');
}

export function rightsWords(rights: PodRights): { readonly label: string; readonly detail: string } {
  switch (rights) {
    case 'pod-identity':
      return {
        label: l10n.t('EKS Pod Identity'),
        detail: l10n.t('EKS ties the role to the service account; the cluster runs an agent for it'),
      };
    case 'irsa':
      return {
        label: l10n.t('IAM roles for service accounts (IRSA)'),
        detail: l10n.t(
          'The service account names the role, which trusts the OpenID Connect provider of the cluster',
        ),
      };
  }
}

function headWords({ parameters, rightsCommands, file, applyCommand }: WorkloadSnippet): readonly string[] {
  const { namespace, workload, rights } = parameters;
  return [
    l10n.t('What {0} in {1} needs to take its code from a zip in S3.', { 0: workload, 1: namespace }),
    '',
    l10n.t('1. Give its pods the right to read the code, by {0}:', { 0: rightsWords(rights).label }),
    ...rightsCommands.map((command) => `   ${command}`),
    l10n.t('   A command that finds its thing made already fails, and the next one can be run.'),
    l10n.t('   A bucket with a KMS key of its own: the role needs kms:Decrypt on that key, too.'),
    l10n.t('   A bucket of another account: its policy has to let the role in.'),
    l10n.t('2. Save this as {0}, and apply it:', { 0: file }),
    `   ${applyCommand}`,
    l10n.t('   Where Helm, Argo CD or Flux writes the workload, put it into their source in place of that.'),
    l10n.t(
      '3. Pods start anew, and say "none" where no code is deployed yet. Deploy to the workload with Slipway.',
    ),
    '',
  ];
}

function workloadWords({ container, program, serviceAccount }: SnippetParameters): readonly string[] {
  return [
    l10n.t('The workload itself, of which nothing else is changed. Look at these two before you apply it:'),
    l10n.t(
      'serviceAccountName: {0}. Where the pods have another one whose rights they need, put its name here and above.',
      { 0: serviceAccount },
    ),
    l10n.t(
      'command of the container {0}: it replaces the one that is there, and its args stay. The initialization script stands in place of "--" in what is started: {1}',
      { 0: container, 1: program.join(' ') },
    ),
  ];
}

function commentOf(lines: readonly string[]): string {
  return lines.map((line) => (line === '' ? '#\n' : `# ${visible(line)}\n`)).join('');
}
