/** Checks of what takes the code: the service, the account, the environment, the cluster, the strategy. */
import type { Connection, Identity } from '../../model/connection';
import type { CodeConfiguration, DeploymentStrategy, KdbCluster, KdbEnvironment } from '../../model/kdb';
import { contradicts, differences } from '../configuration';
import { factsOf, type Known } from '../known';
import type { LastDeployment } from '../plan/input';
import { configurationJson } from '../reading-json';
import { clusterBreach, environmentBreach, strategyBreach } from '../rules/strategy';
import { type Check, check } from './check';

/**
 * AWS gives no access to Managed kdb Insights after October 7, 2026.
 * @see https://docs.aws.amazon.com/finspace/latest/userguide/amazon-finspace-end-of-support.html
 */
const SERVICE_ENDS = Date.UTC(2026, 9, 8);

/** `now`: epoch milliseconds. The sandbox lives on. */
export function serviceEndCheck({ source }: Connection, now: number): Check {
  if (source.kind === 'sandbox') return check('service-end', 'not-concerned');
  return check('service-end', now < SERVICE_ENDS ? 'ends' : 'ended', { date: SERVICE_ENDS });
}

/** The pinned account beside the one that the credentials belong to. */
export function accountCheck(pinned: string | undefined, { accountId, arn }: Identity): Check {
  if (pinned === undefined) return check('account', 'not-pinned', { account: accountId, arn });
  return check('account', pinned === accountId ? 'pinned' : 'other', { pinned, account: accountId, arn });
}

/** Code is taken only while the environment is CREATED. */
export function environmentCheck(environment: Known<KdbEnvironment>): Check {
  if (!environment.known) return check('environment', 'unknown', factsOf(environment.failure));
  const breach = environmentBreach(environment.value);
  return breach === undefined
    ? check('environment', 'ready')
    : check('environment', 'not-ready', breach.facts);
}

/** Code is taken only while the cluster is RUNNING. */
export function clusterCheck(cluster: KdbCluster): Check {
  const breach = clusterBreach(cluster);
  return breach === undefined ? check('cluster', 'ready') : check('cluster', 'not-ready', breach.facts);
}

/** Whether there is anything to go back to. */
export function firstCodeCheck({ code }: CodeConfiguration): Check {
  return check('first-code', code === undefined ? 'no-code' : 'has-code');
}

/**
 * Compares the cluster with what Slipway left there. `accepted`: a configuration that the user has seen and agreed to
 * replace.
 */
export function driftCheck(
  current: CodeConfiguration,
  last: LastDeployment | undefined,
  accepted: CodeConfiguration | undefined,
): Check {
  if (last === undefined) return check('drift', 'never-deployed');
  const parts = contradicts(last.configuration, current);
  if (parts.length === 0) return check('drift', 'as-left');
  const agreed = accepted !== undefined && differences(accepted, current).length === 0;
  return check('drift', agreed ? 'accepted' : 'changed', {
    parts,
    operation: last.operationId,
    at: last.at,
    left: configurationJson(last.configuration),
    found: configurationJson(current),
  });
}

/** FORCE is possible everywhere, and never without a warning. */
export function strategyCheck(strategy: DeploymentStrategy, { type }: KdbCluster): Check {
  const breach = strategyBreach(strategy, type);
  if (breach !== undefined) return check('strategy', 'not-for-type', breach.facts);
  return check('strategy', strategy === 'FORCE' ? 'force' : 'fits', { strategy, type });
}

/** Which parts NO_RESTART would leave as they are although something else was chosen. */
export function noRestartCheck(current: CodeConfiguration, wanted: CodeConfiguration): Check {
  const parts = differences(current, wanted).filter((part) => part !== 'code');
  return parts.length === 0
    ? check('no-restart', 'nothing-lost')
    : check('no-restart', 'would-keep', {
        parts,
        now: configurationJson(current),
        wanted: configurationJson(wanted),
      });
}

/** NO_RESTART where it is possible and loses nothing of what is wanted, else ROLLING. */
export function automaticStrategy(
  { type, configuration }: KdbCluster,
  wanted: CodeConfiguration,
): DeploymentStrategy {
  const possible = configuration.code !== undefined && strategyBreach('NO_RESTART', type) === undefined;
  const loses = differences(configuration, wanted).some((part) => part !== 'code');
  return possible && !loses ? 'NO_RESTART' : 'ROLLING';
}
