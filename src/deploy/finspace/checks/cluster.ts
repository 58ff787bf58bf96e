/** Checks of the service, the environment, the cluster and the strategy. */
import type { KdbCluster, KdbEnvironment } from '../../../model/kdb';
import { declareCheck } from '../../../plan/check';
import type { OptionalRead } from '../../../plan/optional-read';
import type { Unread } from '../../checks/check';
import {
  type ClusterNotReady,
  clusterNotReady,
  type EnvironmentNotReady,
  environmentNotReady,
} from '../readiness';
import { type StrategyNotForType, strategyNotForType } from '../strategies';
import { block, confirm, pass, unknown, warn } from './check';

/**
 * AWS closes Managed kdb Insights after October 7, 2026.
 * @see https://docs.aws.amazon.com/finspace/latest/userguide/amazon-finspace-end-of-support.html
 */
const SERVICE_ENDS = Date.UTC(2026, 9, 8);

const SERVICE_END = declareCheck('service-end', {
  'service-end.not-concerned': pass(),
  'service-end.ends': warn('read-about-the-end'),
  'service-end.ended': warn('read-about-the-end'),
});

/** `now`: epoch milliseconds. AWS's end of the service does not concern the sandbox. */
export function serviceEndCheck(isSandbox: boolean, now: number) {
  if (isSandbox) return SERVICE_END.found('service-end.not-concerned');
  return SERVICE_END.found(now < SERVICE_ENDS ? 'service-end.ends' : 'service-end.ended');
}

const ENVIRONMENT = declareCheck('environment', {
  'environment.ready': pass(),
  'environment.not-ready': block<EnvironmentNotReady>('wait'),
  'environment.unknown': unknown<Unread>(),
});

/** The service takes code only while the environment is CREATED. */
export function environmentCheck(environment: OptionalRead<KdbEnvironment>) {
  if (!environment.known) return ENVIRONMENT.found('environment.unknown', { why: environment.why });
  const facts = environmentNotReady(environment.value);
  return facts === undefined
    ? ENVIRONMENT.found('environment.ready')
    : ENVIRONMENT.found('environment.not-ready', facts);
}

const CLUSTER = declareCheck('cluster', {
  'cluster.ready': pass(),
  'cluster.not-ready': block<ClusterNotReady>('wait'),
});

/** The service takes code only while the cluster is RUNNING. */
export function clusterCheck(cluster: KdbCluster) {
  const facts = clusterNotReady(cluster);
  return facts === undefined ? CLUSTER.found('cluster.ready') : CLUSTER.found('cluster.not-ready', facts);
}

const STRATEGY = declareCheck('strategy', {
  'strategy.fits': pass<{ readonly strategy: string }>(),
  'strategy.not-for-type': block<StrategyNotForType>('use-rolling'),
  'strategy.force': confirm('use-rolling'),
});

/** FORCE is possible for every cluster, but needs a confirmation. */
export function strategyCheck(strategy: string, { type }: KdbCluster) {
  const facts = strategyNotForType(strategy, type);
  if (facts !== undefined) return STRATEGY.found('strategy.not-for-type', facts);
  return strategy === 'FORCE'
    ? STRATEGY.found('strategy.force')
    : STRATEGY.found('strategy.fits', { strategy });
}
