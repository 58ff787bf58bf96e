/**
 * The options desk's cluster: in each of its node groups except `system`, one thing blocks or slows a
 * drain.
 */
import type { ObjectStore } from '../../kubernetes/object-store';
import type { Programs } from '../../kubernetes/programs';
import type { SeedSurroundings } from './code-workload';
import { barePod, budget, deployment, job, type Manifest, namespace, statefulSet } from './manifests';

const WHERE = 'options';
const IMAGE = 'registry.acme.example/options/service:3.4';

/**
 * Names of the node groups except `system`. The comment above each name says what blocks or slows the
 * group's drain.
 */
export const OPTIONS_GROUPS = [
  /** A budget that never allows an eviction. */
  'pricing',
  /** A budget that requires all of its pods to be healthy. */
  'quotes',
  /** A budget that allows no eviction of a ready pod while another of its pods is not ready. */
  'surfaces',
  /** Pods that two budgets cover. */
  'hedging',
  /**
   * Pods that tolerate every taint and may run only on the group's initial nodes, so that their
   * replacements start there again.
   */
  'agents',
  /** A pod without a controller. */
  'notebooks',
  /** Pods that take half an hour to end. */
  'history',
  /** A pod whose deletion a finalizer blocks. */
  'archive',
  /**
   * Pods that may run only on the group's initial nodes, so that their replacements find no node during an
   * update.
   */
  'licensed',
  /** A budget for pods whose controller has no scale subresource, so that the budget allows no eviction. */
  'margin',
  /** Pods that crash, covered by a budget: since no pod is healthy, the budget allows no eviction. */
  'smiles',
] as const;

export function optionsManifests({ nodesOf }: SeedSurroundings): readonly Manifest[] {
  const on = (name: (typeof OPTIONS_GROUPS)[number]) => ({
    namespace: WHERE,
    image: IMAGE,
    name,
    group: name,
  });
  return [
    namespace(WHERE),
    statefulSet({ ...on('pricing'), replicas: 2 }),
    budget({ namespace: WHERE, name: 'pricing', maxUnavailable: 0 }),
    deployment({ ...on('quotes'), replicas: 2 }),
    budget({ namespace: WHERE, name: 'quotes', minAvailable: '100%' }),
    statefulSet({ ...on('surfaces'), replicas: 3, spec: { podManagementPolicy: 'Parallel' } }),
    budget({ namespace: WHERE, name: 'surfaces', maxUnavailable: 1 }),
    deployment({ ...on('hedging'), replicas: 2 }),
    budget({ namespace: WHERE, name: 'hedging', maxUnavailable: 1 }),
    budget({ namespace: WHERE, name: 'hedging-too', app: 'hedging', minAvailable: 1 }),
    deployment({
      ...on('agents'),
      replicas: 2,
      pod: { tolerations: [{ operator: 'Exists' }], affinity: onHosts(nodesOf('agents')) },
    }),
    barePod({ ...on('notebooks'), container: { image: 'registry.acme.example/research/notebook:2.1' } }),
    statefulSet({ ...on('history'), replicas: 2, pod: { terminationGracePeriodSeconds: 1800 } }),
    statefulSet({ ...on('archive'), replicas: 2 }),
    statefulSet({ ...on('licensed'), replicas: 2, pod: { affinity: onHosts(nodesOf('licensed')) } }),
    budget({ namespace: WHERE, name: 'licensed', maxUnavailable: 1 }),
    job({
      ...on('margin'),
      pod: { restartPolicy: 'OnFailure' },
      spec: { backoffLimit: 6, parallelism: 2, completions: 2 },
    }),
    budget({ namespace: WHERE, name: 'margin', maxUnavailable: 1 }),
    deployment({
      ...on('smiles'),
      replicas: 2,
      container: { image: 'registry.acme.example/options/smiles:0.9' },
    }),
    budget({ namespace: WHERE, name: 'smiles', minAvailable: 1 }),
  ];
}

function onHosts(names: readonly string[]) {
  const requirement = { key: 'kubernetes.io/hostname', operator: 'In', values: names };
  const nodeSelectorTerms = [{ matchExpressions: [requirement] }];
  return { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } };
}

export function optionsPrograms(programs: Programs): void {
  const of = (pod: string) => ({ namespace: WHERE, pod });
  programs.set(of('surfaces-1'), {
    readySeconds: 'never',
    log: ['started', 'waiting for a calibration of SPX that is not older than a day'],
  });
  programs.set(of('history'), { stopSeconds: 3600 });
  programs.set(of('margin'), { readySeconds: 1, end: { afterSeconds: 6 * 3600, exitCode: 0 } });
  programs.set(of('smiles'), {
    end: { afterSeconds: 3, exitCode: 1 },
    log: ['smiles 0.9 starting'],
    lastWords: ['error: cannot open /etc/smiles/licence.key: no such file'],
  });
}

/**
 * Gives the pod `archive-1` a finalizer that nobody removes, and deletes the pod, so that the deletion
 * never ends.
 */
export function leaveArchiveHanging(store: ObjectStore): void {
  const pod = store.get('pods', WHERE, 'archive-1');
  if (!pod) return;
  const finalizers = ['archive.acme.example/uploaded'];
  store.update('pods', { ...pod, metadata: { ...pod.metadata, finalizers } });
  store.markDeleted('pods', WHERE, 'archive-1', 30);
}
