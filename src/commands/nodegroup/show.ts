/** Pages about a node group and what it rests on, each read when it is asked for. */
import * as l10n from '@vscode/l10n';
import { allItems } from '../../model/page';
import { readHistory } from '../../nodegroup/history';
import { updateErrorRemedy } from '../../nodegroup/remedies/update-errors';
import { readOptional } from '../../plan/optional-read';
import { unknownWords, updateErrorWords } from '../../view/messages/nodegroup';
import type { ReadKey } from '../../view/pages/page-key';
import type { ShownPage } from '../../view/pages/panels';
import { insightsContent, type ShownInsight } from '../../view/pages/reads/insights';
import { launchTemplateContent, subnetsContent } from '../../view/pages/reads/node-parts';
import { updatesContent } from '../../view/pages/reads/updates';
import { readShown } from '../reads/read-shown';
import type { NodegroupDeps } from './deps';
import { type ClusterPlace, labelOf, type NodegroupPlace } from './place';

type ShowDeps = Pick<NodegroupDeps, 'pages' | 'ports' | 'notify' | 'clock'>;

export async function showInsights(place: ClusterPlace, deps: ShowDeps): Promise<void> {
  await deps.pages.show(insightsShown(place, deps));
}

export function insightsShown({ connection, cluster }: ClusterPlace, deps: ShowDeps): ShownPage {
  return readShown(
    {
      key: keyOf('insights', { connection, cluster }),
      connection,
      title: l10n.t('Upgrade insights of {0}', { 0: cluster }),
      kind: l10n.t('Upgrade insights'),
      heading: cluster,
      read: async (signal) => {
        const { eks } = await deps.ports(connection);
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
        return insightsContent(shown, deps.clock.now());
      },
    },
    deps,
  );
}

export async function showSubnets(place: NodegroupPlace, deps: ShowDeps): Promise<void> {
  await deps.pages.show(subnetsShown(place, deps));
}

export function subnetsShown(place: NodegroupPlace, deps: ShowDeps): ShownPage {
  const { connection, cluster, nodegroup } = place;
  const label = labelOf(place);
  return readShown(
    {
      key: keyOf('subnets', place),
      connection,
      title: l10n.t('Subnets of {0}', { 0: label }),
      kind: l10n.t('Subnets'),
      heading: label,
      read: async (signal) => {
        const { eks, compute } = await deps.ports(connection);
        const { subnetIds } = await eks.describeNodegroup(cluster, nodegroup, signal);
        return subnetsContent(subnetIds.length === 0 ? [] : await compute.subnets(subnetIds, signal));
      },
    },
    deps,
  );
}

export async function showLaunchTemplate(place: NodegroupPlace, deps: ShowDeps): Promise<void> {
  await deps.pages.show(launchTemplateShown(place, deps));
}

export function launchTemplateShown(place: NodegroupPlace, deps: ShowDeps): ShownPage {
  const { connection, cluster, nodegroup } = place;
  const label = labelOf(place);
  return readShown(
    {
      key: keyOf('launch-template', place),
      connection,
      title: l10n.t('Launch template of {0}', { 0: label }),
      kind: l10n.t('Launch template'),
      heading: label,
      read: async (signal) => {
        const { eks, compute } = await deps.ports(connection);
        const { launchTemplate } = await eks.describeNodegroup(cluster, nodegroup, signal);
        const versions = launchTemplate
          ? await allItems((next) => compute.launchTemplateVersions(launchTemplate, next, signal))
          : [];
        return launchTemplateContent(versions, launchTemplate?.version, deps.clock.now());
      },
    },
    deps,
  );
}

/** A node group; without one, the cluster itself. */
export type UpdatesPlace = ClusterPlace & Partial<Pick<NodegroupPlace, 'nodegroup'>>;

export async function showHistory(place: UpdatesPlace, deps: ShowDeps): Promise<void> {
  await deps.pages.show(historyShown(place, deps));
}

export function historyShown(place: UpdatesPlace, deps: ShowDeps): ShownPage {
  const { connection, cluster, nodegroup } = place;
  const label = nodegroup === undefined ? cluster : labelOf({ cluster, nodegroup });
  return readShown(
    {
      key: keyOf('updates', place),
      connection,
      title: l10n.t('Updates of {0}', { 0: label }),
      kind: l10n.t('Updates'),
      heading: label,
      read: async (signal) => {
        const { eks } = await deps.ports(connection);
        return updatesContent(
          await readHistory(eks, cluster, nodegroup, signal),
          (error) => updateErrorWords(error, updateErrorRemedy(error.code)),
          deps.clock.now(),
        );
      },
    },
    deps,
  );
}

function keyOf(of: ReadKey['of'], { connection, cluster, nodegroup }: UpdatesPlace): ReadKey {
  const path = [cluster, ...(nodegroup === undefined ? [] : [nodegroup])];
  return { kind: 'read', of, connectionId: connection.id, path };
}
