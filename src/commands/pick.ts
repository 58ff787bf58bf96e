/** The questions that lead to a thing in AWS: connection, environment, cluster, node group. */
import * as l10n from '@vscode/l10n';
import type { Connection } from '../model/connection';
import type { EksCluster, Nodegroup } from '../model/eks';
import type { KdbCluster, KdbEnvironment } from '../model/kdb';
import { allItems } from '../model/page';
import type { ConnectionStore } from '../view/connection-store';
import { phaseIcon, statusWords } from '../view/messages/phase';
import { connectionLabel } from '../view/resources/kinds/connection';
import type { ResourceNode } from '../view/resources/node';
import { connectionNodeOf } from '../view/resources/row';
import { BACK, type Choice, LEFT } from '../view/wizard/prompts';
import { wizard } from '../view/wizard/wizard';
import { type Ask, into, question, unlessKnown, type WizardStep } from '../view/wizard/wizard-steps';
import type { Ports } from './ports';

export interface PickedConnection {
  readonly connection: Connection;
}

export interface PickedKdbCluster extends PickedConnection {
  readonly environment: KdbEnvironment;
  readonly cluster: KdbCluster;
}

export interface PickedEksCluster extends PickedConnection {
  readonly eksCluster: EksCluster;
}

export interface PickedNodegroup extends PickedEksCluster {
  readonly nodegroup: Nodegroup;
}

interface PickDeps {
  readonly store: ConnectionStore;
  readonly ports: Ports;
}

export function connectionStep(
  store: ConnectionStore,
  known?: Connection,
): WizardStep<object, PickedConnection> {
  const step = question<object, PickedConnection>(async (_answers, { prompts, heading }) => {
    const choices: readonly Choice<Connection>[] = store.all().map((connection) => ({
      value: connection,
      label: connectionLabel(connection),
      description: connection.region,
      icon: connection.source.kind === 'sandbox' ? 'beaker' : 'account',
    }));
    return into(
      await prompts.pick(heading, {
        placeholder: l10n.t('Choose a connection'),
        choices,
        empty: l10n.t('There is no connection yet: add one in the Slipway view'),
      }),
      (connection) => ({ connection }),
    );
  });
  return unlessKnown(known && { connection: known }, step);
}

/** Connection, environment, then cluster, the cluster being read whole. */
export function kdbClusterSteps(
  { store, ports }: PickDeps,
  { connection, environment, cluster }: Partial<PickedKdbCluster> = {},
): WizardStep<object, PickedKdbCluster> {
  return wizard()
    .and(connectionStep(store, connection))
    .and(unlessKnown(environment && { environment }, environmentStep(ports)))
    .and(unlessKnown(cluster && { cluster }, kdbClusterStep(ports)));
}

function environmentStep(ports: Ports): WizardStep<PickedConnection, Pick<PickedKdbCluster, 'environment'>> {
  return question(async ({ connection }, { prompts, heading }) =>
    into(
      await prompts.pick(heading, {
        placeholder: l10n.t('Choose a kdb environment'),
        choices: async (signal) => {
          const { finspace } = await ports(connection);
          const environments = await allItems((next) => finspace.listEnvironments(next, signal));
          return environments.map((environment) => ({
            value: environment,
            label: environment.name,
            description: environment.phase === 'ready' ? environment.id : statusWords(environment.status),
            icon: phaseIcon(environment.phase, 'server-environment').replace('~spin', ''),
          }));
        },
        empty: l10n.t('There are no kdb environments in this region'),
      }),
      (environment) => ({ environment }),
    ),
  );
}

function kdbClusterStep(
  ports: Ports,
): WizardStep<Omit<PickedKdbCluster, 'cluster'>, Pick<PickedKdbCluster, 'cluster'>> {
  return question(async ({ connection, environment: { id } }, ask) => {
    const { finspace } = await ports(connection);
    const name = await ask.prompts.pick(ask.heading, {
      placeholder: l10n.t('Choose a cluster'),
      choices: async (signal) => {
        const clusters = await allItems((next) => finspace.listClusters(id, next, signal));
        return clusters.map((cluster) => ({
          value: cluster.name,
          label: cluster.name,
          description: [cluster.type, statusWords(cluster.status)].join(' · '),
          icon: phaseIcon(cluster.phase, 'database').replace('~spin', ''),
        }));
      },
      empty: l10n.t('There are no clusters in this environment'),
    });
    if (name === BACK || name === LEFT) return name;
    return { cluster: await finspace.getCluster(id, name, new AbortController().signal) };
  });
}

