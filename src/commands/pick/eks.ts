/** The questions that lead to an EKS cluster, and to a node group of it. */
import * as l10n from '@vscode/l10n';
import type { EksCluster, Nodegroup } from '../../model/eks';
import { allItems } from '../../model/page';
import type { ResourceNode } from '../../view/resources/node';
import { connectionNodeOf } from '../../view/resources/row';
import { BACK, LEFT } from '../../view/wizard/prompts';
import { wizard } from '../../view/wizard/wizard';
import { type Ask, question, unlessKnown, type WizardStep } from '../../view/wizard/wizard-steps';
import type { Ports } from '../ports';
import { connectionStep, type PickDeps, type PickedConnection } from './connection';

export interface PickedEksCluster extends PickedConnection {
  readonly eksCluster: EksCluster;
}

export interface PickedNodegroup extends PickedEksCluster {
  readonly nodegroup: Nodegroup;
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

/** What a row of the tree already answers; reads the thing afresh. */
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
    default:
      return { connection };
  }
}
