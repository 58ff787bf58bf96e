/** Follows updates of node groups to their end, from the facts in the ledger. */
import type { Clock } from '../../model/clock';
import type { EksUpdate } from '../../model/eks';
import { failureOf } from '../../model/failure';
import type { Facts } from '../../model/json';
import type { Follower, Observation, Subject } from '../../operations/operation';
import { VERSION_KIND } from '../apply/apply';
import { CONFIG_KIND } from '../apply/config';
import { updateFacts } from '../apply/send';
import { auditFacts } from '../inside/audit-facts';
import type { AuditReader } from '../inside/audit-reader';
import type { ClusterWatches } from '../inside/cluster-watches';
import { completedFacts, insideFacts, lastHeld } from '../inside/inside-facts';
import type { Eks } from '../ports';
import { stateOf } from '../reading/state';
import { differencesFrom, expectationOf } from './expectation';
import { findUpdate } from './find-update';
import { isAws, notPermitted, type PollContext } from './poll-context';
import { unknownEnd } from './unknown-end';

export interface Following {
  /**
   * The EKS client of a subject's connection, without a rate limit and without retries after temporary
   * failures: the tracker limits the rate of polls and repeats them.
   */
  readonly eks: (subject: Subject) => Eks | Promise<Eks>;
  readonly clock: Clock;
  /**
   * Watches of the clusters' nodes and pods; absent if Slipway does not read the nodes and pods of clusters.
   */
  readonly watches?: ClusterWatches;
  /** Reads refused evictions from the audit log while a cluster cannot be reached. */
  readonly audit?: AuditReader;
}

/** Milliseconds for which the node group may lag behind an update that has ended. */
const LAG = 60_000;

/** Follows updates of version, release and launch template. */
export function versionFollower(following: Following): Follower {
  return lookingInside(followerOf(VERSION_KIND, 'VersionUpdate', following), following);
}

/** Follows changes of update settings. */
export function configFollower(following: Following): Follower {
  return followerOf(CONFIG_KIND, 'ConfigUpdate', following);
}

/** The kind for any other update that EKS lists for a node group. Slipway starts none of these. */
export const OTHER_KIND = 'nodegroup-other';

/** Follows updates of types that Slipway itself never starts. */
export function otherFollower(following: Following): Follower {
  return lookingInside(followerOf(OTHER_KIND, undefined, following), following);
}

/** The kind of operation under which Slipway follows an update that it did not start. */
export function kindOfUpdate(update: EksUpdate): string {
  switch (update.type) {
    case 'VersionUpdate':
    case 'VersionRollback':
      return VERSION_KIND;
    case 'ConfigUpdate':
      return CONFIG_KIND;
    default:
      return OTHER_KIND;
  }
}

function isEvictionFailure(observation: Observation): boolean {
  if (observation.state !== 'ended') return false;
  const { errors } = observation.outcome.facts ?? {};
  return Array.isArray(errors) && JSON.stringify(errors).includes('"PodEvictionFailure"');
}

/**
 * Adds facts about the cluster's nodes and pods to EKS's answer. Only EKS's answer decides how the update
 * ends. If a drain failed before the watch is open, the poll waits some seconds for the first lists of nodes
 * and pods.
 */
function lookingInside(follower: Follower, { watches, audit, clock }: Following): Follower {
  if (!watches) return follower;
  return {
    ...follower,
    poll: async (operation, signal, nextRequest) => {
      const { subject } = operation;
      const before = watches.seen(subject);
      const observation = await follower.poll(operation, signal, nextRequest);
      // If the update failed while no window followed it, nothing is recorded about the pods that held it up,
      // but they can still be seen.
      const isUnexplained = isEvictionFailure(observation) && lastHeld(operation.facts) === undefined;
      const seen = isUnexplained ? await watches.firstSeen(subject, signal) : before;
      const now = clock.now();
      const audited = seen.problem && (await audit?.read(operation, now, signal, nextRequest));
      const facts = { ...insideFacts(operation, seen, now), ...auditFacts(audited) };
      if (observation.state === 'going-on') {
        return { ...observation, facts: { ...observation.facts, ...facts } };
      }
      watches.end(subject);
      audit?.forget(operation);
      const { outcome } = observation;
      const all = { ...operation.facts, ...facts };
      const completed = outcome.state === 'succeeded' ? completedFacts(all) : {};
      return { ...observation, outcome: { ...outcome, facts: { ...outcome.facts, ...facts, ...completed } } };
    },
  };
}

