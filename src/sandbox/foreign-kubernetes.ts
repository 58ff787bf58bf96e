/** Actions of `POST /_sandbox/foreign` on Kubernetes clusters: changes that other users make, and outages. */
import { findCluster } from './eks/lookups';
import { type Act, act } from './foreign-act';
import type { KubernetesCluster } from './kubernetes/cluster-api';
import { OTHER_ARCHITECTURE, type Program } from './kubernetes/programs';
import { letManage } from './kubernetes/reverting-manager';
import { present } from './present';
import { Refusal } from './protocols/refusal';
import { addLargeCluster } from './seed/kubernetes/large-cluster';
import { boolean, integer, list, oneOf, structure, text } from './shapes';
import { MINUTE } from './timeline';
import type { World } from './world';

const inCluster = { clusterName: text() };
const RESOURCES: Readonly<Record<string, string>> = {
  statefulset: 'statefulsets',
  deployment: 'deployments',
};

function clusterOf({ clusters, kubernetes }: World, region: string, name: string): KubernetesCluster {
  return kubernetes.of(findCluster(clusters, region, name));
}

/** The actions by their `kind`. */
export const KUBERNETES_ACTIONS: Readonly<Record<string, Act>> = {
  /** The cluster's Kubernetes API cannot be reached for a number of simulated minutes. */
  'kubernetes-gone': act(
    structure({ clusterName: text(), minutes: integer({ min: 0 }) }, ['clusterName', 'minutes']),
    ({ clusterName: name, minutes }, { clusters, outages }, region) => {
      outages.begin(findCluster(clusters, region, name).facts.arn, minutes * MINUTE);
    },
  ),

  /**
   * The cluster's Kubernetes API forgets its history. A watch or a list that continues from an earlier state
   * is then refused as expired.
   */
  'kubernetes-compact': act(
    structure({ clusterName: text() }, ['clusterName']),
    ({ clusterName: name }, { clusters, kubernetes }, region) => {
      kubernetes.of(findCluster(clusters, region, name)).store.compact();
    },
  ),

  /**
   * Sets the simulated program of some containers, from each container's next start on. `namespace`, `pod`
   * (the beginning of the pod's name) and `image` select the containers. An absent member matches everything,
   * except that an absent `image` matches no init container.
   */
  'kubernetes-program': act(
    structure(
      {
        ...inCluster,
        namespace: text(),
        pod: text(),
        image: text(),
        /** Simulated seconds until the container is ready; -1: never. */
        readySeconds: integer({ min: -1 }),
        stopSeconds: integer({ min: 0 }),
        /** If present, the container ends by itself. */
        end: structure(
          { afterSeconds: integer({ min: 0 }), exitCode: integer({ min: 0, max: 255 }), reason: text() },
          ['afterSeconds', 'exitCode'],
        ),
        /** If present, the container never starts. */
        refused: structure({ reason: text(), message: text() }, ['reason', 'message']),
        /** Whether the image is built for another architecture than the nodes have. */
        otherArchitecture: boolean,
        log: list(text()),
        lastWords: list(text()),
      },
      ['clusterName'],
    ),
    ({ clusterName, namespace, pod, image, readySeconds, otherArchitecture, ...rest }, world, region) => {
      const owner = {
        ...present({ namespace, pod, image }),
      };
      const program: Partial<Program> = {
        ...(otherArchitecture && OTHER_ARCHITECTURE),
        ...rest,
        ...(readySeconds !== undefined && { readySeconds: readySeconds < 0 ? 'never' : readySeconds }),
      };
      clusterOf(world, region, clusterName).programs.set(owner, program);
    },
  ),

  /**
   * A manager undoes the changes of others to the pod template of a workload, such as `statefulset/hdb`. The
   * manager `terraform` does so once, any other manager from now on.
   */
  'kubernetes-manager': act(
    structure(
      {
        ...inCluster,
        namespace: text(),
        workload: text(),
        manager: oneOf('operator', 'replace', 'terraform'),
      },
      ['clusterName', 'namespace', 'workload', 'manager'],
    ),
    ({ clusterName, namespace, workload, manager }, world, region) => {
      const [kind = '', name = ''] = workload.split('/');
      const resource = RESOURCES[kind];
      const isThere =
        resource !== undefined &&
        letManage(clusterOf(world, region, clusterName), { resource, namespace, name }, manager);
      if (!isThere) throw new Refusal(400, 'NotFound', `There is no ${workload} in ${namespace}.`);
    },
  ),

  /** Adds a cluster with the given numbers of nodes, pods and budgets, for measurements. */
  'kubernetes-large': act(
    structure(
      { ...inCluster, nodes: integer({ min: 1 }), pods: integer({ min: 1 }), budgets: integer({ min: 0 }) },
      ['clusterName', 'nodes', 'pods', 'budgets'],
    ),
    (input, world, region) => addLargeCluster(world, region, input),
  ),
};
