/** Lists the workloads that the user can pick, and names them by EKS cluster, namespace, then workload. */
import * as l10n from '@vscode/l10n';
import type { Connection } from '../../model/connection';
import { everyItem } from '../../model/page';
import { carriesCode, type SeenWorkload, type SeenWorkloads } from '../../model/seen-workload';
import { workloadText } from '../../model/workload';
import { workloadState } from '../../model/workload-state';
import { codeWords, workloadStateWords } from '../../view/messages/workloads';
import type { Ports } from '../ports';
import { type Listed, orUnread } from './listed';
import type { NamedPlace, TargetPicks } from './target-picks';

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names */
const NAMESPACE = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

export const workloadPicks: TargetPicks = {
  icon: 'layers',
  depth: 3,
  list: listWorkloads,
  typed: {
    hint: (within) => (within.length === 1 ? l10n.t('type the name of a namespace') : undefined),
    row: ([cluster = ''], text) =>
      NAMESPACE.test(text)
        ? { ...holderOf(cluster, text), description: l10n.t('namespace, as typed') }
        : undefined,
  },
  none: ([cluster, namespace]) => {
    if (cluster === undefined) return l10n.t('There are no EKS clusters in this region');
    if (namespace === undefined) return l10n.t('There are no workloads in {0}', { 0: cluster });
    // Workloads that carry code are usually listed above the namespaces instead, so the namespace may have some.
    return l10n.t('{0} has no workloads that are not set up for code', { 0: `${cluster} / ${namespace}` });
  },
  named: (node) => {
    switch (node.kind) {
      case 'workload': {
        const { workload } = node.item;
        const cluster = node.parent.parent.name;
        return {
          within: [cluster, workload.namespace, workloadText(workload)],
          label: labelOf(cluster, workload.namespace, workload.name),
        };
      }
      case 'workloads':
        return { within: [node.parent.name], label: node.parent.name };
      default:
        return undefined;
    }
  },
};

/**
 * Lists clusters first, since only a cluster itself can list its workloads. In a cluster, workloads that carry code
 * come first, and the others below their namespaces.
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
      yield [
        { kind: 'holder', within: [name], label: name, description: l10n.t('EKS cluster'), icon: 'layers' },
      ];
    return;
  }
  yield await orUnread(cluster, async () => {
    const known = namespace === undefined ? [] : [namespace];
    return rowsOf(cluster, namespace, await workloads(cluster).list(known, signal));
  });
}

function rowsOf(
  cluster: string,
  namespace: string | undefined,
  { workloads, unread }: SeenWorkloads,
): readonly Listed<NamedPlace>[] {
  const others = workloads.filter(({ workload }) => !carriesCode(workload));
  const why: readonly Listed<NamedPlace>[] =
    unread === undefined ? [] : [{ kind: 'unread', label: cluster, failure: unread }];
  if (namespace !== undefined) {
    // Workloads that carry code are already listed above the namespaces, unless the namespaces could not be listed.
    const inside = (unread === undefined ? others : workloads).filter(
      ({ workload }) => workload.namespace === namespace,
    );
    return [...inside.map((one) => thingOf(cluster, one)), ...why];
  }
  const carrying = workloads.filter(({ workload }) => carriesCode(workload));
  return [
    ...carrying.map((one) => thingOf(cluster, one)),
    ...namespacesOf(others).map((name) => holderOf(cluster, name)),
    ...why,
  ];
}

function namespacesOf(all: readonly SeenWorkload[]): readonly string[] {
  return [...new Set(all.map(({ workload }) => workload.namespace))];
}

function holderOf(cluster: string, namespace: string): Extract<Listed<NamedPlace>, { kind: 'holder' }> {
  return {
    kind: 'holder',
    within: [cluster, namespace],
    label: `${cluster} / ${namespace}`,
    description: l10n.t('workloads that are not set up for code'),
    icon: 'symbol-namespace',
  };
}

function thingOf(cluster: string, seen: SeenWorkload): Listed<NamedPlace> {
  const { workload } = seen;
  const { kind, namespace, name } = workload;
  const label = labelOf(cluster, namespace, name);
  return {
    kind: 'thing',
    thing: { path: [cluster, namespace, workloadText(workload)], label },
    label,
    description: [kind, workloadStateWords(workloadState(seen)), codeWords(workload, undefined)].join(' · '),
    icon: kind === 'StatefulSet' ? 'database' : 'server-process',
    ...(!carriesCode(workload) && {
      detail: l10n.t(
        'Nothing in it fetches code: the plan says what is missing, and "Slipway: Show Workload Snippet…" yields it.',
      ),
    }),
  };
}

function labelOf(cluster: string, namespace: string, name: string): string {
  return `${cluster} / ${namespace} / ${name}`;
}
