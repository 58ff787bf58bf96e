/**
 * What there is to see of the pod because of which a deployment failed: its events and the last lines of the container. It
 * is read for whoever looks, and kept nowhere: a pod's log may hold anything.
 */
import type { ObjectRef, WorkloadsOf } from '../../deploy/kubernetes/ports';
import { memberOf, textIn } from '../../deploy/reading-json';
import { connectionFromId } from '../../model/connection';
import { orNotRead } from '../../model/failure';
import type { Json } from '../../model/json';
import type { Operation } from '../../operations/operation';
import type { FailingPodSeen } from '../../view/pages/operations/failing-pod';
import type { DeployDeps } from './deploy';

/** The last lines of a log. */
const LINES = 20;

/** A pod as the end of its operation tells it. */
export interface FailingPod {
  readonly ref: ObjectRef;
  readonly cluster: string;
  /** Absent where the trouble is about no single container. */
  readonly container?: string;
}

/** Undefined where no pod is why the operation failed. */
export function failingPod({ outcome, subject }: Operation): FailingPod | undefined {
  const failure = outcome?.failure;
  if (failure?.kind !== 'refused' || failure.code !== 'pod-fails') return undefined;
  const trouble = memberOf({ ...outcome?.facts } satisfies Json, 'trouble');
  const [name, uid] = [textIn(trouble, 'pod'), textIn(trouble, 'uid')];
  const [cluster, namespace] = subject.path;
  if (name === undefined || uid === undefined || cluster === undefined || namespace === undefined)
    return undefined;
  const container = textIn(trouble, 'container');
  return { ref: { namespace, name, uid }, cluster, ...(container !== undefined && { container }) };
}

/** What could not be read is told as such. Undefined where no pod is why it failed. @throws when `signal` aborts. */
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
  return { pod: ref, ...(container !== undefined && { container }), events, ...(lines && { lines }) };
}
