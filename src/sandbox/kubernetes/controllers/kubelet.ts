/** The kubelets of a cluster: they start pods that have a node, and run, restart and end their containers. */
import { randomBytes } from 'node:crypto';
import { present } from '../../present';
import type { ClusterTime } from '../cluster-time';
import type { Container, ContainerStatus, Pod } from '../kinds';
import type { Change, ObjectStore } from '../object-store';
import type { PodLogs } from '../pod-logs';
import type { Work, WorkOf } from '../programs';
import {
  backOffSeconds,
  crashLooping,
  type End,
  restarted,
  running,
  terminated,
  waiting,
} from './container-run';
import { type Controller, keyOf, partsOf } from './control-loop';
import type { EventRecorder } from './event-recorder';
import type { PodIndex } from './pod-index';
import { withContainers } from './pod-status';
import { PodStops } from './pod-stops';
import { multiAttachError } from './shared-volumes';

/** In simulated milliseconds. */
const SECOND = 1000;
const PULL = 1 * SECOND;
const INIT = 2 * SECOND;
/** Simulated milliseconds between two tries to attach a volume. */
const ATTACH = 10 * SECOND;

export interface KubeletParts {
  readonly store: ObjectStore;
  readonly pods: PodIndex;
  readonly time: ClusterTime;
  readonly logs: PodLogs;
  readonly events: EventRecorder;
  readonly workOf: WorkOf;
}

interface Ref {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
}

type List = 'initContainerStatuses' | 'containerStatuses';

export class Kubelet implements Controller {
  readonly name = 'kubelet';
  /** Uids of pods that have been started. */
  private readonly started = new Set<string>();
  private readonly goneNodes = new Set<string>();
  private readonly stops: PodStops;

  constructor(private readonly parts: KubeletParts) {
    this.stops = new PodStops(parts);
  }

  concerns({ type, resource, object }: Change): Iterable<string> {
    if (resource === 'pods' && type === 'DELETED') this.forget(object.metadata.uid);
    else if (resource === 'pods') return [keyOf(object)];
    else if (resource === 'nodes' && type !== 'MODIFIED') {
      if (type === 'DELETED') this.goneNodes.add(object.metadata.name);
      else this.goneNodes.delete(object.metadata.name);
      return this.parts.pods.onNode(object.metadata.name).map(keyOf);
    }
    return [];
  }

  reconcile(key: string): void {
    const { store } = this.parts;
    const [namespace, name] = partsOf(key);
    const pod = store.get('pods', namespace, name) as Pod | undefined;
    if (!pod) return;
    const { nodeName } = pod.spec;
    const { uid, deletionTimestamp } = pod.metadata;
    // Pods of a removed node are removed with it, except those that a finalizer keeps.
    if (nodeName !== undefined && this.goneNodes.has(nodeName)) store.markDeleted('pods', namespace, name, 0);
    else if (deletionTimestamp !== undefined) this.stops.begin(pod);
    // A node that never existed has no kubelet, so its pods wait.
    else if (nodeName !== undefined && store.get('nodes', undefined, nodeName) && !this.started.has(uid))
      this.start({ namespace, name, uid }, pod);
  }

  private forget(uid: string): void {
    this.started.delete(uid);
    this.stops.forget(uid);
    this.parts.logs.forget(uid);
  }

  private start(ref: Ref, pod: Pod): void {
    this.started.add(ref.uid);
    const { containers, initContainers = [] } = pod.spec;
    // A pod that a seed created as already running has container statuses: its containers are not started
    // again.
    if (pod.status?.containerStatuses) return;
    const first = (list: readonly Container[], reason: string) =>
      list.map(({ name, image = '' }) => waiting(name, image, reason));
    const begun = initContainers.length > 0 ? 'PodInitializing' : 'ContainerCreating';
    this.write(pod, first(initContainers, 'PodInitializing'), first(containers, begun));
    this.parts.time.after(PULL, () => this.mount(ref));
  }

  private mount(ref: Ref): void {
    const pod = this.living(ref);
    if (!pod) return;
    const error = multiAttachError(this.parts, pod);
    if (error === undefined) {
      this.startInit(ref, 0);
      return;
    }
    this.parts.events.record(pod, error);
    this.parts.time.after(ATTACH, () => this.mount(ref));
  }

  private startInit(ref: Ref, index: number): void {
    const pod = this.living(ref);
    if (!pod) return;
    const container = pod.spec.initContainers?.[index];
    if (container)
      this.startContainer(ref, container, 'initContainerStatuses', () => this.startInit(ref, index + 1));
    else for (const main of pod.spec.containers) this.startContainer(ref, main, 'containerStatuses');
  }

  /** @param then is called when the container has ended with code 0 and is not restarted. */
  private startContainer(ref: Ref, container: Container, list: List, then?: () => void): void {
    const pod = this.living(ref);
    if (!pod) return;
    const isInit = list === 'initContainerStatuses';
    const work = this.parts.workOf(pod, container, isInit);
    if (work.refused) {
      this.refuse(ref, container, list, work.refused, then);
      return;
    }
    this.tell(pod, container, isInit, { reason: 'Started', message: `Started container ${container.name}` });
    this.change(ref, list, container.name, (status) =>
      running(status, randomBytes(32).toString('hex'), this.parts.time.now()),
    );
    this.parts.logs.append(ref.uid, container.name, work.log);
    const end = work.end ?? (isInit ? { afterSeconds: INIT / SECOND, exitCode: 0 } : undefined);
    if (!isInit && work.readySeconds !== 'never') this.becomeReady(ref, container, work.readySeconds);
    if (end)
      this.parts.time.after(end.afterSeconds * SECOND, () =>
        this.end(ref, container, list, { ...end, ...present({ message: work.message }) }, work, then),
      );
  }