/**
 * @param updateType EKS's type of the updates that this kind of operation starts; it helps to find the update
 * of a request whose answer was lost.
 */
function followerOf(kind: string, updateType: string | undefined, { eks, clock }: Following): Follower {
  return {
    kind,
    service: 'eks',
    poll: async (operation, signal, nextRequest = async () => undefined) => {
      const [cluster, nodegroup] = operation.subject.path;
      if (cluster === undefined || nodegroup === undefined)
        return unknownEnd({ code: 'update-not-found', facts: {} });
      const look = {
        eks: await eks(operation.subject),
        operation,
        cluster,
        nodegroup,
        now: clock.now(),
        signal,
        nextRequest,
      };
      const id = operation.facts['updateId'];
      if (typeof id === 'string') return observe(look, id);
      return updateType === undefined
        ? unknownEnd({ code: 'update-not-found', facts: {} })
        : findUpdate(look, updateType);
    },
  };
}

async function observe(look: PollContext, id: string): Promise<Observation> {
  const { eks, cluster, nodegroup, signal } = look;
  let update: EksUpdate;
  try {
    update = await eks.describeUpdate(cluster, nodegroup, id, signal);
  } catch (thrown) {
    const failure = failureOf(thrown);
    if (isAws(failure, 'access-denied')) return notPermitted(failure, { updateId: id });
    if (isAws(failure, 'not-found'))
      return unknownEnd({ code: 'update-not-found', facts: {} }, { updateId: id });
    throw thrown;
  }
  const facts = updateFacts(update);
  switch (update.status) {
    case 'Failed':
      return { state: 'ended', outcome: { state: 'failed', facts } };
    case 'Cancelled':
      return { state: 'ended', outcome: { state: 'cancelled-by-aws', facts } };
    case 'Successful':
      return verified(look, facts);
    default:
      return { state: 'going-on', facts };
  }
}

/**
 * The observation of an update that EKS reports as successful. The operation ends as `succeeded` only when
 * the node group itself shows the result; if it does not within {@link LAG}, the operation ends as
 * `unknown`.
 */
async function verified(look: PollContext, facts: Facts): Promise<Observation> {
  const { eks, operation, cluster, nodegroup, now, signal } = look;
  await look.nextRequest();
  let shown: ReturnType<typeof stateOf>;
  try {
    shown = stateOf(await eks.describeNodegroup(cluster, nodegroup, signal));
  } catch (thrown) {
    const failure = failureOf(thrown);
    if (isAws(failure, 'access-denied')) return notPermitted(failure, facts);
    if (isAws(failure, 'not-found')) return unknownEnd({ code: 'node-group-gone', facts: {} }, facts);
    throw thrown;
  }
  const differences = differencesFrom(expectationOf(operation), shown);
  const seen = { ...facts, shown: { ...shown } };
  if (differences.length === 0) return { state: 'ended', outcome: { state: 'succeeded', facts: seen } };
  const before = operation.facts['differsSince'];
  const since = typeof before === 'number' ? before : now;
  if (now - since < LAG) return { state: 'going-on', facts: { ...seen, differsSince: since } };
  const shownFacts = { ...seen, differences: differences.map((one) => ({ ...one })) };
  return unknownEnd({ code: 'node-group-differs', facts: {} }, shownFacts);
}
