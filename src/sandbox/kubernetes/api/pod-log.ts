/**
 * The subresource `log` of pods:
 * https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#get-read-log-of-the-specified-pod
 */
import { type Delivery, toDelivery } from '../../delivery';
import type { ContainerStatus, Pod } from '../kinds';
import type { LogLine } from '../pod-logs';
import { badRequest } from '../status';
import type { ResourceCall } from './call';
import { textReply } from './reply';
import { existing } from './write';

/** The longest time for which a log is followed, in real seconds. */
const FOLLOW_S = 3600;

/**
 * @throws a Status 404 if the pod does not exist; 400, in Kubernetes' own words, for invalid parameters or a
 * container that has no such log
 */
export function podLog(call: ResourceCall): Extract<Delivery, { readonly kind: 'reply' | 'stream' }> {
  const { served, request, streams } = call;
  const { parameters } = request;
  const pod = existing(call) as Pod;
  const container = containerOf(pod, parameters.get('container') ?? '');
  // A pod without a node has written nothing.
  if (pod.spec.nodeName === undefined) return toDelivery(textReply(200, ''));
  const isPrevious = parameters.get('previous') === 'true';
  checkStarted(pod, container, isPrevious);
  const { podLogs } = served.cluster;
  const all = (): readonly LogLine[] => podLogs.lines(pod.metadata.uid, container, isPrevious) ?? [];
  const first = chosen(all(), parameters, served.cluster.time.now());
  const show = (lines: readonly LogLine[]): string => shown(lines, parameters.get('timestamps') === 'true');
  const limit = Number(parameters.get('limitBytes') ?? Number.POSITIVE_INFINITY);
  if (parameters.get('follow') !== 'true' || isPrevious)
    return toDelivery(textReply(200, cut(show(first), limit).toString('utf8')));
  return {
    kind: 'stream',
    status: 200,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    begin: (sink) => {
      let seen = all().length;
      let left = limit;
      // As in the kubelet, the last byte that the limit allows ends the log.
      const send = (lines: readonly LogLine[]): void => {
        const bytes = cut(show(lines), left);
        if (bytes.length === 0) return;
        left -= bytes.length;
        sink.write(bytes);
        if (left === 0) sink.end();
      };
      send(first);
      const stopListening = podLogs.onAppend(() => {
        const fresh = all().slice(seen);
        seen += fresh.length;
        send(fresh);
      });
      const stopWatching = served.cluster.store.onChange(({ type, object }) => {
        if (type === 'DELETED' && object.metadata.uid === pod.metadata.uid) sink.end();
      });
      const stop = (): void => {
        stopListening();
        stopWatching();
      };
      return streams.open(sink, {
        seconds: FOLLOW_S,
        isGone: served.isGone,
        left: stop,
        eachMinute: () => undefined,
      });
    },
  };
}

function containerOf({ metadata, spec }: Pod, asked: string): string {
  const names = spec.containers.map(({ name }) => name);
  const initNames = (spec.initContainers ?? []).map(({ name }) => name);
  const [only, ...others] = names;
  if (asked === '') {
    if (only !== undefined && others.length === 0 && initNames.length === 0) return only;
    const byAnnotation = metadata.annotations?.['kubectl.kubernetes.io/default-container'];
    if (byAnnotation !== undefined && names.includes(byAnnotation)) return byAnnotation;
    const init = initNames.length > 0 ? ` or one of the init containers: [${initNames.join(' ')}]` : '';
    throw badRequest(
      `a container name must be specified for pod ${metadata.name}, choose one of: [${names.join(' ')}]${init}`,
    );
  }
  if (names.includes(asked) || initNames.includes(asked)) return asked;
  throw badRequest(`container ${asked} is not valid for pod ${metadata.name}`);
}

function checkStarted({ metadata, status }: Pod, container: string, isPrevious: boolean): void {
  const statuses = [...(status?.containerStatuses ?? []), ...(status?.initContainerStatuses ?? [])];
  const found = statuses.find(({ name }) => name === container);
  const of = `"${container}" in pod "${metadata.name}"`;
  if (!found) throw badRequest(`container ${of} is not available`);
  if (isPrevious) {
    if (!found.lastState.terminated) throw badRequest(`previous terminated container ${of} not found`);
    return;
  }
  if (found.state.waiting && !found.lastState.terminated)
    throw badRequest(`container ${of} is waiting to start: ${waitingReason(found.state.waiting)}`);
}

function waitingReason({ reason }: NonNullable<ContainerStatus['state']['waiting']>): string {
  if (reason === 'ImagePullBackOff') return 'trying and failing to pull image';
  return reason === 'ErrImagePull' ? "image can't be pulled" : reason;
}

function chosen(lines: readonly LogLine[], parameters: URLSearchParams, now: number): readonly LogLine[] {
  const since = parameters.get('sinceSeconds');
  const sinceTime = parameters.get('sinceTime');
  // The API server hands `sinceTime` on to the kubelet in whole seconds.
  const from =
    since === null ? Math.floor(Date.parse(sinceTime ?? '') / 1000) * 1000 : now - Number(since) * 1000;
  if (sinceTime !== null && Number.isNaN(from))
    throw badRequest(`parsing time "${sinceTime}" as "2006-01-02T15:04:05Z07:00": cannot parse`);
  const recent = Number.isNaN(from) ? lines : lines.filter(({ at }) => at >= from);
  const tail = parameters.get('tailLines');
  if (tail === null) return recent;
  if (!/^\d+$/.test(tail)) throw badRequest(`strconv.ParseInt: parsing "${tail}": invalid syntax`);
  return Number(tail) === 0 ? [] : recent.slice(-Number(tail));
}

function cut(text: string, limit: number): Buffer {
  return Buffer.from(text).subarray(0, limit);
}

function shown(lines: readonly LogLine[], withTime: boolean): string {
  return lines
    .map(
      ({ at, text }) =>
        `${withTime ? `${new Date(at).toISOString().replace('Z', '000000Z')} ` : ''}${text}\n`,
    )
    .join('');
}
