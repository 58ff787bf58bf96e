/** The port of a cluster's API over facts that a test gives; what it cannot read it throws. */
import type { DrainApi, EvictionAnswer } from '../../src/drain/ports';
import { failed } from '../../src/model/failure';
import type { KubernetesNode, Pod, PodDisruptionBudget } from '../../src/model/kubernetes';
import { selects } from '../../src/model/selects';

export interface FakeFacts {
  readonly nodes: readonly KubernetesNode[];
  readonly pods: readonly Pod[];
  readonly budgets: readonly PodDisruptionBudget[];
  /** Names of calls that are refused. */
  readonly refused?: readonly string[];
  readonly answers?: Readonly<Record<string, EvictionAnswer>>;
}

export interface FakeCluster extends DrainApi {
  /** Every call, in order. */
  readonly calls: readonly string[];
}

export function fakeCluster({ nodes, pods, budgets, refused = [], answers = {} }: FakeFacts): FakeCluster {
  const calls: string[] = [];
  const answer = async <T>(call: string, value: T): Promise<T> => {
    calls.push(call);
    if (refused.includes(call.split(' ')[0]!)) {
      throw failed({ kind: 'unexpected', message: `${call} was refused` });
    }
    return value;
  };
  return {
    calls,
    nodes: (nodegroup) =>
      answer(
        'nodes',
        nodes.filter((node) => nodegroup === undefined || node.nodegroup === nodegroup),
      ),
    podsOn: (names) =>
      answer(
        'podsOn',
        pods.filter(({ nodeName }) => nodeName !== undefined && names.includes(nodeName)),
      ),
    podsMatching: (namespace, selector) =>
      answer(
        'podsMatching',
        pods.filter((pod) => pod.namespace === namespace && selects(selector, pod.labels)),
      ),
    budgets: () => answer('budgets', budgets),
    askEviction: ({ name, uid }) =>
      answer(`askEviction ${name} ${uid}`, answers[name] ?? { code: 'allowed' }),
    events: () => answer('events', []),
  };
}
