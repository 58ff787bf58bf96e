/**
 * Which deployment strategy fits which cluster, and when a cluster takes code at all.
 * @see https://docs.aws.amazon.com/finspace/latest/management-api/API_KxClusterCodeDeploymentConfiguration.html
 */
import type { DeploymentStrategy, KdbCluster, KdbEnvironment } from '../../model/kdb';
import type { RuleBreach } from './breach';

/** Strategies that a cluster of this type takes, the gentlest first. NO_RESTART is for general-purpose clusters only. */
export function strategiesFor(clusterType: string): readonly DeploymentStrategy[] {
  return clusterType === 'GP' ? ['NO_RESTART', 'ROLLING', 'FORCE'] : ['ROLLING', 'FORCE'];
}

/** For a type that is not known yet, NO_RESTART is refused. */
export function strategyBreach(
  strategy: DeploymentStrategy,
  clusterType: string,
): RuleBreach<'strategy-not-for-type'> | undefined {
  return strategiesFor(clusterType).includes(strategy)
    ? undefined
    : { code: 'strategy-not-for-type', facts: { strategy, type: clusterType } };
}

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
