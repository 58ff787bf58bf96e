/**
 * Judges an update from one read of the workload and its pods. Pure: the operation's facts contain the results of
 * earlier reads.
 */
import { failureOf } from '../../model/failure';
import type { Facts } from '../../model/json';
import { progressFacts, SET_ALONE, takenLater } from '../../model/progress';
import type { Workload, WorkloadPod } from '../../model/workload';
import { isObserved } from '../../model/workload-state';
import type { Observation } from '../../operations/operation';
import { differences } from '../configuration';
import { foundAgain } from '../follow/missing';
import { configurationJson, textIn } from '../reading-json';
import { refuse } from '../refusal';
import { type Annotations, configurationIn, differing } from './annotations';
import { changedBy } from './changed-by';
import { counts, heldUp, type PodTrouble, proves, troubleOf, waitingPod } from './pods';
import { refuse as refuseWorkload } from './refusal';
import { isComplete } from './rollout';
import { isOnDelete } from './strategies';

/**
 * Milliseconds after which a request without any effect counts as not arrived: an API server abandons a change after a
 * minute.
 */
const ARRIVES_MS = 2 * 60_000;

/**
 * If a pod stays in trouble, or pods cannot be created, for this many milliseconds, the update has failed. It
 * does not fail at once, since an image or a mount may need time.
 */
const TROUBLE_MS = 60_000;
/**
 * As {@link TROUBLE_MS}, for a pod that waits for a node, a volume or an address: a node may still be added,
 * and a volume is detached from a lost node only after six minutes. Equals the default progress deadline of
 * Deployments.
 */
const HELD_UP_MS = 10 * 60_000;
/** Number of restarts after which a container that always ends is assumed not to recover. */
const HOPELESS_RESTARTS = 5;

/** An update, with the data that {@link judge} needs. */
export interface WorkloadUpdate {
  /** The annotations in the apply that was sent. */
  readonly annotations: Annotations;
  readonly strategy: string;
  readonly before: Before;
  readonly sentAt: number;
  readonly accepted: boolean;
  readonly facts: Facts;
}

/** The workload right before the request. */
export interface Before {
  readonly uid: string;
  readonly generation: number;
  readonly annotations: Annotations;
  /** When a manager other than Slipway last wrote, in epoch milliseconds of the API server's clock. */
  readonly writtenAt: number;
}

export interface Seen {
  readonly workload: Workload;
  readonly pods: readonly WorkloadPod[];
}

/**
 * An update is live if every pod that has not ended, including terminating ones, proves the digest, and the
 * rollout is complete by kubectl's rules; with OnDelete, if every such pod proves the digest and is ready. An
 * update also succeeds if no pod runs that could take the code, or if pods take it only later: the facts then
 * say so. `now`: epoch milliseconds.
 */
export function judge(update: WorkloadUpdate, { workload, pods }: Seen, now: number): Observation {
  const { annotations, before } = update;
  if (workload.uid !== before.uid || workload.deletedAt !== undefined)
    return failedBy(
      refuseWorkload('workload-gone', { workload: workload.name, anew: workload.uid !== before.uid }),
      {},
    );
  if (differing(annotations, workload.annotations).length > 0) return notAsAsked(update, workload, now);
  const counted = pods.filter(counts);
  const proving = counted.filter((pod) => proves(pod, annotations));
  const facts = { ...countedFacts(workload, counted, proving), ...foundAgain(update.facts) };
  if (!isObserved(workload)) return { state: 'going-on', facts };
  if (workload.replicas === 0 && counted.length === 0) return succeeded({ ...facts, ...SET_ALONE });
  const isProved = counted.length >= workload.replicas && proving.length === counted.length;
  if (isOnDelete(workload)) {
    if (isProved && counted.every(({ ready }) => ready)) return succeeded(facts);
    if (update.strategy === 'NO_RESTART') return succeeded({ ...facts, ...takenLater('replaced') });
  } else if (isComplete(workload)) {
    if (isProved) return succeeded(facts);
    if (workload.partition > 0) return succeeded({ ...facts, ...takenLater('partition') });
  }
  // Until its owner resumes it, a paused Deployment creates no pods from the new template, and has no
  // deadline.
  if (workload.paused) return succeeded({ ...facts, ...takenLater('resumed') });
  const silent = withoutProof(update, counted);
  const isOver = isOnDelete(workload) ? isStill(update, workload, counted) : isComplete(workload);
  if (silent.length > 0 && isOver) return unknownBy({ ...facts, why: 'no-proof', silent });
  return stuckOrGoingOn(update, { workload, pods: counted }, facts, now);
}

