/**
 * Judges a code update from one read of the cluster. Pure: the operation's facts contain the results of
 * earlier reads.
 */

import type { CodeConfiguration } from '../../model/code';
import { failureOf } from '../../model/failure';
import type { Facts } from '../../model/json';
import type { KdbCluster } from '../../model/kdb';
import type { Observation } from '../../operations/operation';
import { contradicts, missedBy } from '../configuration';
import { foundAgain } from '../follow/missing';
import type { FollowedUpdate } from '../port/followed-update';
import { configurationJson } from '../reading-json';
import { refuse } from '../refusal';
import { refuse as refuseCluster } from './refusal';

/** Lifetime of a client token in milliseconds. A request that has had no effect by then has not arrived. */
export const TOKEN_LIFE_MS = 10 * 60_000;

/**
 * Milliseconds within which an accepted update becomes visible: FinSpace sets UPDATING when it answers the
 * request, and in AWS's samples this status lasts 11 to 13 minutes. If nothing is visible by then, the
 * request may have been accepted by something other than AWS.
 */
export const UNSEEN_MS = 30 * 60_000;

/** The cluster right before the request. */
interface ClusterBefore {
  readonly configuration: CodeConfiguration;
  readonly statusReason?: string;
  /** Epoch milliseconds. */
  readonly modifiedAt?: number;
}

/** A code update that was sent to a cluster. Its facts are those that {@link judge} returned for the reads so far. */
export interface ClusterUpdate extends Omit<FollowedUpdate, 'before' | 'further' | 'input' | 'strategy'> {
  readonly before: ClusterBefore;
}

/**
 * An update is live if the cluster is RUNNING without a new status reason, the answer shows the requested
 * configuration (an endpoint may leave members out), and one of two observations proves the update: the
 * status UPDATING was seen, or the cluster's time of last modification is later than it was before the
 * request, and the same in two reads. RUNNING alone proves nothing: the first read may come before the update
 * begins. `now`: epoch milliseconds.
 */
export function judge(update: ClusterUpdate, cluster: KdbCluster, now: number): Observation {
  const { expected, before } = update;
  const look = looked(update, cluster);
  const { facts } = look;
  if (cluster.phase === 'failed' || cluster.phase === 'gone' || cluster.status === 'DELETING') {
    return failedBy(refuseCluster('cluster-gone', facts), facts);
  }
  const found = cluster.configuration;
  const mayBeExpected = contradicts(expected, found, before.configuration).length === 0;
  const isBefore = contradicts(before.configuration, found).length === 0;
  // The answer leaves out too much to distinguish the new configuration from the earlier one.
  const isOpen = mayBeExpected && isBefore && missedBy(expected, found).length > 0;
  const isExpected = mayBeExpected && !isOpen;
  if (!mayBeExpected && !isBefore) {
    const foreign = foreignFacts(update, cluster);
    return failedBy(refuse('foreign-change', foreign), foreign);
  }
  if (cluster.status !== 'RUNNING') return { state: 'going-on', facts };

  if (look.hasNewReason) return failedBy(refuse('update-failed', facts), facts);
  const hasMoved = look.updatingSeen || (look.isLater && look.isStable);
  if (isExpected && hasMoved) return { state: 'ended', outcome: { state: 'succeeded', facts } };
  if (isOpen && hasMoved && look.isStable) return unknown({ ...facts, why: 'untold' });
  // The update counts as failed only after two reads with the same status and time of modification: the status
  // may change before the configuration does.
  if (!isExpected && !isOpen && look.updatingSeen && look.isStable)
    return failedBy(refuse('update-failed', facts), facts);
  if (now - update.sentAt < TOKEN_LIFE_MS) return { state: 'going-on', facts };
  // The previous read showed another status or time of modification: the next read shows whether the state is
  // stable.
  const isOneLook = look.isLater && !look.isStable;
  if (isOneLook && (mayBeExpected || update.accepted)) return { state: 'going-on', facts };
  return judgedLate(update, look, now);
}

/**
 * Judges a read whose answer does not have FinSpace's form and so proves nothing. If UPDATING was not seen
 * within `UNSEEN_MS` after the request, the update ends as unknown. Returns undefined while the update has to
 * be followed further. `now`: epoch milliseconds.
 */
export function judgeUnreadable({ sentAt, facts }: ClusterUpdate, now: number): Observation | undefined {
  const isLost = facts['updatingSeen'] !== true && now - sentAt >= UNSEEN_MS;
  return isLost ? unknown({ ...facts, why: 'unreadable' }) : undefined;
}

/**
 * Judges a cluster that is RUNNING after the time within which the request could still arrive, if its reads
 * have not decided the update.
 */
function judgedLate({ accepted, sentAt }: ClusterUpdate, look: Look, now: number): Observation {
  const { facts, isLater, isStable } = look;
  if (accepted) {
    // The cluster was modified, but does not have the requested configuration: AWS has undone the update.
    if (isLater && isStable) return failedBy(refuse('update-failed', facts), facts);
    // If UPDATING was seen, a later read decides; if not, the update may still become visible until `UNSEEN_MS`.
    const mayShow = look.updatingSeen || now - sentAt < UNSEEN_MS;
    return mayShow ? { state: 'going-on', facts } : unknown({ ...facts, why: 'never-seen' });
  }
  if (look.isUntouched) {
    const late = { ...facts, sentAt };
    return failedBy(refuse('never-arrived', late), late);
  }
  return unknown(facts);
}

function unknown(facts: Facts): Observation {
  return { state: 'ended', outcome: { state: 'unknown', facts: { ...facts, check: 'cluster' } } };
}

interface Look {
  readonly facts: Facts & { readonly status: string; readonly statusReason: string | null };
  readonly updatingSeen: boolean;
  /** The time of last modification is later than before the request; false if either time is unknown. */
  readonly isLater: boolean;
  /** The time of last modification is the same as before the request; false if either time is unknown. */
  readonly isUntouched: boolean;
  /** Status and time of the last modification, known or not, are the same as in the previous read. */
  readonly isStable: boolean;
  readonly hasNewReason: boolean;
}

function looked({ before, facts: earlier }: ClusterUpdate, cluster: KdbCluster): Look {
  const { status, statusReason, modifiedAt } = cluster;
  const updatingSeen = earlier['updatingSeen'] === true || status === 'UPDATING';
  const reasonCleared = earlier['reasonCleared'] === true || statusReason === undefined;
  const bothKnown = modifiedAt !== undefined && before.modifiedAt !== undefined;
  // Null and not absent: an absent member would keep the fact of an earlier read.
  const facts = {
    status,
    statusReason: statusReason ?? null,
    modifiedAt: modifiedAt ?? null,
    updatingSeen,
    reasonCleared,
    ...foundAgain(earlier),
  };
  return {
    facts,
    updatingSeen,
    isLater: bothKnown && modifiedAt > before.modifiedAt,
    isUntouched: bothKnown && modifiedAt === before.modifiedAt,
    isStable: earlier['status'] === status && earlier['modifiedAt'] === facts.modifiedAt,
    hasNewReason:
      statusReason !== undefined &&
      (statusReason !== before.statusReason || earlier['reasonCleared'] === true),
  };
}

function foreignFacts({ expected, before, accepted }: ClusterUpdate, { configuration }: KdbCluster) {
  return {
    parts: contradicts(expected, configuration, before.configuration),
    expected: configurationJson(expected),
    found: configurationJson(configuration),
    accepted,
  };
}

function failedBy(refusal: Error, facts: Facts): Observation {
  return { state: 'ended', outcome: { state: 'failed', failure: failureOf(refusal), facts } };
}
