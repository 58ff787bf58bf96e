/** Asks for an EKS cluster or a node group, in one flat list over all connections. */
import * as l10n from '@vscode/l10n';
import type { Connection } from '../../model/connection';
import type { EksCluster, Nodegroup } from '../../model/eks';
import { allItems, everyItem } from '../../model/page';
import { defaultFirst } from '../../view/connection-store';
import type { ResourceNode } from '../../view/resources/node';
import { connectionNodeOf } from '../../view/resources/row';
import { wizard } from '../../view/wizard/wizard';
import { into, namedQuestion, reading, unlessKnown, type WizardStep } from '../../view/wizard/wizard-steps';
import type { Ports } from '../ports';
import type { PickDeps, PickedConnection } from './connection';
import { askFlat, type FlatQuestion, type LikelyThing, type ThingSource } from './flat-list';
import { type Listed, type ListThings, orUnread } from './listed';

export interface PickedEksCluster extends PickedConnection {
  readonly eksCluster: EksCluster;
}

export interface PickedNodegroup extends PickedEksCluster {
  readonly nodegroup: Nodegroup;
}

/** Asks for an EKS cluster in one list, and reads its details. */
export function eksClusterSteps(
  deps: PickDeps,
  { connection, eksCluster }: Partial<PickedEksCluster> = {},
): WizardStep<object, PickedEksCluster> {
  const known = connection && eksCluster && { connection, eksCluster };
  const names = namedQuestion<object, NamedCluster>('connection', async (_answers, ask) =>
    into(
      await askFlat<string>(ask, {
        ...listQuestion<string>(
          deps,
          connection,
          () => l10n.t('There are no EKS clusters in this region'),
          clusterRows,
        ),
        placeholder: l10n.t('Choose an EKS cluster; type any part of a name'),
        likely: [],
        isSame: (one, other) => one.thing === other.thing && one.connection.id === other.connection.id,
      }),
      ({ connection: at, thing }) => ({ connection: at, cluster: thing }),
    ),
  );
  const steps = wizard()
    .and(names)
    .and(
      reading<NamedCluster, Pick<PickedEksCluster, 'eksCluster'>>(
        l10n.t('Reading the cluster…'),
        async ({ connection: at, cluster }, signal) => ({
          eksCluster: await (await deps.ports(at)).eks.describeCluster(cluster, signal),
        }),
      ),
    );
  return unlessKnown(known, steps);
}

/** Asks for a node group in one list, and reads its details and those of its cluster. */
export function nodegroupSteps(
  deps: PickDeps,
  { connection, eksCluster, nodegroup }: Partial<PickedNodegroup> = {},
): WizardStep<object, PickedNodegroup> {
  const known = connection && eksCluster && nodegroup && { connection, eksCluster, nodegroup };
  const names = namedQuestion<object, NamedNodegroup>('connection', async (_answers, ask) =>
    into(
      await askFlat<GroupNames>(ask, {
        ...listQuestion<GroupNames>(
          deps,
          connection,
          () =>
            eksCluster === undefined
              ? l10n.t('There are no managed node groups in this region')
              : l10n.t('This cluster has no managed node groups'),
          (at, ports, signal) => nodegroupRows(at, ports, signal, eksCluster?.name),
        ),
        placeholder: l10n.t('Choose a node group; type any part of a name'),
        likely: connection === undefined ? selectedNodegroup(deps.picking.selected()) : [],
        isSame: (one, other) => one.connection.id === other.connection.id && isSame(one.thing, other.thing),
      }),
      ({ connection: at, thing }) => ({ connection: at, ...thing }),
    ),
  );
  const steps = wizard()
    .and(names)
    .and(
      reading<NamedNodegroup, Omit<PickedNodegroup, 'connection'>>(
        l10n.t('Reading the node group…'),
        async ({ connection: at, cluster, name }, signal) => {
          const { eks } = await deps.ports(at);
          const [readCluster, readGroup] = await Promise.all([
            eks.describeCluster(cluster, signal),
            eks.describeNodegroup(cluster, name, signal),
          ]);
          return { eksCluster: readCluster, nodegroup: readGroup };
        },
      ),
    );
  return unlessKnown(known, steps);
}

