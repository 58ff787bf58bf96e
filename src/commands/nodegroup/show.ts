/** Pages about a node group and what it rests on, each read when it is asked for. */
import * as l10n from '@vscode/l10n';
import type { Insight } from '../../model/eks';
import { allItems } from '../../model/page';
import { readHistory } from '../../nodegroup/history';
import { updateErrorRemedy } from '../../nodegroup/remedies/update-errors';
import { readOptional } from '../../plan/optional-read';
import {
  insightsPage,
  launchTemplatePage,
  type ShownInsight,
  subnetsPage,
} from '../../view/documents/node-parts';
import { updateHistoryPage } from '../../view/documents/update-history';
import { unknownWords, updateErrorWords } from '../../view/messages/nodegroup';
import { showRead } from '../show-read';
import type { NodegroupDeps } from './deps';
import { labelOf, type NodegroupPlace } from './place';

type ShowDeps = Pick<NodegroupDeps, 'documents' | 'ports'>;

export async function showInsights(
  { connection, cluster }: Omit<NodegroupPlace, 'nodegroup'>,
  { documents, ports }: ShowDeps,
): Promise<void> {
  const name = l10n.t('Upgrade insights of {0}', { 0: cluster });
  await showRead(
    documents,
    name,
    l10n.t('Reading the upgrade insights of {0}', { 0: cluster }),
    async (signal) => {
      const { eks } = await ports(connection);
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
      return insightsPage(
        cluster,
        shown.toSorted((a, b) => weightOf(a.insight) - weightOf(b.insight)),
      );
    },
  );
}

const GRAVITY: readonly string[] = ['ERROR', 'WARNING', 'UNKNOWN', 'PASSING'];

function weightOf({ status }: Insight): number {
  const at = GRAVITY.indexOf(status);
  return at < 0 ? GRAVITY.indexOf('UNKNOWN') : at;
}

export async function showSubnets(place: NodegroupPlace, { documents, ports }: ShowDeps): Promise<void> {
  const label = labelOf(place);
  const name = l10n.t('Subnets of {0}', { 0: label });
  await showRead(documents, name, l10n.t('Reading the subnets of {0}', { 0: label }), async (signal) => {
    const { eks, compute } = await ports(place.connection);
    const { subnetIds } = await eks.describeNodegroup(place.cluster, place.nodegroup, signal);
    return subnetsPage(label, subnetIds.length === 0 ? [] : await compute.subnets(subnetIds, signal));
  });
}

export async function showLaunchTemplate(place: NodegroupPlace, deps: ShowDeps): Promise<void> {
  const label = labelOf(place);
  const name = l10n.t('Launch template of {0}', { 0: label });
  await showRead(
    deps.documents,
    name,
    l10n.t('Reading the launch template of {0}', { 0: label }),
    async (signal) => {
      const { eks, compute } = await deps.ports(place.connection);
      const { launchTemplate } = await eks.describeNodegroup(place.cluster, place.nodegroup, signal);
      const versions = launchTemplate
        ? await allItems((next) => compute.launchTemplateVersions(launchTemplate, next, signal))
        : [];
      return launchTemplatePage(
        label,
        versions.toSorted((a, b) => b.number - a.number),
        launchTemplate?.version,
      );
    },
  );
}

/** @param place without a node group: updates of the cluster itself */
export async function showHistory(
  place: Omit<NodegroupPlace, 'nodegroup'> & Partial<Pick<NodegroupPlace, 'nodegroup'>>,
  { documents, ports }: ShowDeps,
): Promise<void> {
  const { connection, cluster, nodegroup } = place;
  const label = nodegroup === undefined ? cluster : labelOf({ cluster, nodegroup });
  const name = l10n.t('Updates of {0}', { 0: label });
  await showRead(documents, name, l10n.t('Reading the updates of {0}', { 0: label }), async (signal) => {
    const { eks } = await ports(connection);
    return updateHistoryPage(label, await readHistory(eks, cluster, nodegroup, signal), (error) =>
      updateErrorWords(error, updateErrorRemedy(error.code)),
    );
  });
}
