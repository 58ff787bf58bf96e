/** Why an update failed, in words: one explanation for each error code of EKS. */
import type { UpdateError } from '../../../model/eks';
import type { Remedy } from '../../../upgrade/remedies/remedy';
import type { UpdateErrorCode } from '../../../upgrade/remedies/update-errors';
import type { Translate } from '../translate';
import { awsWords } from './counts';
import { remedyWords } from './remedies';

/** What happened, what to do, and AWS's own text. */
export function updateErrorWords(error: UpdateError, remedy: Remedy<UpdateErrorCode>, t: Translate): string {
  return [
    explanation(remedy.explains, error.code, t),
    remedyWords(remedy.remedy, t),
    awsWords(error.message, t),
  ].join(' ');
}

function explanation(explains: UpdateErrorCode, code: string, t: Translate): string {
  switch (explains) {
    case 'PodEvictionFailure':
      return t(
        'The update stopped because pods could not be moved off a node: a PodDisruptionBudget, or a pod that tolerates every taint, blocks the drain.',
      );
    case 'NodeCreationFailure':
      return t('The update stopped because new nodes were launched and did not join the cluster.');
    case 'InsufficientFreeAddresses':
      return t(
        'The update stopped because the subnets of the node group have too few free IP addresses for new nodes.',
      );
    case 'IpNotAvailable':
      return t('The update stopped because a subnet of the cluster has no free IP address left.');
    case 'EniLimitReached':
      return t('The update stopped because the account has reached its limit of network interfaces.');
    case 'AccessDenied':
      return t(
        'The update stopped because access was denied: you lack a permission for it, or the node role lacks a policy or its access entry in the cluster.',
      );
    case 'OperationNotPermitted':
      return t(
        'The update stopped because the service role of the cluster lacks permissions that EKS needs.',
      );
    case 'ClusterUnreachable':
      return t("The update stopped because EKS could not reach the cluster's API server.");
    case 'SubnetNotFound':
      return t('The update stopped because a subnet of the cluster does not exist any more.');
    case 'SecurityGroupNotFound':
      return t('The update stopped because a security group of the cluster does not exist any more.');
    case 'VpcIdNotFound':
      return t('The update stopped because the VPC of the cluster does not exist any more.');
    case 'InsufficientNumberOfReplicas':
      return t(
        'An add-on update stopped because the add-on runs too few replicas. Node groups do not report this.',
      );
    case 'ConfigurationConflict':
      return t(
        'An add-on update stopped because settings that were changed by hand conflict with it. Node groups do not report this.',
      );
    case 'AdmissionRequestDenied':
      return t(
        'An add-on update stopped because an admission webhook refused it. Node groups do not report this.',
      );
    case 'UnsupportedAddonModification':
      return t(
        'An add-on update stopped because it changes what must stay as it is. Node groups do not report this.',
      );
    case 'K8sResourceNotFound':
      return t(
        'An add-on update stopped because a Kubernetes resource of the add-on is missing. Node groups do not report this.',
      );
    case 'Unknown':
      return code === 'Unknown'
        ? t('The update failed, and AWS does not say why by a code.')
        : t('The update failed with the code {code}, which this version of Slipway does not know.', { code });
  }
}
