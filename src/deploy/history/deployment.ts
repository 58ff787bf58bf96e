/** Deployments to a target, read from the ledger or from records in buckets. */
import type { CodeConfiguration } from '../../model/code';
import { timeOfId } from '../../operations/ids';
import type { OperationState } from '../../operations/operation';
import type { GitState } from '../checks/content';
import { type ConfigurationWithCode, contradicts } from '../configuration';

export interface Deployment {
  readonly operationId: string;
  /** Epoch milliseconds of the request, or of the record if only the record is known. */
  readonly at: number;
  /** The whole configuration that the deployment asked for. */
  readonly configuration: ConfigurationWithCode;
  /**
   * The configuration before the deployment; absent if only a record of an earlier version of Slipway is
   * known.
   */
  readonly before?: CodeConfiguration;
  readonly strategy: string;
  /**
   * How the deployment ended; `unrecorded` if only a record in the bucket names the deployment, since records
   * do not say how it ended.
   */
  readonly outcome: OperationState | 'unrecorded';
  /** ARN of the caller. */
  readonly author?: string;
  readonly digest?: string;
  readonly git?: GitState;
  /** Id of the earlier operation whose configuration this deployment restored or repeated. */
  readonly origin?: string;
  /** True if the deployment restores an earlier configuration. */
  readonly rollsBack?: true;
  readonly target?: string;
}

/**
 * Both lists as one, newest first. A deployment that is in both is taken from the ledger, since the ledger
 * also says how the deployment ended.
 * @param neverSent ids of operations that have sent no request: a record that such an operation wrote does
 * not count
 */
export function mergeDeployments(
  ledger: readonly Deployment[],
  bucket: readonly Deployment[],
  neverSent: readonly string[] = [],
): readonly Deployment[] {
  const known = new Set([...ledger.map(({ operationId }) => operationId), ...neverSent]);
  const others = bucket.filter(({ operationId }) => !known.has(operationId));
  return [...ledger, ...others].sort((a, b) => begunAt(b) - begunAt(a));
}

/** The time in the id if it has one: ids of one machine increase even if its clock was set back. */
function begunAt({ operationId, at }: Deployment): number {
  return timeOfId(operationId) ?? at;
}

/** A configuration that Slipway had not deployed and that a deployment replaced: it can be restored as well. */
export interface Replaced {
  readonly configuration: ConfigurationWithCode;
  /** The newest deployment that replaced the configuration. */
  readonly by: Deployment;
}

/**
 * The configurations that these deployments replaced and that none of these deployments had itself deployed.
 * Each is returned once, in the order of the deployments.
 */
export function replacedBy(deployments: readonly Deployment[]): readonly Replaced[] {
  const found: Replaced[] = [];
  for (const by of deployments) {
    if (by.before?.code === undefined) continue;
    const configuration = { ...by.before, code: by.before.code };
    const isKnown = [...deployments, ...found].some(
      (one) => contradicts(one.configuration, configuration).length === 0,
    );
    if (!isKnown) found.push({ configuration, by });
  }
  return found;
}
