/** All controllers that act in a Kubernetes cluster by themselves. */
import type { KubernetesCluster } from '../cluster-api';
import type { WorkOf } from '../programs';
import { codeWork, type ReadObject } from './code-convention';
import { ControlLoop, type Controller } from './control-loop';
import { DaemonSets } from './daemon-set';
import { Deployments } from './deployment';
import { Disruption } from './disruption';
import { EventRecorder } from './event-recorder';
import { GarbageCollector } from './garbage';
import { Jobs } from './job';
import { Kubelet } from './kubelet';
import { NodeUsage } from './node-usage';
import { PodIndex } from './pod-index';
import { ReplicaSets } from './replica-set';
import { Scheduler } from './scheduler';
import { StatefulSets } from './stateful-set';

/**
 * Starts all controllers; must be called before the cluster's first object is made.
 * @param read reads objects of S3, for containers that use code: see {@link codeWork}
 */
export function startControllers(
  { store, time, podLogs, programs }: KubernetesCluster,
  read: ReadObject,
): void {
  const pods = new PodIndex(store);
  const usage = new NodeUsage(store);
  const events = new EventRecorder(store, time);
  const parts = { store, pods, time, events };
  const again = (controller: Controller, key: string): void => loop.enqueue(controller, key);
  const workOf: WorkOf = (pod, container, isInit) =>
    codeWork(pod, container, programs.of(pod, container, isInit), read);
  const controllers: readonly Controller[] = [
    new Deployments(parts, again),
    new ReplicaSets(parts, again),
    new StatefulSets(parts, again),
    new DaemonSets(parts),
    new Jobs(parts),
    new Scheduler({ store, pods, usage, events, now: () => time.now() }),
    new Kubelet({ store, pods, time, logs: podLogs, events, workOf }),
    new Disruption(parts),
    new GarbageCollector(store),
  ];
  const loop = new ControlLoop(store, time, controllers);
}
