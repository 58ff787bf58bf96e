/**
 * Remedies for the codes of a node group's health issues.
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_Issue.html
 */
import { type Remedy, type RemedyTable, remedyIn } from './remedy';

export type HealthIssueCode =
  | 'AccessDenied'
  | 'AmiIdNotFound'
  | 'AsgInstanceLaunchFailures'
  | 'AutoScalingGroupInstanceRefreshActive'
  | 'AutoScalingGroupInvalidConfiguration'
  | 'AutoScalingGroupNotFound'
  | 'AutoScalingGroupOptInRequired'
  | 'AutoScalingGroupRateLimitExceeded'
  | 'ClusterUnreachable'
  | 'Ec2InstanceTypeDoesNotExist'
  | 'Ec2LaunchTemplateDeletionFailure'
  | 'Ec2LaunchTemplateInvalidConfiguration'
  | 'Ec2LaunchTemplateMaxLimitExceeded'
  | 'Ec2LaunchTemplateNotFound'
  | 'Ec2LaunchTemplateVersionMaxLimitExceeded'
  | 'Ec2LaunchTemplateVersionMismatch'
  | 'Ec2SecurityGroupDeletionFailure'
  | 'Ec2SecurityGroupNotFound'
  | 'Ec2SubnetInvalidConfiguration'
  | 'Ec2SubnetListTooLong'
  | 'Ec2SubnetMissingIpv6Assignment'
  | 'Ec2SubnetNotFound'
  | 'IamInstanceProfileNotFound'
  | 'IamLimitExceeded'
  | 'IamNodeRoleNotFound'
  | 'IamThrottling'
  | 'InstanceLimitExceeded'
  | 'InsufficientFreeAddresses'
  | 'InternalFailure'
  | 'KubernetesLabelInvalid'
  | 'LimitExceeded'
  | 'NodeCreationFailure'
  | 'NodeTerminationFailure'
  | 'PodEvictionFailure'
  | 'SourceEc2LaunchTemplateNotFound'
  | 'Unknown';

const TABLE: RemedyTable<HealthIssueCode> = {
  AccessDenied: ['mend-node-access', 'open-in-console'],
  AmiIdNotFound: ['choose-existing-ami', 'show-launch-template'],
  AsgInstanceLaunchFailures: ['mend-instance-launch', 'open-in-console'],
  AutoScalingGroupInstanceRefreshActive: ['wait-for-instance-refresh', 'refresh'],
  AutoScalingGroupInvalidConfiguration: ['mend-auto-scaling-group', 'open-in-console'],
  AutoScalingGroupNotFound: ['recreate-node-group', 'open-in-console'],
  AutoScalingGroupOptInRequired: ['opt-in-to-auto-scaling', 'open-in-console'],
  AutoScalingGroupRateLimitExceeded: ['wait-and-try-again', 'refresh'],
  ClusterUnreachable: ['mend-endpoint-access', 'open-in-console'],
  Ec2InstanceTypeDoesNotExist: ['choose-offered-instance-type', 'show-launch-template'],
  Ec2LaunchTemplateDeletionFailure: ['delete-launch-template', 'open-in-console'],
  Ec2LaunchTemplateInvalidConfiguration: ['mend-launch-template', 'show-launch-template'],
  Ec2LaunchTemplateMaxLimitExceeded: ['delete-unused-launch-templates', 'open-in-console'],
  Ec2LaunchTemplateNotFound: ['recreate-launch-template', 'open-in-console'],
  Ec2LaunchTemplateVersionMaxLimitExceeded: ['delete-old-template-versions', 'show-launch-template'],
  Ec2LaunchTemplateVersionMismatch: ['revert-launch-template', 'show-launch-template'],
  Ec2SecurityGroupDeletionFailure: ['remove-security-group-uses', 'open-in-console'],
  Ec2SecurityGroupNotFound: ['recreate-cluster', 'open-in-console'],
  Ec2SubnetInvalidConfiguration: ['assign-public-addresses', 'show-subnets'],
  Ec2SubnetListTooLong: ['use-fewer-subnets', 'show-subnets'],
  Ec2SubnetMissingIpv6Assignment: ['assign-ipv6-addresses', 'show-subnets'],
  Ec2SubnetNotFound: ['recreate-subnet', 'show-subnets'],
  IamInstanceProfileNotFound: ['recreate-instance-profile', 'open-in-console'],
  IamLimitExceeded: ['raise-iam-quota', 'open-in-console'],
  IamNodeRoleNotFound: ['recreate-node-role', 'open-in-console'],
  IamThrottling: ['wait-and-try-again', 'refresh'],
  InstanceLimitExceeded: ['raise-instance-quota', 'open-in-console'],
  InsufficientFreeAddresses: ['free-addresses', 'show-subnets'],
  InternalFailure: ['ask-aws-support', 'refresh'],
  KubernetesLabelInvalid: ['mend-labels', 'open-in-console'],
  LimitExceeded: ['raise-named-quota', 'open-in-console'],
  NodeCreationFailure: ['let-nodes-join', 'open-in-console'],
  NodeTerminationFailure: ['terminate-instances', 'open-in-console'],
  PodEvictionFailure: ['relax-budget-or-force', 'try-again-with-force'],
  SourceEc2LaunchTemplateNotFound: ['recreate-launch-template', 'open-in-console'],
  Unknown: ['read-aws-message', 'copy-details'],
};

/**
 * The remedy for a code. A code that is not in the table, because AWS added it later, has the remedy of
 * `Unknown`, which refers the user to AWS's own message.
 */
export function healthIssueRemedy(code: string): Remedy<HealthIssueCode> {
  return remedyIn(TABLE, code, 'Unknown');
}
