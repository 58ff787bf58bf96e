/** How questions lead to a workload: EKS cluster, namespace, then workload. */
import * as l10n from '@vscode/l10n';
import type { Connection } from '../../model/connection';
import { everyItem } from '../../model/page';
import type { Workload } from '../../model/workload';
import type { Ports } from '../ports';
import type { Listed } from './listed';
import type { NamedPlace, TargetPicks } from './target-picks';

export const workloadPicks: TargetPicks = {
  title: () => l10n.t('A workload on Kubernetes'),
  icon: 'layers',
  depth: 3,
  list: listWorkloads,
  none: () => l10n.t('There are no workloads here that code can be deployed to'),
  named: () => undefined,
};

/**
 * Clusters, each of which is asked once it is taken: those of its workloads that fetch code, and the namespaces of all
 * others.
 */
async function* listWorkloads(
  connection: Connection,
  [cluster, namespace]: readonly string[],
  ports: Ports,
  signal: AbortSignal,
): AsyncGenerator<readonly Listed<NamedPlace>[], void> {
  const { eks, workloads } = await ports(connection);
  if (cluster === undefined) {
    for await (const name of everyItem((next) => eks.listClusters(next, signal)))
      yield [{ kind: 'holder', within: [name], label: name, icon: 'layers' }];
    return;
  }
  const all = (await workloads(cluster).list(signal)).toSorted(byName);
  const others = all.filter(({ convention }) => convention.fetch === undefined);
  if (namespace !== undefined) {
    yield others.filter((one) => one.namespace === namespace).map((one) => rowOf(cluster, one));
    return;
  }
  yield all.filter((one) => !others.includes(one)).map((one) => rowOf(cluster, one));
  yield [...new Set(others.map((one) => one.namespace))].map((name) => ({
    kind: 'holder',
    within: [cluster, name],
    label: `${cluster} / ${name}`,
    description: l10n.t('workloads without the init container that fetches code'),
    icon: 'symbol-namespace',
  }));
}

function byName(a: Workload, b: Workload): number {
  return a.namespace.localeCompare(b.namespace) || a.name.localeCompare(b.name);
}

function rowOf(cluster: string, one: Workload): Listed<NamedPlace> {
  const { kind, name, namespace, convention, rollout, replicas } = one;
  const path = [cluster, namespace, `${kind.toLowerCase()}/${name}`];
  const label = path.join(' / ');
  return {
    kind: 'thing',
    thing: { path, label },
    label,
    description: [
      l10n.t('{0} of {1} ready', { 0: rollout.ready, 1: replicas }),
      ...(convention.fetch === undefined ? [l10n.t('no init container that fetches code')] : []),
    ].join(' · '),
    icon: kind === 'StatefulSet' ? 'database' : 'server-process',
  };
}
