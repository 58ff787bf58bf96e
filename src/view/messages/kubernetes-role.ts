/** The text that "Copy Kubernetes Role…" copies: the role in YAML, with comments on how to apply it. */
import * as l10n from '@vscode/l10n';
import { applyCommand, roleArnCommand, roleEntryCommands } from '../../model/access-commands';
import { nameInArn } from '../../model/access-principal';
import type { AccessPrincipal } from '../../model/kubernetes-failure';
import type { KubernetesPurpose } from '../../model/kubernetes-permissions';
import { awsAuthEntry, type RoleWorkload, roleName, roleYaml } from '../../model/kubernetes-role';
import { visible } from '../../model/visible-text';

export interface RoleRequest {
  readonly purpose: KubernetesPurpose;
  readonly clusterArn: string;
  readonly authenticationMode?: string;
  /**
   * The AWS role or user that is to get the Kubernetes role; absent if the caller can have no access entry.
   */
  readonly principal?: AccessPrincipal;
  readonly workload?: RoleWorkload;
}

/** YAML that can be applied as it is. Its comments list the other steps. */
export function roleText(request: RoleRequest): string {
  const { purpose, clusterArn, workload } = request;
  const file = `${roleName(purpose)}.yaml`;
  const lines = [
    purposeWords(purpose),
    ...dangerWords(purpose),
    '',
    l10n.t('1. Save this as {0}, and apply it:', { 0: file }),
    `   ${applyCommand(clusterArn, file)}`,
    ...tieWords(request),
  ];
  const comments = lines.map((line) => (line === '' ? '#' : `# ${visible(line)}`));
  return `${comments.join('\n')}\n${roleYaml(purpose, workload)}`;
}

/** The purpose of a role in words, also for the list from which the user chooses a purpose. */
export function purposeWords(purpose: KubernetesPurpose): string {
  switch (purpose) {
    case 'look':
      return l10n.t('Look: nodes, pods, budgets, events and logs');
    case 'ask':
      return l10n.t('Look, and ask the API server about evictions');
    case 'deploy':
      return l10n.t('Look, ask, and deploy code to one workload');
  }
}

function dangerWords(purpose: KubernetesPurpose): readonly string[] {
  const evictions = l10n.t(
    'Slipway sends evictions in dry run alone; but "create" on pods/eviction permits real ones, too.',
  );
  const patches = l10n.t(
    'Slipway writes its own annotations alone; but "patch" on a workload permits running any image in it.',
  );
  switch (purpose) {
    case 'look':
      return [];
    case 'ask':
      return [evictions];
    case 'deploy':
      return [evictions, patches];
  }
}

function tieWords(request: RoleRequest): readonly string[] {
  const { purpose, clusterArn, principal, authenticationMode } = request;
  if (principal === undefined) {
    return [
      l10n.t('2. EKS has access entries for roles and users alone: make one for the group {0}.', {
        0: roleName(purpose),
      }),
    ];
  }
  if (authenticationMode === 'CONFIG_MAP') return configMapWords(purpose, principal);
  const { create, update } = roleEntryCommands(clusterArn, principal.arn, purpose);
  return [
    l10n.t('2. Tie it to {0}:', { 0: principal.arn }),
    `   ${create}`,
    l10n.t('   Where it has an access entry already (this replaces the groups of the entry):'),
    `   ${update}`,
    ...pathWords(principal),
  ];
}

function pathWords({ pathKnown, arn }: AccessPrincipal): readonly string[] {
  if (pathKnown) return [];
  return [
    l10n.t('   The path of the role is not known here, and the entry needs it. This tells the whole ARN:'),
    `   ${roleArnCommand(nameInArn(arn))}`,
  ];
}

function configMapWords(purpose: KubernetesPurpose, principal: AccessPrincipal): readonly string[] {
  const { list, lines } = awsAuthEntry(purpose, principal.arn);
  return [
    l10n.t(
      '2. The cluster looks into its ConfigMap aws-auth alone (authentication mode CONFIG_MAP). Add this to {0} of it:',
      { 0: list },
    ),
    ...lines.map((line) => `   ${line}`),
  ];
}
