/** Why a cluster does not know a caller, and how access is granted. */
import * as l10n from '@vscode/l10n';
import { accessEntryCommands, roleArnCommand } from '../../model/access-commands';
import { nameInArn } from '../../model/access-principal';
import type { Failure } from '../../model/failure';
import type { AccessPrincipal, ClusterAccess, KubernetesFailure } from '../../model/kubernetes-failure';

/** True if an access entry would let the caller in, and the role or user for that entry is known. */
export function isEntryPossible(
  failure: Failure,
): failure is KubernetesFailure & { readonly access: { readonly principal: AccessPrincipal } } {
  return (
    failure.kind === 'kubernetes' &&
    failure.reason === 'unauthorized' &&
    failure.access?.principal !== undefined &&
    failure.access.authenticationMode !== 'CONFIG_MAP'
  );
}

export function unknownCallerWords({ cluster, access, message }: KubernetesFailure): string {
  if (access?.caller === undefined) {
    return l10n.t(
      'The cluster {0} does not know who you are: there is no access entry for your role or user. Ask an administrator of the cluster for one. Kubernetes says: {1}',
      { 0: cluster, 1: message },
    );
  }
  if (access.authenticationMode === 'CONFIG_MAP') {
    return l10n.t(
      'The cluster {0} does not know {1}. It looks into its ConfigMap aws-auth alone (authentication mode CONFIG_MAP), where access entries have no effect: an administrator has to add the role or user there, or change the authentication mode.',
      { 0: cluster, 1: access.caller },
    );
  }
  return principalWords(cluster, access.caller, access);
}

function principalWords(cluster: string, caller: string, { clusterArn, principal }: ClusterAccess): string {
  if (principal === undefined) {
    return l10n.t(
      'The cluster {0} does not know {1}. EKS has access entries for roles and users alone: use one of those.',
      { 0: cluster, 1: caller },
    );
  }
  const [create, associate] = accessEntryCommands(clusterArn, principal.arn);
  const commands = l10n.t('Somebody who administers the cluster can let you look: `{0}`, then `{1}`.', {
    0: create,
    1: associate,
  });
  const known = l10n.t('The cluster {0} does not know {1}: it has no access entry for {2}.', {
    0: cluster,
    1: caller,
    2: principal.arn,
  });
  if (principal.pathKnown) return `${known} ${commands}`;
  const path = l10n.t(
    'The path of the role is not known here, and the access entry needs it: `{0}` tells the whole ARN.',
    { 0: roleArnCommand(nameInArn(principal.arn)) },
  );
  return `${known} ${commands} ${path}`;
}
