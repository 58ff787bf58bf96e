/** The cluster read once more, on the wire, right before the request: the guard against changes of others. */
import type { CodeConfiguration, KdbCluster } from '../../model/kdb';
import type { Operation } from '../../operations/operation';
import { differences } from '../configuration';
import { configurationIn, configurationJson, memberOf, numberIn, textIn } from '../reading-json';
import { refuse } from '../refusal';
import { clusterBreach } from '../rules/strategy';
import type { ApplyRun } from './context';

const STEP = 'looked';

/**
 * FinSpace has no conditional update: a change after this look is found by following, not prevented. Resolves with
 * the time at which it was asked for, epoch milliseconds.
 * @throws refused `drift`, `cluster-not-ready`.
 */
export async function lookOnceMore({ ports, plan, clock, signal, report, note }: ApplyRun): Promise<number> {
  report({ step: 'looking' });
  const askedAt = clock.now();
  const cluster = await ports.finspace.getCluster(plan.environmentId, plan.clusterName, signal);
  note(STEP, factsOf(cluster));
  const parts = differences(plan.current.configuration, cluster.configuration);
  if (parts.length > 0) {
    throw refuse('drift', {
      parts,
      planned: configurationJson(plan.current.configuration),
      found: configurationJson(cluster.configuration),
    });
  }
  const breach = clusterBreach(cluster);
  if (breach !== undefined) throw refuse('cluster-not-ready', { ...breach.facts });
  return askedAt;
}

/** The cluster as it was right before the request. */
export interface LastLook {
  readonly configuration: CodeConfiguration;
  readonly statusReason?: string;
  /** Epoch milliseconds. */
  readonly modifiedAt?: number;
}

function factsOf({ status, statusReason, modifiedAt, configuration }: KdbCluster) {
  return { status, statusReason, modifiedAt, configuration: configurationJson(configuration) };
}

/** The last look as the operation's steps tell it. */
export function lastLookOf({ steps }: Operation): LastLook | undefined {
  const facts = steps.findLast(({ name }) => name === STEP)?.facts;
  const data = facts && { ...facts };
  const configuration = configurationIn(memberOf(data, 'configuration'));
  const [statusReason, modifiedAt] = [textIn(data, 'statusReason'), numberIn(data, 'modifiedAt')];
  return (
    configuration && {
      configuration,
      ...(statusReason !== undefined && { statusReason }),
      ...(modifiedAt !== undefined && { modifiedAt }),
    }
  );
}
