/**
 * Every command about EKS clusters and node groups, and the one that shows a workload's snippet: from a
 * row, a selection of rows, or the palette.
 */

import * as l10n from '@vscode/l10n';
import type { CommandHandlers } from '../../view/command-ids';
import { refuse } from '../../view/messages/refusals/commands';
import type { ResourceNode } from '../../view/resources/node';
import { connectionNodeOf } from '../../view/resources/row';
import { runWizard } from '../../view/wizard/wizard';
import { nodeOf, nodesOf } from '../arguments';
import { eksClusterSteps, nodegroupFromRow, nodegroupSteps } from '../pick/eks';
import { showSnippet } from '../snippet/show-snippet';
import type { SnippetWorkload } from '../snippet/steps';
import { copyAccessCommands, editEndpoints } from './cluster-access';
import type { NodegroupDeps } from './deps';
import { askDrain, showDrain } from './drain';
import { followRunning } from './follow';
import { copyKubernetesRole } from './kubernetes-role';
import { type ClusterPlace, clusterOfRow, drainPlaceOfRow, placeOfAnswers, placeOfRow } from './place';
import { exportReadiness } from './readiness';
import { showReadiness } from './readiness-page';
import { editUpdateSettings } from './settings';
import type { KnownNames } from './several/names';
import { updateSeveral } from './several/update-several';
import { historyShown } from './show';
import { updateNodegroup } from './update';

export type NodegroupCommands = Pick<
  CommandHandlers,
  | 'slipway.nodegroup.update'
  | 'slipway.nodegroup.updateSeveral'
  | 'slipway.nodegroup.editUpdateSettings'
  | 'slipway.nodegroup.checkDrain'
  | 'slipway.nodegroup.askDrain'
  | 'slipway.nodegroup.history'
  | 'slipway.nodegroup.follow'
  | 'slipway.eksCluster.readiness'
  | 'slipway.eksCluster.exportReadiness'
  | 'slipway.eksCluster.copyKubernetesRole'
  | 'slipway.workload.showSnippet'
  | 'slipway.eksCluster.copyAccessCommands'
  | 'slipway.eksCluster.editEndpoints'
>;

export function nodegroupCommands(deps: NodegroupDeps): NodegroupCommands {
  const known = (row: unknown): ReturnType<typeof nodegroupFromRow> =>
    nodegroupFromRow(nodeOf(row), deps.ports, new AbortController().signal);
  return {
    'slipway.nodegroup.update': async (row) => updateNodegroup(await known(row), deps),
    'slipway.nodegroup.updateSeveral': async (row, selected) =>
      updateSeveral(severalKnown(nodesOf(row, selected)), deps),
    'slipway.nodegroup.editUpdateSettings': async (row) => editUpdateSettings(await known(row), deps),
    'slipway.nodegroup.checkDrain': async (row) => {
      const node = nodeOf(row);
      const place = drainPlaceOfRow(node) ?? (await pickNodegroup(l10n.t('Check Drain'), node, deps));
      if (place) await showDrain(place, deps);
    },
    'slipway.nodegroup.askDrain': async (row) => {
      const node = nodeOf(row);
      const title = l10n.t('Ask API Server About Drain');
      const place = drainPlaceOfRow(node) ?? (await pickNodegroup(title, node, deps));
      if (place) await askDrain(place, deps);
    },
    'slipway.nodegroup.history': async (row) => {
      const node = nodeOf(row);
      const cluster = node?.kind === 'eks-cluster' ? clusterOfRow(node) : undefined;
      if (cluster) return deps.pages.show(historyShown(cluster, deps));
      const place = placeOfRow(node) ?? (await pickNodegroup(l10n.t('Show Update History'), node, deps));
      if (place) await deps.pages.show(historyShown(place, deps));
    },
    'slipway.nodegroup.follow': async (row) => {
      const node = nodeOf(row);
      const place = placeOfRow(node) ?? (await pickNodegroup(l10n.t('Follow Running Update'), node, deps));
      if (place) await followRunning(place, deps);
    },
    'slipway.eksCluster.readiness': async (row) => {
      const place = await clusterOf(nodeOf(row), l10n.t('Show Upgrade Readiness'), deps);
      if (place) await showReadiness(place, deps);
    },
    'slipway.eksCluster.exportReadiness': async (row) => {
      const place = await clusterOf(nodeOf(row), l10n.t('Export Upgrade Readiness'), deps);
      if (place) await exportReadiness(place, deps);
    },
    'slipway.eksCluster.copyKubernetesRole': async (row) => {
      const place = await clusterOf(nodeOf(row), l10n.t('Copy Kubernetes Role'), deps);
      if (place) await copyKubernetesRole(place, deps);
    },
    'slipway.workload.showSnippet': async (row) =>
      showSnippet(await known(row), deps, snippetWorkload(nodeOf(row))),
    'slipway.eksCluster.copyAccessCommands': async (row) => {
      const node = nodeOf(row);
      if (node?.kind === 'failure') await copyAccessCommands(node.failure, deps);
    },
    'slipway.eksCluster.editEndpoints': editEndpoints,
  };
}

/** The answers that are known from a workload's row. */
function snippetWorkload(node: ResourceNode | undefined): SnippetWorkload | undefined {
  if (node?.kind !== 'workload') return undefined;
  const { kind, namespace, name } = node.item.workload;
  return { kind, namespace, workload: name };
}

/**
 * The answers that are known from the selected rows. @throws refusal `several-connections` if the rows belong to
 * several connections
 */
function severalKnown(nodes: readonly ResourceNode[]): KnownNames {
  const [connection, ...others] = new Map(
    nodes.map((node) => [connectionNodeOf(node).id, connectionNodeOf(node).connection] as const),
  ).values();
  if (!connection) return {};
  if (others.length > 0) throw refuse('several-connections');
  const groups = nodes.filter((node) => node.kind === 'nodegroup');
  const clusters = [
    ...new Set(
      nodes.flatMap((node) =>
        node.kind === 'eks-cluster' ? [node.name] : node.kind === 'nodegroup' ? [node.parent.name] : [],
      ),
    ),
  ];
  return {
    connection,
    ...(groups.length > 1 && groups.length === nodes.length
      ? { names: groups.map(({ parent, name }) => ({ cluster: parent.name, nodegroup: name })) }
      : clusters.length > 0 && { clusters }),
  };
}

async function pickNodegroup(
  title: string,
  node: ResourceNode | undefined,
  deps: NodegroupDeps,
): Promise<ReturnType<typeof placeOfAnswers> | undefined> {
  const known = await nodegroupFromRow(node, deps.ports, new AbortController().signal);
  const answers = await runWizard(title, nodegroupSteps(deps, known), {}, deps.prompts);
  return answers && placeOfAnswers(answers);
}

async function clusterOf(
  node: ResourceNode | undefined,
  title: string,
  deps: NodegroupDeps,
): Promise<ClusterPlace | undefined> {
  const place = clusterOfRow(node);
  if (place) return place;
  const known = node ? { connection: connectionNodeOf(node).connection } : {};
  const answers = await runWizard(title, eksClusterSteps(deps, known), {}, deps.prompts);
  return answers && { connection: answers.connection, cluster: answers.eksCluster.name };
}
