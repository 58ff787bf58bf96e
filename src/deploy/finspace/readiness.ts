/** When an environment and its clusters take code at all. */
import type { KdbCluster, KdbEnvironment } from '../../model/kdb';
import type { RuleBreach } from '../rules/breach';

/** Code is taken only while the environment is CREATED. */
export function environmentBreach({
  id,
  status,
  phase,
  statusReason,
}: KdbEnvironment): RuleBreach<'environment-not-ready'> | undefined {
  return phase === 'ready'
    ? undefined
    : {
        code: 'environment-not-ready',
        facts: { environment: id, status, phase, ...(statusReason !== undefined && { statusReason }) },
      };
}

/** Code is taken only while the cluster is RUNNING. */
export function clusterBreach({
  name,
  status,
  phase,
  statusReason,
}: KdbCluster): RuleBreach<'cluster-not-ready'> | undefined {
  return phase === 'ready'
    ? undefined
    : {
        code: 'cluster-not-ready',
        facts: { cluster: name, status, phase, ...(statusReason !== undefined && { statusReason }) },
      };
}
