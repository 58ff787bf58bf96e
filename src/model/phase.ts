/**
 * The few phases to which the statuses of kdb environments, of kdb and EKS clusters and of node groups are
 * mapped, so that most icons, menus and rules depend only on the phase. Only this file maps these statuses.
 */

export type Phase = 'ready' | 'busy' | 'failed' | 'gone' | 'unknown';

/**
 * Phase of a kdb environment. A status that Slipway does not know is `unknown`.
 * @see https://docs.aws.amazon.com/finspace/latest/management-api/API_GetKxEnvironment.html
 */
export function environmentPhase(status: string): Phase {
  if (status === 'CREATED') return 'ready';
  if (status === 'DELETED') return 'gone';
  if (
    status === 'SUSPENDED' ||
    status.startsWith('FAILED') ||
    status.startsWith('RETRY_') ||
    status.endsWith('_FAILED')
  ) {
    return 'failed';
  }
  if (
    /^(CREATE_|DELETE_|UPDATE_)\w*(REQUESTED|ING)/.test(status) ||
    /(CREATING|DELETING|UPDATING\w*)$/.test(status)
  ) {
    return 'busy';
  }
  return 'unknown';
}

/** True for a kdb environment that AWS could not create, so that no cluster can be in it. */
export function wasNeverCreated(environmentStatus: string): boolean {
  return environmentStatus === 'FAILED_CREATION';
}

/**
 * Phase of a kdb cluster.
 * @see https://docs.aws.amazon.com/finspace/latest/management-api/API_GetKxCluster.html
 */
export function clusterPhase(status: string): Phase {
  switch (status) {
    case 'RUNNING':
      return 'ready';
    case 'PENDING':
    case 'CREATING':
    case 'UPDATING':
    case 'DELETING':
      return 'busy';
    case 'CREATE_FAILED':
    case 'DELETE_FAILED':
      return 'failed';
    case 'DELETED':
      return 'gone';
    default:
      return 'unknown';
  }
}

/**
 * Phase of an EKS cluster or managed node group. DEGRADED counts as failed: a node group with this status
 * runs, but somebody has to act.
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_Nodegroup.html
 */
export function eksPhase(status: string): Phase {
  switch (status) {
    case 'ACTIVE':
      return 'ready';
    case 'CREATING':
    case 'UPDATING':
    case 'DELETING':
    case 'PENDING':
      return 'busy';
    case 'FAILED':
    case 'CREATE_FAILED':
    case 'DELETE_FAILED':
    case 'DEGRADED':
      return 'failed';
    default:
      return 'unknown';
  }
}
