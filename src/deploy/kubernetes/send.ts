/** Sends the apply: the API server refuses it where the workload has changed, and what kind of change that was is found out. */
import { failureOf, isKubernetesReason } from '../../model/failure';
import type { KubernetesFailure } from '../../model/kubernetes-failure';
import type { Workload, WorkloadName } from '../../model/workload';
import { driftBetween, refuseDrift } from '../../plan/drift';
import { configurationDrift } from '../drift';
import type { Accepted } from '../ports';
import { configurationIn, differing } from './annotations';
import type { WorkloadPatch, Workloads } from './ports';
import { refuse } from './refusal';

/** How often a status may be written between a look and the request. */
const MOST_TIMES = 8;

/** What a plan rests on of a workload besides its configuration. */
export type WorkloadPart = keyof RestingOn | 'owners';

/** Its uid, and the digest of its pod template. */
interface RestingOn {
  readonly workload: string;
  readonly podTemplate: string;
}

export function restingOn({ uid, template }: Workload): RestingOn & Readonly<Record<string, string>> {
  return { workload: uid, podTemplate: template };
}

/**
 * Nothing was changed where this throws a refusal: `drift`, `workload-gone`, `annotations-owned`, `workload-restless`; nor
 * where the failure was answered. `annotations-dropped`: the request was taken, and did not come through as it was sent.
 * @param seen the workload as it was looked at last
 */
export async function sendApply(
  workloads: Workloads,
  name: WorkloadName,
  patch: WorkloadPatch,
  seen: Workload,
  signal: AbortSignal,
): Promise<Accepted> {
  let { resourceVersion } = seen;
  for (let times = 1; times <= MOST_TIMES; times += 1) {
    try {
      const after = await workloads.apply(name, { ...patch, resourceVersion }, signal);
      return accepted(after, patch);
    } catch (thrown) {
      const failure = failureOf(thrown);
      if (failure.kind !== 'kubernetes') throw thrown;
      if (failure.reason === 'not-found') throw gone(name, false, thrown);
      if (failure.reason !== 'conflict') throw thrown;
      const managers = contesting(failure);
      if (managers.length > 0) throw refuse('annotations-owned', { workload: name.name, managers }, thrown);
      ({ resourceVersion } = await readAgain(workloads, name, seen, signal));
    }
  }
  throw refuse('workload-restless', { workload: name.name, times: MOST_TIMES });
}

/** The workload, of which nothing but its status has changed. @throws refused `drift`, `workload-gone`. */
async function readAgain(
  workloads: Workloads,
  name: WorkloadName,
  seen: Workload,
  signal: AbortSignal,
): Promise<Workload> {
  const now = await workloads.read(name, signal).catch((thrown: unknown) => {
    throw isKubernetesReason(thrown, 'not-found') ? gone(name, false, thrown) : thrown;
  });
  if (now.uid !== seen.uid) throw gone(name, true);
  const [was, is] = [restingOn(seen), restingOn(now)];
  refuseDrift([
    ...configurationDrift(configurationIn(seen.annotations), configurationIn(now.annotations)),
    ...driftBetween(was, is, Object.keys(was)),
  ]);
  return now;
}

function gone({ name }: WorkloadName, anew: boolean, cause?: unknown): Error {
  return refuse('workload-gone', { workload: name, anew }, cause);
}

/** Who owns what would be changed; none where the conflict is about something else. */
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
