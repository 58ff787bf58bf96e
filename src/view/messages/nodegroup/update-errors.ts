/** Why an update failed, in words: one explanation for each error code of EKS. */
import * as l10n from '@vscode/l10n';
import type { UpdateError } from '../../../model/eks';
import type { Remedy } from '../../../nodegroup/remedies/remedy';
import type { UpdateErrorCode } from '../../../nodegroup/remedies/update-errors';
import { awsWords, remedyWords } from './remedies';

/** What happened, what to do, and AWS's own text. */
export function updateErrorWords(error: UpdateError, remedy: Remedy<UpdateErrorCode>): string {
  return [explanation(remedy.explains, error.code), remedyWords(remedy.remedy), awsWords(error.message)].join(
    ' ',
  );
}

function explanation(explains: UpdateErrorCode, code: string): string {
  switch (explains) {
    case 'PodEvictionFailure':
      return l10n.t(
        'The update stopped because pods could not be moved off a node: a PodDisruptionBudget, or a pod that tolerates every taint, blocks the drain.',
      );
    case 'NodeCreationFailure':
      return l10n.t('The update stopped because new nodes were launched and did not join the cluster.');
    case 'InsufficientFreeAddresses':
      return l10n.t(
        'The update stopped because the subnets of the node group have too few free IP addresses for new nodes.',
      );
    case 'IpNotAvailable':
      return l10n.t('The update stopped because a subnet of the cluster has no free IP address left.');
    case 'EniLimitReached':
      return l10n.t('The update stopped because the account has reached its limit of network interfaces.');
    case 'AccessDenied':
      return l10n.t(
        'The update stopped because access was denied: you lack a permission for it, or the node role lacks a policy or its access entry in the cluster.',
      );
    case 'OperationNotPermitted':
      return l10n.t(
        'The update stopped because the service role of the cluster lacks permissions that EKS needs.',
      );
    case 'ClusterUnreachable':
      return l10n.t("The update stopped because EKS could not reach the cluster's API server.");
    case 'SubnetNotFound':
      return l10n.t('The update stopped because a subnet of the cluster does not exist any more.');
    case 'SecurityGroupNotFound':
      return l10n.t('The update stopped because a security group of the cluster does not exist any more.');
    case 'VpcIdNotFound':
      return l10n.t('The update stopped because the VPC of the cluster does not exist any more.');
    case 'InsufficientNumberOfReplicas':
      return l10n.t(
        'An add-on update stopped because the add-on runs too few replicas. Node groups do not report this.',
      );
    case 'ConfigurationConflict':
      return l10n.t(
        'An add-on update stopped because settings that were changed by hand conflict with it. Node groups do not report this.',
      );
    case 'AdmissionRequestDenied':
      return l10n.t(
        'An add-on update stopped because an admission webhook refused it. Node groups do not report this.',
      );
    case 'UnsupportedAddonModification':
      return l10n.t(
        'An add-on update stopped because it changes what must stay as it is. Node groups do not report this.',
      );
    case 'K8sResourceNotFound':
      return l10n.t(
        'An add-on update stopped because a Kubernetes resource of the add-on is missing. Node groups do not report this.',
      );
    case 'Unknown':
      return code === 'Unknown'
        ? l10n.t('The update failed, and AWS does not say why by a code.')
        : l10n.t('The update failed with the code {code}, which this version of Slipway does not know.', {
            code,
          });
  }
}