/** Connection, then EKS cluster, read whole. */
export function eksClusterSteps(
  { store, ports }: PickDeps,
  { connection, eksCluster }: Partial<PickedEksCluster> = {},
): WizardStep<object, PickedEksCluster> {
  return wizard()
    .and(connectionStep(store, connection))
    .and(unlessKnown(eksCluster && { eksCluster }, eksClusterStep(ports)));
}

function eksClusterStep(ports: Ports): WizardStep<PickedConnection, Pick<PickedEksCluster, 'eksCluster'>> {
  return question(async ({ connection }, ask) => {
    const { eks } = await ports(connection);
    const name = await pickName(
      ask,
      l10n.t('Choose an EKS cluster'),
      l10n.t('There are no EKS clusters in this region'),
      'layers',
      (signal) => allItems((next) => eks.listClusters(next, signal)),
    );
    if (name === BACK || name === LEFT) return name;
    return { eksCluster: await eks.describeCluster(name, new AbortController().signal) };
  });
}

/** Connection, EKS cluster, then node group, the latter two read whole. */
export function nodegroupSteps(
  deps: PickDeps,
  known: Partial<PickedNodegroup> = {},
): WizardStep<object, PickedNodegroup> {
  const { nodegroup } = known;
  return wizard()
    .and(eksClusterSteps(deps, known))
    .and(unlessKnown(nodegroup && { nodegroup }, nodegroupStep(deps.ports)));
}

function nodegroupStep(ports: Ports): WizardStep<PickedEksCluster, Pick<PickedNodegroup, 'nodegroup'>> {
  return question(async ({ connection, eksCluster: { name: cluster } }, ask) => {
    const { eks } = await ports(connection);
    const name = await pickName(
      ask,
      l10n.t('Choose a node group'),
      l10n.t('This cluster has no managed node groups'),
      'vm',
      (signal) => allItems((next) => eks.listNodegroups(cluster, next, signal)),
    );
    if (name === BACK || name === LEFT) return name;
    return { nodegroup: await eks.describeNodegroup(cluster, name, new AbortController().signal) };
  });
}

function pickName(
  { prompts, heading }: Ask,
  placeholder: string,
  empty: string,
  icon: string,
  list: (signal: AbortSignal) => Promise<readonly string[]>,
): ReturnType<typeof prompts.pick<string>> {
  return prompts.pick(heading, {
    placeholder,
    empty,
    choices: async (signal) => (await list(signal)).map((name) => ({ value: name, label: name, icon })),
  });
}

/** A cluster by the path of an operation's subject, read afresh. */
export async function kdbClusterAt(
  connection: Connection,
  [environmentId = '', name = '']: readonly string[],
  ports: Ports,
  signal: AbortSignal,
): Promise<PickedKdbCluster> {
  const { finspace } = await ports(connection);
  const [environment, cluster] = await Promise.all([
    finspace.getEnvironment(environmentId, signal),
    finspace.getCluster(environmentId, name, signal),
  ]);
  return { connection, environment, cluster };
}

/** A cluster of a list, by its path as in an operation's subject. */
export interface NamedCluster {
  readonly path: readonly string[];
  readonly label: string;
}

/** The clusters of all environments, as choices. */
export async function everyKdbCluster(
  connection: Connection,
  ports: Ports,
  signal: AbortSignal,
): Promise<readonly Choice<NamedCluster>[]> {
  const { finspace } = await ports(connection);
  const environments = await allItems((next) => finspace.listEnvironments(next, signal));
  const lists = await Promise.all(
    environments.map(async ({ id, name: environment }) => {
      const clusters = await allItems((next) => finspace.listClusters(id, next, signal));
      return clusters.map(({ name, type, status, phase }) => ({
        value: { path: [id, name], label: `${environment} / ${name}` },
        label: name,
        description: [type, statusWords(status)].join(' · '),
        icon: phaseIcon(phase, 'database').replace('~spin', ''),
        group: environment,
      }));
    }),
  );
  return lists.flat();
}

/** What a row of the tree already answers; reads the thing afresh. */
export async function knownFromRow(
  node: ResourceNode | undefined,
  ports: Ports,
  signal: AbortSignal,
): Promise<Partial<PickedKdbCluster & PickedNodegroup>> {
  if (!node) return {};
  const { connection } = connectionNodeOf(node);
  switch (node.kind) {
    case 'kdb-cluster': {
      const { finspace } = await ports(connection);
      const { environment } = node.parent;
      return {
        connection,
        environment,
        cluster: await finspace.getCluster(environment.id, node.summary.name, signal),
      };
    }
    case 'environment':
      return { connection, environment: node.environment };
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
    default:
      return { connection };
  }
}
