/**
 * FinSpace's deployment strategies: their effects, which cluster supports which, and the automatic choice.
 * @see https://docs.aws.amazon.com/finspace/latest/management-api/API_KxClusterCodeDeploymentConfiguration.html
 */
import type { CodeConfiguration } from '../../model/code';
import type { DeploymentStrategy, KdbCluster } from '../../model/kdb';
import { differences } from '../configuration';
import type { Strategy } from '../port/strategy';

/** FinSpace's strategies, the gentlest first. */
export const finspaceStrategies: readonly (Strategy & { readonly id: DeploymentStrategy })[] = [
  { id: 'NO_RESTART', keepsRest: true, restarts: false, mayRunOnSave: true },
  { id: 'ROLLING', keepsRest: false, restarts: true, mayRunOnSave: true },
  { id: 'FORCE', keepsRest: false, restarts: true, mayRunOnSave: false },
];

/** Undefined for a text that is not the id of a strategy. */
export function asStrategy(value: string | undefined): DeploymentStrategy | undefined {
  return finspaceStrategies.find(({ id }) => id === value)?.id;
}

/**
 * Strategies that a cluster of this type supports, the gentlest first. Only general-purpose clusters support
 * NO_RESTART.
 */
export function strategiesFor(clusterType: string): readonly DeploymentStrategy[] {
  const all = finspaceStrategies.map(({ id }) => id);
  return clusterType === 'GP' ? all : all.filter((id) => id !== 'NO_RESTART');
}

export interface StrategyNotForType {
  readonly strategy: string;
  /** Type of the cluster. */
  readonly type: string;
}

/**
 * Why the cluster does not support the strategy; undefined where it does. For an unknown type, NO_RESTART is refused.
 */
export function strategyNotForType(strategy: string, type: string): StrategyNotForType | undefined {
  return strategiesFor(type).some((id) => id === strategy) ? undefined : { strategy, type };
}

/** NO_RESTART where it is possible and script and arguments stay the same, else ROLLING. */
export function automaticStrategy(
  { type, configuration }: KdbCluster,
  wanted: CodeConfiguration,
): DeploymentStrategy {
  const possible = configuration.code !== undefined && strategyNotForType('NO_RESTART', type) === undefined;
  const loses = differences(configuration, wanted).some((part) => part !== 'code');
  return possible && !loses ? 'NO_RESTART' : 'ROLLING';
}