  private becomeReady(ref: Ref, container: Container, seconds: number): void {
    const begun = this.restartsOf(ref, container);
    this.parts.time.after(seconds * SECOND, () => {
      if (this.restartsOf(ref, container) !== begun) return;
      this.change(ref, 'containerStatuses', container.name, (status) =>
        status.state.running ? { ...status, ready: true } : status,
      );
    });
  }

  private restartsOf(ref: Ref, { name }: Container): number | undefined {
    return this.living(ref)?.status?.containerStatuses?.find((status) => status.name === name)?.restartCount;
  }

  private end(ref: Ref, container: Container, list: List, end: End, work: Work, then?: () => void): void {
    const pod = this.living(ref);
    if (!pod) return;
    const { time, logs } = this.parts;
    logs.append(ref.uid, container.name, work.lastWords);
    this.change(ref, list, container.name, (status) => terminated(status, end, time.now()));
    const { restartPolicy = 'Always' } = pod.spec;
    const again =
      end.exitCode === 0
        ? restartPolicy === 'Always' && list === 'containerStatuses'
        : restartPolicy !== 'Never';
    if (again) this.backOff(ref, container, list, then);
    else if (end.exitCode === 0) then?.();
  }

  private backOff(ref: Ref, container: Container, list: List, then?: () => void): void {
    const pod = this.living(ref);
    const status = pod?.status?.[list]?.find(({ name }) => name === container.name);
    if (!pod || !status) return;
    const { time, logs } = this.parts;
    const seconds = status.restartCount === 0 ? 0 : backOffSeconds(status.restartCount - 1);
    const isInit = list === 'initContainerStatuses';
    if (seconds > 0) {
      this.change(ref, list, container.name, (one) =>
        crashLooping(one, seconds, `${ref.name}_${ref.namespace}(${ref.uid})`),
      );
      this.tell(pod, container, isInit, {
        type: 'Warning',
        reason: 'BackOff',
        message: `Back-off restarting failed container ${container.name} in pod ${ref.name}_${ref.namespace}(${ref.uid})`,
      });
    }
    time.after(seconds * SECOND, () => {
      if (!this.living(ref)) return;
      logs.restart(ref.uid, container.name);
      this.change(ref, list, container.name, restarted);
      this.startContainer(ref, container, list, then);
    });
  }

  /**
   * Handles a container that cannot be created. The kubelet tries again after the longest wait that it uses
   * between restarts, but this try does not count as a restart.
   */
  private refuse(
    ref: Ref,
    container: Container,
    list: List,
    { reason, message }: { readonly reason: string; readonly message: string },
    then?: () => void,
  ): void {
    const pod = this.living(ref);
    if (!pod) return;
    const isInit = list === 'initContainerStatuses';
    this.tell(pod, container, isInit, { type: 'Warning', reason: 'Failed', message: `Error: ${message}` });
    this.change(ref, list, container.name, (status) => ({
      ...status,
      state: { waiting: { reason, message } },
    }));
    this.parts.time.after(backOffSeconds(Number.POSITIVE_INFINITY) * SECOND, () =>
      this.startContainer(ref, container, list, then),
    );
  }

  /** The pod's present state; undefined if it is deleted or being deleted. */
  private living({ namespace, name, uid }: Ref): Pod | undefined {
    const pod = this.parts.store.get('pods', namespace, name) as Pod | undefined;
    return pod?.metadata.uid === uid && pod.metadata.deletionTimestamp === undefined ? pod : undefined;
  }

  private change(
    ref: Ref,
    list: List,
    name: string,
    act: (status: ContainerStatus) => ContainerStatus,
  ): void {
    const pod = this.living(ref);
    if (!pod) return;
    const { initContainerStatuses: init = [], containerStatuses: main = [] } = pod.status ?? {};
    const changed = (own: List, all: readonly ContainerStatus[]) =>
      own === list ? all.map((status) => (status.name === name ? act(status) : status)) : all;
    this.write(pod, changed('initContainerStatuses', init), changed('containerStatuses', main));
  }

  private write(pod: Pod, init: readonly ContainerStatus[], main: readonly ContainerStatus[]): void {
    this.parts.store.update('pods', withContainers(pod, init, main, this.parts.time.now()));
  }

  private tell(
    pod: Pod,
    { name }: Container,
    isInit: boolean,
    what: { readonly type?: 'Normal' | 'Warning'; readonly reason: string; readonly message: string },
  ): void {
    const host = pod.spec.nodeName;
    this.parts.events.record(pod, {
      ...what,
      by: 'kubelet',
      ...present({ host }),
      fieldPath: `spec.${isInit ? 'initContainers' : 'containers'}{${name}}`,
    });
  }
}
