/**
 * The page of a kdb environment: the content that `listedThing` makes, with the clusters of the
 * environment added.
 */
import * as l10n from '@vscode/l10n';
import type { KdbClusterNode } from '../../resources/kinds/kdb-cluster';
import { thingButton } from './buttons';
import { type Inner, kdbClustersSection } from './inner';
import { statusProblems } from './status';
import type { ThingContent } from './thing';

/** @param plain the content that `listedThing` made, which has no clusters */
export function environmentThing(plain: ThingContent, clusters: Inner<KdbClusterNode>): ThingContent {
  return {
    ...plain,
    state: plain.state.tone === 'good' ? readyState(clusters) : plain.state,
    problems: [
      ...plain.problems,
      ...clusters.rows.flatMap((cluster) => {
        const { phase, status, statusReason, name } = cluster.summary;
        if (phase !== 'failed') return [];
        return statusProblems(phase, status, statusReason, [thingButton(cluster.id)], name);
      }),
    ],
    sections: [kdbClustersSection(clusters), ...plain.sections],
  };
}

/** Shows "Ready" in place of AWS's own status "created", and how many clusters have failed, if any. */
function readyState({ rows, hasMore }: Inner<KdbClusterNode>): ThingContent['state'] {
  const failed = rows.filter(({ summary }) => summary.phase === 'failed').length;
  if (failed === 0) return { tone: 'good', text: l10n.t('Ready') };
  const counts = { 0: failed, 1: rows.length };
  const text = hasMore
    ? l10n.t('Ready; {0} of the first {1} clusters failed', counts)
    : l10n.t('Ready; {0} of {1} clusters failed', counts);
  return { tone: 'warning', text };
}
