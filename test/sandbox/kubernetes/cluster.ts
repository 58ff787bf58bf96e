/** A Kubernetes cluster of the sandbox with its controllers, for a test that lets its time pass. */
import { KubernetesCluster } from '../../../src/sandbox/kubernetes/cluster-api';
import { ClusterTime } from '../../../src/sandbox/kubernetes/cluster-time';
import { startControllers } from '../../../src/sandbox/kubernetes/controllers/cluster-controllers';
import type { ReadObject } from '../../../src/sandbox/kubernetes/controllers/code-convention';
import type { KubeNode, Pod } from '../../../src/sandbox/kubernetes/kinds';
import type { KubeObject } from '../../../src/sandbox/kubernetes/kube-object';
import type { Manifest } from '../../../src/sandbox/seed/kubernetes/manifests';
import { Timeline } from '../../../src/sandbox/timeline';

const NOON = Date.UTC(2026, 0, 1, 12);

export interface TestCluster extends KubernetesCluster {
  /** Makes what is given and lets its controllers begin. */
  apply(...manifests: readonly Manifest[]): void;
  /** Lets simulated seconds pass, event by event. */
  pass(seconds: number): void;
  /** Changes an object as a request would. */
  edit(resource: string, name: string, change: (object: KubeObject) => object): void;
  pods(): readonly Pod[];
  /** Names of the pods for which it holds. */
  names(which?: (pod: Pod) => boolean): readonly string[];
  object(resource: string, name: string): KubeObject & { readonly status: Record<string, unknown> };
  /** Reasons and messages of events about an object. */
  eventsOf(name: string): readonly string[];
}

export const NAMESPACE = 'kdb';

export function testCluster(read: ReadObject = () => undefined): TestCluster {
  let elapsed = 0;
  const timeline = new Timeline({ elapsed: () => elapsed });
  // Timestamps tell the simulated time here.
  const time = new ClusterTime(timeline, () => NOON + elapsed);
  const facts = { arn: 'arn', name: 'test', region: 'us-east-1', accountId: '111122223333', version: '1.34' };
  const cluster = new KubernetesCluster({ facts }, time);
  startControllers(cluster, read);
  const { store } = cluster;
  const pass = (seconds: number): void => {
    const end = elapsed + seconds * 1000;
    for (let next = timeline.nextAt(); next !== undefined && next <= end; next = timeline.nextAt()) {
      elapsed = Math.max(elapsed, next);
      timeline.settle();
    }
    elapsed = end;
  };
  const pods = (): readonly Pod[] => store.list('pods', NAMESPACE) as readonly Pod[];
  return Object.assign(cluster, {
    apply: (...manifests: readonly Manifest[]) => {
      for (const { resource, object } of manifests) store.create(resource, object);
      pass(0);
    },
    pass,
    edit: (resource: string, name: string, change: (object: KubeObject) => object) => {
      const object = store.get(resource, NAMESPACE, name) ?? store.get(resource, undefined, name);
      store.update(resource, change(object!) as KubeObject);
      pass(0);
    },
    pods,
    names: (which: (pod: Pod) => boolean = () => true) =>
      pods()
        .filter(which)
        .map(({ metadata }) => metadata.name),
    object: (resource: string, name: string) =>
      (store.get(resource, NAMESPACE, name) ?? store.get(resource, undefined, name)) as never,
    eventsOf: (name: string) =>
      store
        .list('events')
        .filter((event) => (event['involvedObject'] as { name: string }).name === name)
        .map((event) => `${event['reason']}: ${event['message']}`),
  });
}

/** A node that is ready. */
export function node(
  name: string,
  given: Partial<Pick<KubeNode, 'spec'>> & { cpu?: string; labels?: object } = {},
): Manifest {
  return {
    resource: 'nodes',
    object: {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name, labels: { 'kubernetes.io/hostname': name, ...given.labels } },
      spec: { ...given.spec },
      status: {
        allocatable: { cpu: given.cpu ?? '4', memory: '16Gi', pods: '58' },
        conditions: [{ type: 'Ready', status: 'True' }],
      },
    },
  };
}
