/** Deployments to a target, as the ledger or records in buckets have them. */
import type { CodeConfiguration } from '../../model/code';
import { timeOfId } from '../../operations/ids';
import type { OperationState } from '../../operations/operation';
import type { GitState } from '../checks/content';
import { type ConfigurationWithCode, contradicts } from '../configuration';

export interface Deployment {
  readonly operationId: string;
  /** Epoch milliseconds: of the request, or of the record where only that is known. */
  readonly at: number;
  /** The whole configuration that the deployment asked for. */
  readonly configuration: ConfigurationWithCode;
  /** The configuration before it; absent where only a record of an earlier Slipway is known. */
  readonly before?: CodeConfiguration;
  readonly strategy: string;
  /** How it ended; `unrecorded`: only known from the bucket, which does not say. */
  readonly outcome: OperationState | 'unrecorded';
  /** ARN of the caller. */
  readonly author?: string;
  readonly digest?: string;
  readonly git?: GitState;
  /** The operation whose configuration it brought back. */
  readonly origin?: string;
  /** Brings an earlier configuration back. */
  readonly rollsBack?: true;
  readonly target?: string;
}

/**
 * Newest first, each once: the ledger's, which has the end, replaces the bucket's. @param neverSent operations that
 * ended after their record was written and before their request.
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

/** The time in the id: ids of one machine go on rising even where its clock was set back. */
function begunAt({ operationId, at }: Deployment): number {
  return timeOfId(operationId) ?? at;
}

/** A configuration that a deployment replaced and that Slipway had not deployed: it can be brought back, too. */
export interface Replaced {
  readonly configuration: ConfigurationWithCode;
  /** The newest deployment that replaced it. */
  readonly by: Deployment;
}

/** The configurations that these deployments replaced and that none of them had deployed; each once, in their order. */
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
