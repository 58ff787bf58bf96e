/** The page of a kdb environment. */
import * as l10n from '@vscode/l10n';
import { statusWords } from '../../messages/phase';
import type { EnvironmentNode } from '../../resources/kinds/environment';
import type { KdbClusterNode } from '../../resources/kinds/kdb-cluster';
import { connectionNodeOf } from '../../resources/row';
import { muted } from '../cells';
import { copyable, thingButton } from './buttons';
import { factsSection } from './facts';
import { type Inner, kdbClustersSection } from './inner';
import { listedState } from './state';
import { statusProblems, whereToLook } from './status';
import type { ThingContent } from './thing';

/** @param clusters what is listed in it */
export function environmentThing(row: EnvironmentNode, clusters: Inner<KdbClusterNode>): ThingContent {
  const { id, name, arn, status, phase, description, statusReason, availabilityZoneIds } = row.environment;
  const { connection } = connectionNodeOf(row);
  return {
    kind: 'environment',
    heading: name,
    about: [connection.region],
    state: phase === 'ready' ? readyState(clusters) : listedState(phase, status),
    problems: [
      ...statusProblems(phase, status, statusReason, [whereToLook(connection.source.kind)]),
      ...clusters.rows.flatMap((cluster) => {
        const { phase: how, status: said, statusReason: why, name: which } = cluster.summary;
        return how === 'failed' ? statusProblems(how, said, why, [thingButton(cluster.id)], which) : [];
      }),
    ],
    sections: [
      kdbClustersSection(clusters),
      factsSection(l10n.t('The environment'), [
        [l10n.t('Description'), description],
        [l10n.t('Status'), statusWords(status)],
        [
          l10n.t('Zones'),
          availabilityZoneIds.length === 0 ? muted(l10n.t('not shown')) : availabilityZoneIds.join(', '),
        ],
        [l10n.t('Environment id'), copyable(l10n.t('environment id'), id)],
        [l10n.t('ARN'), arn === undefined ? undefined : copyable(l10n.t('ARN'), arn)],
      ]),
    ],
  };
}

/** AWS calls an environment that works "created". */
function readyState({ rows }: Inner<KdbClusterNode>): ThingContent['state'] {
  const failed = rows.filter(({ summary }) => summary.phase === 'failed').length;
  return failed === 0
    ? { tone: 'good', text: l10n.t('Ready') }
    : { tone: 'warning', text: l10n.t('Ready; {0} of {1} clusters failed', { 0: failed, 1: rows.length }) };
}