/**
 * Names of ready pods that have the requested annotations, but do not prove that they have fetched the
 * requested code.
 */
function withoutProof(update: WorkloadUpdate, pods: readonly WorkloadPod[]): readonly string[] {
  return pods
    .filter((pod) => pod.ready && isOfUpdate(pod, update))
    .filter((pod) => !proves(pod, update.annotations))
    .map(({ name }) => name);
}

/**
 * Returns true if all pods exist, none is terminating, and those that have the requested annotations are ready. With
 * OnDelete nothing replaces such a pod any more, and a ready pod has no init container left that could prove the code.
 */
function isStill(update: WorkloadUpdate, { replicas }: Workload, pods: readonly WorkloadPod[]): boolean {
  return (
    pods.length >= replicas &&
    pods.every((pod) => pod.deletedAt === undefined && (pod.ready || !isOfUpdate(pod, update)))
  );
}

function countedFacts(
  { replicas, rollout }: Workload,
  counted: readonly WorkloadPod[],
  proving: readonly WorkloadPod[],
): Facts {
  const ready = proving.filter((pod) => pod.ready && pod.deletedAt === undefined).length;
  return {
    ...progressFacts({ updated: proving.length, ready, desired: replicas }),
    arrived: true,
    pods: counted.length,
    replicas: rollout.replicas,
  };
}

/** Judges a workload whose annotations are not the requested ones. */
function notAsAsked(update: WorkloadUpdate, workload: Workload, now: number): Observation {
  const { annotations, before, accepted, sentAt, facts: earlier } = update;
  const isBefore = differing(before.annotations, workload.annotations).length === 0;
  const managers = changedBy(workload, annotations, before.writtenAt);
  const { dropped } = earlier;
  if (
    Array.isArray(dropped) &&
    JSON.stringify(dropped) === JSON.stringify(differing(annotations, workload.annotations))
  ) {
    const told = { workload: workload.name, annotations: dropped.map(String) };
    return failedBy(refuseWorkload('annotations-dropped', told), {});
  }
  if (isBefore && !accepted && earlier['arrived'] !== true) {
    if (now - sentAt < ARRIVES_MS) return { state: 'going-on', facts: foundAgain(earlier) };
    // Somebody has changed the workload since: perhaps the update arrived and was then undone.
    if (workload.generation !== before.generation) return unknownBy({ why: 'changed-since', managers });
    return failedBy(refuse('never-arrived', { sentAt }), { sentAt });
  }
  if (isBefore) return failedBy(refuse('changed-back', { name: workload.name, managers }), { managers });
  const [expected, found] = [configurationIn(annotations), configurationIn(workload.annotations)];
  const facts = {
    parts: differences(expected, found),
    expected: configurationJson(expected),
    found: configurationJson(found),
  };
  return failedBy(refuse('foreign-change', facts), { ...facts, managers });
}

