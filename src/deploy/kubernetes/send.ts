/** Sends the apply. Where the API server refuses it because the workload has changed, finds out what has changed. */

import type { Clock } from '../../model/clock';
import { failureOf, isKubernetesReason } from '../../model/failure';
import type { KubernetesFailure } from '../../model/kubernetes-failure';
import { backOff } from '../../model/waiting';
import type { Workload, WorkloadName } from '../../model/workload';
import { driftBetween, refuseDrift } from '../../plan/drift';
import { configurationDrift } from '../drift';
import type { Accepted } from '../ports';
import { configurationIn, differing } from './annotations';
import { SLIPWAY } from './changed-by';
import { otherOwners } from './next-annotations';
import type { WorkloadPatch, Workloads } from './ports';
import { refuse } from './refusal';

/**
 * The apply is tried at most this many times. Since it names the version that was last read, another try is
 * necessary whenever the workload's status was written between that read and the apply.
 */
const MOST_TIMES = 8;
/**
 * The most times that the apply is sent again after a lost answer, and the base, in milliseconds, of the
 * random wait before each of these tries.
 */
const MOST_LOST = 2;
const LOST_MS = 500;

/** The parts of a workload, other than the configuration, that a plan rests on. */
export type WorkloadPart = keyof RestingOn;

/** Each part is a text, since the user is shown a part that has drifted. */
interface RestingOn {
  /** The uid. */
  readonly workload: string;
  /** The digest of the pod template. */
  readonly podTemplate: string;
  /**
   * The managers other than Slipway that own any of Slipway's annotations, joined with `, `; `slipway` if
   * there are none. The user has to agree to each of these managers.
   */
  readonly owners: string;
}

export function restingOn(workload: Workload): RestingOn & Readonly<Record<string, string>> {
  const { uid, template } = workload;
  return { workload: uid, podTemplate: template, owners: otherOwners(workload).join(', ') || SLIPWAY };
}

/**
 * Sends the apply. If the workload has changed since the last read, but in no part that the plan rests on, the
 * apply is tried again. After a lost answer, the workload is read; if it does not show the update, the
 * request is sent again. The resourceVersion lets at most one of the requests take effect. If this throws
 * the refusal `drift`, `workload-gone`, `annotations-owned` or `workload-restless`, or a failure that the
 * API server answered with another reason than `server`, nothing was changed. If admission changed
 * annotations, the request counts as accepted, and the fact `dropped` names them.
 * @param seen the workload as it was last read
 */
export async function sendApply(
  workloads: Workloads,
  name: WorkloadName,
  patch: WorkloadPatch,
  seen: Workload,
  clock: Clock,
  signal: AbortSignal,
): Promise<Accepted> {
  let now = seen;
  const lost: unknown[] = [];
  try {
    for (let times = 1; times <= MOST_TIMES; times += 1) {
      try {
        const { resourceVersion } = now;
        return accepted(await workloads.apply(name, { ...patch, resourceVersion }, signal), patch);
      } catch (thrown) {
        if (isLost(thrown)) {
          lost.push(thrown);
          if (lost.length > MOST_LOST) throw thrown;
          await clock.sleep(backOff(LOST_MS, lost.length), signal);
        } else refuseAnswered(thrown, name);
      }
      now = await workloads.read(name, signal).catch((thrown: unknown) => {
        throw isKubernetesReason(thrown, 'not-found') ? gone(name, false, thrown) : thrown;
      });
      if (
        lost.length > 0 &&
        now.uid === seen.uid &&
        differing(patch.annotations, now.annotations).length === 0
      )
        return accepted(now, patch);
      refuseOther(now, name, seen);
    }
  } catch (thrown) {
    // Whatever later answers say, the request whose answer was lost may have been carried out.
    throw lost[0] ?? thrown;
  }
  throw lost[0] ?? refuse('workload-restless', { workload: name.name, times: MOST_TIMES });
}

/** Returns true if the request may have been carried out: no answer was read, or the API server failed. */
function isLost(thrown: unknown): boolean {
  const failure = failureOf(thrown);
  return failure.kind === 'kubernetes' && (!failure.answered || failure.reason === 'server');
}

/** @throws the failure or a refusal, unless the answer means only that the workload has changed */
function refuseAnswered(thrown: unknown, name: WorkloadName): void {
  const failure = failureOf(thrown);
  if (failure.kind !== 'kubernetes') throw thrown;
  if (failure.reason === 'not-found') throw gone(name, false, thrown);
  if (failure.reason !== 'conflict') throw thrown;
  const managers = contesting(failure);
  if (managers.length > 0) throw refuse('annotations-owned', { workload: name.name, managers }, thrown);
}

/**
 * @throws refused `drift` if a part that the plan rests on has changed, and `workload-gone` if the name now
 * belongs to another workload
 */
function refuseOther(now: Workload, name: WorkloadName, seen: Workload): void {
  if (now.uid !== seen.uid) throw gone(name, true);
  const [was, is] = [restingOn(seen), restingOn(now)];
  refuseDrift([
    ...configurationDrift(configurationIn(seen.annotations), configurationIn(now.annotations)),
    ...driftBetween(was, is, Object.keys(was)),
  ]);
}

function gone({ name }: WorkloadName, anew: boolean, cause?: unknown): Error {
  return refuse('workload-gone', { workload: name, anew }, cause);
}

/** The managers that own the contested fields; empty if the conflict is not about the ownership of fields. */
function contesting({ causes = [] }: KubernetesFailure): readonly string[] {
  const managers = causes
    .filter(({ reason }) => reason === 'FieldManagerConflict')
    .map(({ message }) => /^conflict with "([^"]*)"/.exec(message)?.[1] ?? message);
  return [...new Set(managers)];
}

function accepted({ annotations, generation, resourceVersion }: Workload, patch: WorkloadPatch): Accepted {
  const dropped = differing(patch.annotations, annotations);
  return { facts: { generation, resourceVersion, ...(dropped.length > 0 && { dropped }) } };
}
