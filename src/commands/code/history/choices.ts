/** The known deployments to a cluster and the zips without a record, as choices of a pick. */
import * as l10n from '@vscode/l10n';
import { configurationWords, deploymentIcon, deploymentWords } from '../../../view/messages/deployments';
import { sizeWords } from '../../../view/messages/phase';
import type { Notifier } from '../../../view/notify';
import type { Choice } from '../../../view/wizard/prompts';
import { NOTICE } from '../../../view/wizard/wizard';
import type { ClusterHistory, KnownConfiguration, UnrecordedZip } from './cluster-history';

function timeWords(at: number): string {
  return new Date(at).toLocaleString();
}

/** The time of the deployment, or words which say that the configuration existed before that time. */
export function knownName({ how, deployment }: KnownConfiguration): string {
  const when = timeWords(deployment.at);
  return how === 'deployed' ? when : l10n.t('before {0}', { 0: when });
}

export function knownChoice(known: KnownConfiguration): Choice<KnownConfiguration> {
  const { how, deployment, configuration, isLive } = known;
  const { bucket, key } = configuration.code;
  const name = knownName(known);
  return {
    value: known,
    label: isLive ? l10n.t('{0} (live now)', { 0: name }) : name,
    description:
      how === 'deployed'
        ? deploymentWords(deployment)
        : l10n.t('what was there · {0} in {1}', { 0: key, 1: bucket }),
    detail: configurationWords(configuration),
    icon: how === 'deployed' ? deploymentIcon(deployment) : 'history',
  };
}

export function zipChoice(zip: UnrecordedZip): Choice<UnrecordedZip> {
  const { at, digest, size, modifiedAt } = zip.code;
  return {
    value: zip,
    label: modifiedAt === undefined ? digest.slice(0, 8) : timeWords(modifiedAt),
    description: `${digest.slice(0, 8)} · ${sizeWords(size)} · ${at.bucket}`,
    detail: l10n.t('Its script and arguments are unknown, and asked for'),
    icon: 'file-zip',
    group: l10n.t('Zips without a record'),
  };
}

/** One row for each place that could not be read, and one that says that older deployments are not listed. */
export function noticeChoices(
  { unread, more }: ClusterHistory,
  notify: Notifier,
): readonly Choice<typeof NOTICE>[] {
  const words = [
    ...unread.map(({ place, failure }) =>
      l10n.t('s3://{0}/{1} could not be read: {2}', {
        0: place.bucket,
        1: place.prefix,
        2: notify.words(failure),
      }),
    ),
    ...(more ? [l10n.t('Older deployments are not listed.')] : []),
  ];
  return words.map((label) => ({ value: NOTICE, label, icon: 'warning', group: l10n.t('Not listed') }));
}
