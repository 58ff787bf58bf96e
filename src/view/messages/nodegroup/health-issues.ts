/** Health issues of node groups, in words: one explanation for each code of EKS. */
import * as l10n from '@vscode/l10n';
import type { HealthIssue } from '../../../model/eks';
import type { HealthIssueCode } from '../../../nodegroup/remedies/health-issues';
import type { Remedy } from '../../../nodegroup/remedies/remedy';
import { awsWords, remedyWords } from './remedies';

/** What is wrong, what to do, and AWS's own text. */
export function healthIssueWords(issue: HealthIssue, remedy: Remedy<HealthIssueCode>): string {
  const { what, help, said } = healthIssueParts(issue, remedy);
  return [what, help, said].join(' ');
}

/** The text of {@link healthIssueWords} in three parts, for places that show each part separately. */
export function healthIssueParts(
  issue: HealthIssue,
  remedy: Remedy<HealthIssueCode>,
): { readonly what: string; readonly help: string; readonly said: string } {
  return {
    what: explanation(remedy.explains, issue.code),
    help: remedyWords(remedy.remedy),
    said: awsWords(issue.message),
  };
}

function explanation(explains: HealthIssueCode, code: string): string {
  switch (explains) {
    case 'AccessDenied':
      return l10n.t("EKS or the nodes are refused by the cluster's API server.");
    case 'AmiIdNotFound':
      return l10n.t(
        'The AMI that the launch template names does not exist, or is not shared with this account.',
      );
    case 'AsgInstanceLaunchFailures':
      return l10n.t('The Auto Scaling group fails to launch instances.');
    case 'AutoScalingGroupInstanceRefreshActive':
      return l10n.t(
        'An instance refresh is running on the Auto Scaling group, which gets in the way of EKS.',
      );
    case 'AutoScalingGroupInvalidConfiguration':
      return l10n.t('The Auto Scaling group was changed so that EKS can no longer manage it.');
    case 'AutoScalingGroupNotFound':
      return l10n.t('The Auto Scaling group of the node group does not exist any more.');
    case 'AutoScalingGroupOptInRequired':
      return l10n.t('The account is not opted in to EC2 Auto Scaling in this region.');
    case 'AutoScalingGroupRateLimitExceeded':
      return l10n.t('EC2 Auto Scaling refuses requests for the moment, because there were too many.');
    case 'ClusterUnreachable':
      return l10n.t("EKS or the nodes cannot reach the cluster's API server.");
    case 'Ec2InstanceTypeDoesNotExist':
      return l10n.t('An instance type of the node group is not offered in this region.');
    case 'Ec2LaunchTemplateDeletionFailure':
      return l10n.t('EKS could not delete the launch template that it had made for the node group.');
    case 'Ec2LaunchTemplateInvalidConfiguration':
      return l10n.t('The launch template holds settings that EKS does not take.');
    case 'Ec2LaunchTemplateMaxLimitExceeded':
      return l10n.t(
        'The account has as many launch templates as it may have, so EKS could not make another.',
      );
    case 'Ec2LaunchTemplateNotFound':
      return l10n.t('The launch template that EKS made for the node group does not exist any more.');
    case 'Ec2LaunchTemplateVersionMaxLimitExceeded':
      return l10n.t('The launch template has as many versions as it may have, so EKS could not add another.');
    case 'Ec2LaunchTemplateVersionMismatch':
      return l10n.t('The Auto Scaling group uses another launch template version than the one EKS made.');
    case 'Ec2SecurityGroupDeletionFailure':
      return l10n.t(
        'EKS could not delete the security group for remote access, because something still uses it.',
      );
    case 'Ec2SecurityGroupNotFound':
      return l10n.t('The security group of the cluster does not exist any more.');
    case 'Ec2SubnetInvalidConfiguration':
      return l10n.t(
        'A subnet does not give its instances public IP addresses, and the nodes are meant to have them.',
      );
    case 'Ec2SubnetListTooLong':
      return l10n.t('The node group names more subnets than an Auto Scaling group takes.');
    case 'Ec2SubnetMissingIpv6Assignment':
      return l10n.t('The cluster uses IPv6, and a subnet does not give its instances IPv6 addresses.');
    case 'Ec2SubnetNotFound':
      return l10n.t('A subnet of the node group does not exist any more.');
    case 'IamInstanceProfileNotFound':
      return l10n.t('The instance profile of the nodes does not exist any more.');
    case 'IamLimitExceeded':
      return l10n.t('A quota of IAM is used up, so EKS could not make what the nodes need.');
    case 'IamNodeRoleNotFound':
      return l10n.t('The IAM role of the nodes does not exist any more.');
    case 'IamThrottling':
      return l10n.t('IAM refuses requests for the moment, because there were too many.');
    case 'InstanceLimitExceeded':
      return l10n.t('The account may not launch more instances of this type.');
    case 'InsufficientFreeAddresses':
      return l10n.t('A subnet of the node group has too few free IP addresses for new nodes.');
    case 'InternalFailure':
      return l10n.t('EKS has a problem of its own.');
    case 'KubernetesLabelInvalid':
      return l10n.t('A label of the node group is not one that Kubernetes takes.');
    case 'LimitExceeded':
      return l10n.t('A quota of the account is used up.');
    case 'NodeCreationFailure':
      return l10n.t('Instances were launched and did not join the cluster.');
    case 'NodeTerminationFailure':
      return l10n.t('EKS could not terminate nodes.');
    case 'PodEvictionFailure':
      return l10n.t(
        'Pods could not be moved off a node: a PodDisruptionBudget, or a pod that tolerates every taint, blocks the drain.',
      );
    case 'SourceEc2LaunchTemplateNotFound':
      return l10n.t('Your launch template, from which the node group was made, does not exist any more.');
    case 'Unknown':
      return code === 'Unknown'
        ? l10n.t('AWS reports an issue and does not say which by a code.')
        : l10n.t('AWS reports {code}, which this version of Slipway does not know.', { code });
  }
}
