/**
 * Remedies for the error codes with which an update ends.
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_ErrorDetail.html
 */
import { type FollowUp, type Remedy, type RemedyTable, remedyIn } from './remedy';

export type UpdateErrorCode =
  | 'AccessDenied'
  | 'AdmissionRequestDenied'
  | 'ClusterUnreachable'
  | 'ConfigurationConflict'
  | 'EniLimitReached'
  | 'InsufficientFreeAddresses'
  | 'InsufficientNumberOfReplicas'
  | 'IpNotAvailable'
  | 'K8sResourceNotFound'
  | 'NodeCreationFailure'
  | 'OperationNotPermitted'
  | 'PodEvictionFailure'
  | 'SecurityGroupNotFound'
  | 'SubnetNotFound'
  | 'Unknown'
  | 'UnsupportedAddonModification'
  | 'VpcIdNotFound';

const TABLE: RemedyTable<UpdateErrorCode> = {
  AccessDenied: ['mend-permissions', 'open-health-issues'],
  AdmissionRequestDenied: ['mend-add-on', 'open-in-console'],
  ClusterUnreachable: ['mend-endpoint-access', 'open-in-console'],
  ConfigurationConflict: ['mend-add-on', 'open-in-console'],
  EniLimitReached: ['raise-interface-quota', 'try-again'],
  InsufficientFreeAddresses: ['free-addresses', 'show-subnets'],
  InsufficientNumberOfReplicas: ['mend-add-on', 'open-in-console'],
  IpNotAvailable: ['free-addresses', 'show-subnets'],
  K8sResourceNotFound: ['mend-add-on', 'open-in-console'],
  NodeCreationFailure: ['let-nodes-join', 'open-health-issues'],
  OperationNotPermitted: ['mend-cluster-role', 'open-in-console'],
  PodEvictionFailure: ['relax-budget-or-force', 'try-again-with-force'],
  SecurityGroupNotFound: ['recreate-security-group', 'open-in-console'],
  SubnetNotFound: ['recreate-subnet', 'show-subnets'],
  Unknown: ['read-aws-message', 'copy-details'],
  UnsupportedAddonModification: ['mend-add-on', 'open-in-console'],
  VpcIdNotFound: ['recreate-vpc', 'open-in-console'],
};

/** Actions that show details of an error before the update is tried again. */
export function closerLooks(code: string): readonly FollowUp[] {
  return code === 'PodEvictionFailure' ? ['show-held-pods', 'check-drain'] : [];
}

/**
 * The remedy for a code. A code that is not in the table, because AWS added it later, has the remedy of
 * `Unknown`, which refers the user to AWS's own message.
 */
export function updateErrorRemedy(code: string): Remedy<UpdateErrorCode> {
  return remedyIn(TABLE, code, 'Unknown');
}
