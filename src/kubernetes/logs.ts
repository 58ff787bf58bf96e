/** Reads and follows the logs of pods. */

import type { LogAnswer, LogQuery, PodRef } from '../drain/ports';
import { failureOf, isKubernetesReason } from '../model/failure';
import { present } from '../model/present';
import { flag, list, maybe, members, text, word } from '../model/shape';
import { type Metadata, metadata, type ObjectReader, readObject } from './answers/object';
import { readBody, textOf } from './body';
import type { ClusterCaller } from './cluster-caller';
import { type Asked, type Place, RESOURCES } from './request';

/** The maximum number of bytes of one read: a pod may write lines of any length. */
const LARGEST_LOG = 1024 * 1024;

interface ContainerStatus {
  readonly name: string;
  /** For a sidecar: true once the containers after it may start. */
  readonly started?: boolean | null;
  readonly state?: Readonly<Record<string, unknown>> | null;
}

interface LoggingPod {
  readonly uid: string;
  readonly initContainers: readonly ContainerStatus[];
  readonly containers: readonly ContainerStatus[];
  /** Names of the init containers that run as long as the pod. */
  readonly sidecars: ReadonlySet<string>;
}

interface PodObject {
  readonly metadata: Metadata;
  readonly spec?: {
    readonly initContainers?:
      | readonly { readonly name: string; readonly restartPolicy?: string | null }[]
      | null;
  } | null;
  readonly status?: {
    readonly initContainerStatuses?: readonly ContainerStatus[] | null;
    readonly containerStatuses?: readonly ContainerStatus[] | null;
  };
}

const statuses = maybe(list(members({ name: word, started: maybe(flag), state: maybe(members({})) })));

const loggingPod: ObjectReader<LoggingPod> = {
  shape: members({
    metadata,
    spec: maybe(
      members({ initContainers: maybe(list(members({ name: word, restartPolicy: maybe(text) }))) }),
    ),
    status: maybe(members({ initContainerStatuses: statuses, containerStatuses: statuses })),
  }),
  read: ({ metadata: { uid }, spec, status }: PodObject) => ({
    uid,
    initContainers: status?.initContainerStatuses ?? [],
    containers: status?.containerStatuses ?? [],
    sidecars: new Set(
      (spec?.initContainers ?? [])
        .filter(({ restartPolicy }) => restartPolicy === 'Always')
        .map(({ name }) => name),
    ),
  }),
};

/**
 * The end of the log of a container's current run, or of its previous run if `previous` is set and there was
 * one.
 */
export async function readLog(
  client: ClusterCaller,
  pod: PodRef,
  { container, previous, lines }: LogQuery,
  signal: AbortSignal,
): Promise<LogAnswer> {
  const found = await logging(client, pod, signal);
  if (found === undefined) return { code: 'gone' };
  const name = container ?? nameOf(found);
  const ask = async (ofPrevious: boolean): Promise<LogAnswer> => {
    const query = {
      tailLines: String(lines),
      limitBytes: String(LARGEST_LOG),
      ...present({ container: name }),
      ...(ofPrevious && { previous: 'true' }),
    };
    const text = await client.send(askedLog(pod, query), { signal }, (answer) => textOf(answer, client));
    return { code: 'text', text, previous: ofPrevious, ...present({ container: name }) };
  };
  try {
    return await ask(previous);
  } catch (thrown) {
    if (!isKubernetesReason(thrown, 'invalid')) throw thrown;
    if (previous) return await ask(false).catch((again) => notStarted(again, found));
    return notStarted(thrown, found);
  }
}

/** Passes on the container's output from now on, until the container ends or `signal` aborts. */
export async function followLog(
  client: ClusterCaller,
  { pod, container }: { readonly pod: PodRef; readonly container: string | undefined },
  take: (text: string) => void,
  signal: AbortSignal,
): Promise<'ended' | 'gone'> {
  const found = await logging(client, pod, signal);
  if (found === undefined) return 'gone';
  const name = container ?? nameOf(found);
  const query = { follow: 'true', tailLines: '0', ...present({ container: name }) };
  const decoder = new TextDecoder();
  await client.send(askedLog(pod, query), { signal, attempts: 1 }, (answer) =>
    readBody(answer, {}, client, (piece) => take(decoder.decode(piece, { stream: true }))),
  );
  return 'ended';
}

/**
 * The pod whose log is to be read; undefined if it is gone or another pod has its name. This is checked
 * first, since the log request itself contains no uid.
 */
async function logging(
  client: ClusterCaller,
  pod: PodRef,
  signal: AbortSignal,
): Promise<LoggingPod | undefined> {
  const asked: Asked = { verb: 'get', resource: RESOURCES.pods, place: placeOf(pod) };
  try {
    const found = await client.send(asked, { signal }, async (answer) =>
      readObject(await textOf(answer, client), loggingPod, ''),
    );
    return found.uid === pod.uid ? found : undefined;
  } catch (thrown) {
    if (isKubernetesReason(thrown, 'not-found')) return undefined;
    throw thrown;
  }
}

function placeOf({ namespace, name }: PodRef): Place {
  return { namespace, name };
}

function askedLog(pod: PodRef, query: Readonly<Record<string, string>>): Asked {
  const place: Place = { ...placeOf(pod), subresource: 'log' };
  return { verb: 'get', resource: RESOURCES.pods, place, query, accept: '*/*' };
}

/**
 * The name of the container with the most useful log: one that keeps the pod from running, else the
 * first.
 */
function nameOf(pod: LoggingPod): string | undefined {
  const { containers } = pod;
  const waiting = containers.find(({ state }) => state?.['waiting'] != null);
  return (unfinished(pod) ?? waiting ?? containers[0])?.name;
}

/**
 * The first init container that the containers after it wait for: one that has not ended or, since a sidecar never
 * ends, a sidecar that has not started.
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
 */
function unfinished({ initContainers, sidecars }: LoggingPod): ContainerStatus | undefined {
  return initContainers.find(({ name, started, state }) =>
    sidecars.has(name) ? started !== true : state?.['terminated'] == null,
  );
}

/**
 * The answer for a container that has not started: an API server answers 400 to the request for its log.
 * @throws `thrown` if it is any other failure
 */
function notStarted(thrown: unknown, pod: LoggingPod): LogAnswer {
  const failure = failureOf(thrown);
  if (failure.kind !== 'kubernetes' || failure.reason !== 'invalid') throw thrown;
  const waitsFor = unfinished(pod)?.name;
  return {
    code: 'not-started',
    message: failure.message,
    ...present({ waitsFor }),
  };
}
