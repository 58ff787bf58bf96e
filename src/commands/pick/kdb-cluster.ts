/** Lists the kdb clusters that the user can pick, and names them by environment, then cluster. */
import * as l10n from '@vscode/l10n';
import type { Connection } from '../../model/connection';
import { allItems, everyItem } from '../../model/page';
import { phaseIcon, statusWords } from '../../view/messages/phase';
import type { Ports } from '../ports';
import { type Listed, orUnread } from './listed';
import type { NamedPlace, TargetPicks } from './target-picks';

export const kdbClusterPicks: TargetPicks = {
  icon: 'database',
  depth: 2,
  list: listClusters,
  none: ([environment]) =>
    environment === undefined
      ? l10n.t('There are no kdb clusters in this region')
      : l10n.t('There are no kdb clusters in this environment'),
  named: (node) => {
    switch (node.kind) {
      case 'kdb-cluster': {
        const { environment } = node.parent;
        return {
          within: [environment.id, node.summary.name],
          label: labelOf(environment.name, node.summary.name),
        };
      }
      case 'environment':
        return { within: [node.environment.id], label: node.environment.name };
      default:
        return undefined;
    }
  },
};

/**
 * One page for each environment, in the order of the environments. The lists of clusters are requested in
 * parallel.
 */
async function* listClusters(
  connection: Connection,
  [only]: readonly string[],
  ports: Ports,
  signal: AbortSignal,
): AsyncGenerator<readonly Listed<NamedPlace>[], void> {
  const { finspace } = await ports(connection);
  const lists: Promise<readonly Listed<NamedPlace>[]>[] = [];
  for await (const { id, name } of everyItem((next) => finspace.listEnvironments(next, signal))) {
    if (only !== undefined && id !== only) continue;
    const clusters = (): Promise<readonly Listed<NamedPlace>[]> => clustersIn(id, name, finspace, signal);
    lists.push(orUnread(name, clusters));
  }
  for (const list of lists) yield await list;
}

async function clustersIn(
  environmentId: string,
  environment: string,
  finspace: Pick<Awaited<ReturnType<Ports>>['finspace'], 'listClusters'>,
  signal: AbortSignal,
): Promise<readonly Listed<NamedPlace>[]> {
  const clusters = await allItems((next) => finspace.listClusters(environmentId, next, signal));
  return clusters.map(({ name, type, status, phase }) => {
    const label = labelOf(environment, name);
    return {
      kind: 'thing',
      thing: { path: [environmentId, name], label },
      label,
      description: [type, statusWords(status)].join(' · '),
      icon: phaseIcon(phase, 'database').replace('~spin', ''),
    };
  });
}

function labelOf(environment: string, cluster: string): string {
  return `${environment} / ${cluster}`;
}