function stuckOrGoingOn(
  update: WorkloadUpdate,
  { workload, pods }: Seen,
  facts: Facts,
  now: number,
): Observation {
  const { deadlineExceeded, cannotCreate } = workload.rollout;
  const { name } = workload;
  // With OnDelete, an earlier pod in trouble holds nothing up as long as all pods exist.
  const holdsUp =
    workload.kind === 'StatefulSet' && (!isOnDelete(workload) || pods.length < workload.replicas);
  const looked = holdsUp ? pods : pods.filter((pod) => isOfUpdate(pod, update));
  const trouble = first(looked, troubleOf) ?? first(looked, heldUp);
  const since = troubleSince(update.facts, trouble, cannotCreate, now);
  const known = {
    ...facts,
    trouble: trouble === undefined ? null : { ...trouble },
    troubleSince: since ?? null,
    waiting: waitingPod(pods)?.uid ?? null,
  };
  const patience = trouble?.message === undefined ? TROUBLE_MS : HELD_UP_MS;
  const isLong = since !== undefined && now - since >= patience;
  const isHopeless =
    trouble?.reason === 'CrashLoopBackOff' &&
    (trouble.restarts ?? 0) >= HOPELESS_RESTARTS &&
    pods.some((pod) => pod.uid === trouble.uid && isOfUpdate(pod, update));
  if (trouble !== undefined && (isLong || isHopeless || deadlineExceeded !== undefined)) {
    const { uid: _, restarts: __, ...told } = trouble;
    const stuck = workload.kind === 'StatefulSet' && !isOnDelete(workload);
    return failedBy(refuseWorkload('pod-fails', { ...told, stuck }), known);
  }
  if (cannotCreate !== undefined && (isLong || deadlineExceeded !== undefined))
    return failedBy(refuseWorkload('pods-not-made', { workload: name, message: cannotCreate }), known);
  if (deadlineExceeded !== undefined)
    return failedBy(refuseWorkload('rollout-late', { workload: name, message: deadlineExceeded }), known);
  return { state: 'going-on', facts: known };
}

/**
 * The trouble of the oldest pod that is in trouble and not terminating. In a StatefulSet any pod can hold up
 * the rollout, even one with earlier code: https://github.com/kubernetes/kubernetes/issues/67250
 */
function first(
  pods: readonly WorkloadPod[],
  of: (pod: WorkloadPod) => PodTrouble | undefined,
): PodTrouble | undefined {
  return pods
    .filter(({ deletedAt }) => deletedAt === undefined)
    .toSorted((a, b) => a.createdAt - b.createdAt)
    .map(of)
    .find((trouble) => trouble !== undefined);
}

/**
 * Returns true if the pod was made from the new template. The trouble of any other pod does not show that the
 * update fails: it may end when the pod is replaced.
 */
function isOfUpdate(pod: WorkloadPod, { annotations }: WorkloadUpdate): boolean {
  return differing(pod.annotations, annotations).length === 0;
}

/**
 * The time since which the same pod, or the creation of pods, has been in trouble; undefined if neither is.
 * The time starts again if a pod that waited for a node or a volume gets a failing container, or the other
 * way round, and after a read in which a crashing container looks healthy.
 */
function troubleSince(
  earlier: Facts,
  trouble: PodTrouble | undefined,
  cannotCreate: string | undefined,
  now: number,
): number | undefined {
  if (trouble === undefined && cannotCreate === undefined) return undefined;
  const before = earlier['trouble'];
  const since = earlier['troubleSince'];
  const isSame =
    textIn(before, 'uid') === trouble?.uid &&
    (textIn(before, 'message') === undefined) === (trouble?.message === undefined);
  return typeof since === 'number' && isSame ? since : now;
}

function succeeded(facts: Facts): Observation {
  return { state: 'ended', outcome: { state: 'succeeded', facts } };
}

function unknownBy(facts: Facts): Observation {
  return { state: 'ended', outcome: { state: 'unknown', facts: { ...facts, check: 'workload' } } };
}

function failedBy(refusal: Error, facts: Facts): Observation {
  return { state: 'ended', outcome: { state: 'failed', failure: failureOf(refusal), facts } };
}