/** A title that names the node group or the cluster as soon as it is known. */
export function titleOfNodegroup(
  unnamed: string,
  named: (label: string) => string,
): (soFar: Partial<PickedNodegroup & NamedNodegroup>) => string {
  return ({ eksCluster, nodegroup, cluster = eksCluster?.name, name = nodegroup?.name }) => {
    if (cluster === undefined) return unnamed;
    return named(name === undefined ? cluster : labelOf(cluster, name));
  };
}

interface NamedCluster extends PickedConnection {
  readonly cluster: string;
}

interface GroupNames {
  readonly cluster: string;
  readonly name: string;
}

interface NamedNodegroup extends PickedConnection, GroupNames {}

type ListRows<T> = (
  connection: Connection,
  ports: Ports,
  signal: AbortSignal,
) => AsyncIterable<readonly Listed<T>[]>;

function listQuestion<T>(
  { store, ports, picking }: PickDeps,
  known: Connection | undefined,
  none: () => string,
  rows: ListRows<T>,
): Pick<FlatQuestion<T>, 'sources' | 'empty' | 'help'> {
  return {
    sources: () =>
      (known === undefined ? defaultFirst(store.all()) : [known]).map((connection) => {
        const list: ListThings<T> = (signal) => rows(connection, ports, signal);
        // No row is a holder, so nothing is ever listed inside a holder.
        const source: ThingSource<T> = { connection, list, inside: () => source, none };
        return source;
      }),
    empty: l10n.t('There is no connection yet: add one in the Slipway view'),
    help: picking.help,
  };
}

async function* clusterRows(
  connection: Connection,
  ports: Ports,
  signal: AbortSignal,
): AsyncGenerator<readonly Listed<string>[], void> {
  const { eks } = await ports(connection);
  const names = await allItems((next) => eks.listClusters(next, signal));
  yield names.map((name) => ({ kind: 'thing', thing: name, label: name, icon: 'layers' }));
}

/** Yields a page for each cluster, one after the other, since EKS allows few such requests at a time. */
async function* nodegroupRows(
  connection: Connection,
  ports: Ports,
  signal: AbortSignal,
  only: string | undefined,
): AsyncGenerator<readonly Listed<GroupNames>[], void> {
  const { eks } = await ports(connection);
  const clusters = only === undefined ? everyItem((next) => eks.listClusters(next, signal)) : [only];
  for await (const cluster of clusters) {
    yield await orUnread<GroupNames>(cluster, async () => {
      const names = await allItems((next) => eks.listNodegroups(cluster, next, signal));
      return names.map((name) => ({
        kind: 'thing',
        thing: { cluster, name },
        label: labelOf(cluster, name),
        icon: 'vm',
      }));
    });
  }
}

function selectedNodegroup(node: ResourceNode | undefined): readonly LikelyThing<GroupNames>[] {
  if (node?.kind !== 'nodegroup') return [];
  const thing = { cluster: node.parent.name, name: node.name };
  const label = labelOf(thing.cluster, thing.name);
  const why = l10n.t('Selected in the view');
  return [{ connection: connectionNodeOf(node).connection, thing, label, icon: 'vm', why }];
}

function isSame(one: GroupNames, other: GroupNames): boolean {
  return one.cluster === other.cluster && one.name === other.name;
}

function labelOf(cluster: string, nodegroup: string): string {
  return `${cluster} / ${nodegroup}`;
}

/** The answers that a row of the tree already gives; the cluster and the node group are read again. */
export async function nodegroupFromRow(
  node: ResourceNode | undefined,
  ports: Ports,
  signal: AbortSignal,
): Promise<Partial<PickedNodegroup>> {
  if (!node) return {};
  const { connection } = connectionNodeOf(node);
  switch (node.kind) {
    case 'nodegroup': {
      const { eks } = await ports(connection);
      const [eksCluster, nodegroup] = await Promise.all([
        eks.describeCluster(node.parent.name, signal),
        eks.describeNodegroup(node.parent.name, node.name, signal),
      ]);
      return { connection, eksCluster, nodegroup };
    }
    case 'eks-cluster': {
      const { eks } = await ports(connection);
      return { connection, eksCluster: await eks.describeCluster(node.name, signal) };
    }
    case 'workload': {
      const { eks } = await ports(connection);
      return { connection, eksCluster: await eks.describeCluster(node.parent.parent.name, signal) };
    }
    default:
      return { connection };
  }
}
