/**
 * Reads the events and the last log lines of the pod that made a deployment fail. They are read for the
 * page of the deployment and never stored, since a pod's log may contain anything.
 */

import type { ObjectRef, WorkloadsOf } from '../../deploy/kubernetes/ports';
import { memberOf, textIn } from '../../deploy/reading-json';
import { connectionFromId } from '../../model/connection';
import { orNotRead } from '../../model/failure';
import type { Json } from '../../model/json';
import { present } from '../../model/present';
import type { Operation } from '../../operations/operation';
import type { FailingPodSeen } from '../../view/pages/operations/failing-pod';
import type { DeployDeps } from './deploy';

/** Number of last lines of a log that are read. */
const LINES = 20;

/** The pod that made an operation fail, as the operation's outcome names it. */
export interface FailingPod {
  readonly ref: ObjectRef;
  readonly cluster: string;
  /** Absent where the pod's trouble is not about one container. */
  readonly container?: string;
}

/** The pod that made the operation fail; undefined if the operation's outcome names none. */
export function failingPod({ outcome, subject }: Operation): FailingPod | undefined {
  const failure = outcome?.failure;
  if (failure?.kind !== 'refused' || failure.code !== 'pod-fails') return undefined;
  const trouble = memberOf({ ...outcome?.facts } satisfies Json, 'trouble');
  const [name, uid] = [textIn(trouble, 'pod'), textIn(trouble, 'uid')];
  const [cluster, namespace] = subject.path;
  if (name === undefined || uid === undefined || cluster === undefined || namespace === undefined)
    return undefined;
  const container = textIn(trouble, 'container');
  return { ref: { namespace, name, uid }, cluster, ...present({ container }) };
}

/**
 * Reads the events and the last log lines of the pod; no lines if the trouble is not about one container.
 * If either cannot be read, the result has the reason in its place. Undefined as for {@link failingPod},
 * and if the operation's connection is not known.
 * @throws when `signal` aborts
 */
export async function readFailingPod(
  operation: Operation,
  { ports }: Pick<DeployDeps, 'ports'>,
  signal: AbortSignal,
): Promise<FailingPodSeen | undefined> {
  const failing = failingPod(operation);
  const connection = connectionFromId(operation.subject.connectionId);
  if (failing === undefined || connection === undefined) return undefined;
  const { ref, cluster, container } = failing;
  const asked = async <T>(ask: (workloads: ReturnType<WorkloadsOf>) => Promise<T>) =>
    await orNotRead(async () => await ask((await ports(connection)).workloads(cluster)));
  const [events, lines] = await Promise.all([
    asked((workloads) => workloads.events(ref, signal)),
    container === undefined
      ? undefined
      : asked(async (workloads) => ({ text: await workloads.lastLines(ref, container, LINES, signal) })),
  ]);
  return { pod: ref, ...present({ container }), events, ...present({ lines }) };
}
