/**
 * Pages about the updates, the launch template and the subnets of a node group, and about the updates and
 * the insights of a cluster. Each is read when it is opened.
 */
import * as l10n from '@vscode/l10n';
import { allItems } from '../../model/page';
import { readHistory } from '../../nodegroup/reading/history';
import { updateErrorRemedy } from '../../nodegroup/remedies/update-errors';
import { readOptional } from '../../plan/optional-read';
import { unknownWords, updateErrorWords } from '../../view/messages/nodegroup';
import type { ReadOf } from '../../view/pages/page-key';
import type { ShownPage } from '../../view/pages/panels';
import { insightsContent, type ShownInsight } from '../../view/pages/reads/insights';
import { launchTemplateContent, subnetsContent } from '../../view/pages/reads/node-parts';
import { updatesContent } from '../../view/pages/reads/updates';
import type { TargetPorts } from '../ports';
import { type Found, readShown } from '../reads/read-shown';
import type { NodegroupDeps } from './deps';
import { type ClusterPlace, labelOf, type NodegroupPlace } from './place';

type ShowDeps = Pick<NodegroupDeps, 'pages' | 'ports' | 'notify' | 'clock'>;

/** A node group, or the cluster itself if `nodegroup` is absent. */
export type ClusterOrNodegroup = ClusterPlace & Partial<Pick<NodegroupPlace, 'nodegroup'>>;

export function insightsShown({ connection, cluster }: ClusterPlace, deps: ShowDeps): ShownPage {
  return shownOf('insights', { connection, cluster }, deps, async ({ eks }, signal) => {
    const shown: ShownInsight[] = [];
    for (const insight of await allItems((next) => eks.listInsights(cluster, next, signal))) {
      const details = await readOptional(() => eks.describeInsight(cluster, insight.id, signal));
      shown.push(
        details.known
          ? { insight: details.value }
          : {
              insight: { ...insight, additionalInfo: {}, resources: [] },
              notKnown: unknownWords(details.why),
            },
      );
    }
    return (now) => insightsContent(shown, now);
  });
}

export function subnetsShown(place: NodegroupPlace, deps: ShowDeps): ShownPage {
  return shownOf('subnets', place, deps, async ({ eks, compute }, signal) => {
    const { subnetIds } = await eks.describeNodegroup(place.cluster, place.nodegroup, signal);
    const subnets = subnetIds.length === 0 ? [] : await compute.subnets(subnetIds, signal);
    return () => subnetsContent(subnets);
  });
}

export function launchTemplateShown(place: NodegroupPlace, deps: ShowDeps): ShownPage {
  return shownOf('launch-template', place, deps, async ({ eks, compute }, signal) => {
    const { launchTemplate } = await eks.describeNodegroup(place.cluster, place.nodegroup, signal);
    const versions = launchTemplate
      ? await allItems((next) => compute.launchTemplateVersions(launchTemplate, next, signal))
      : [];
    return (now) => launchTemplateContent(versions, launchTemplate?.version, now);
  });
}

export function historyShown(place: ClusterOrNodegroup, deps: ShowDeps): ShownPage {
  return shownOf('updates', place, deps, async ({ eks }, signal) => {
    const history = await readHistory(eks, place.cluster, place.nodegroup, signal);
    return (now) =>
      updatesContent(history, (error) => updateErrorWords(error, updateErrorRemedy(error.code)), now);
  });
}

type Part = Extract<ReadOf, 'insights' | 'subnets' | 'launch-template' | 'updates'>;

function shownOf(
  of: Part,
  { connection, cluster, nodegroup }: ClusterOrNodegroup,
  deps: ShowDeps,
  read: (ports: TargetPorts, signal: AbortSignal) => Promise<Found>,
): ShownPage {
  const heading = nodegroup === undefined ? cluster : labelOf({ cluster, nodegroup });
  return readShown(
    {
      key: {
        kind: 'read',
        of,
        connectionId: connection.id,
        path: [cluster, ...(nodegroup === undefined ? [] : [nodegroup])],
      },
      connection,
      ...namesOf(of, heading),
      heading,
      read: async (signal) => read(await deps.ports(connection), signal),
    },
    deps,
  );
}

function namesOf(of: Part, label: string): { readonly title: string; readonly kind: string } {
  switch (of) {
    case 'insights':
      return { title: l10n.t('Upgrade insights of {0}', { 0: label }), kind: l10n.t('Upgrade insights') };
    case 'subnets':
      return { title: l10n.t('Subnets of {0}', { 0: label }), kind: l10n.t('Subnets') };
    case 'launch-template':
      return { title: l10n.t('Launch template of {0}', { 0: label }), kind: l10n.t('Launch template') };
    case 'updates':
      return { title: l10n.t('Updates of {0}', { 0: label }), kind: l10n.t('Updates') };
  }
}
