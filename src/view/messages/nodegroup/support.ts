/** How long AWS supports a Kubernetes version, in words. */
import * as l10n from '@vscode/l10n';
import type { Support } from '../../../nodegroup/rules/support';
import type { OptionalRead } from '../../../plan/optional-read';
import { dayWords } from '../counts';
import { unknownWords } from '../unread';

/**
 * How long AWS supports a cluster's version, for the tooltip and the page of the cluster; undefined where AWS
 * does not say.
 */
export function supportBadge(support: Support): string | undefined {
  switch (support.kind) {
    case 'standard':
      if (support.until === undefined) return l10n.t('standard support');
      return support.ending
        ? l10n.t('support ends {day}', { day: dayWords(support.until) })
        : l10n.t('support until {day}', { day: dayWords(support.until) });
    case 'extended':
      return support.until === undefined
        ? l10n.t('extended support')
        : l10n.t('extended support until {day}', { day: dayWords(support.until) });
    case 'ended':
      return support.since === undefined
        ? l10n.t('support ended')
        : l10n.t('support ended {day}', { day: dayWords(support.since) });
    case 'unlisted':
      return undefined;
  }
}

/**
 * The support of a version, to be shown beside the state of its cluster. The text does not repeat that
 * support is ending or has ended: the state says so.
 */
export function supportDetail(support: Support): string | undefined {
  if (support.kind === 'standard' && support.until !== undefined)
    return l10n.t('support until {day}', { day: dayWords(support.until) });
  if (support.kind !== 'ended') return supportBadge(support);
  return support.since === undefined ? undefined : l10n.t('since {day}', { day: dayWords(support.since) });
}

/** How long AWS supports a version, for the page and the document that show a cluster's readiness. */
export function supportWords(support: OptionalRead<Support>): string {
  if (!support.known) return unknownWords(support.why);
  const { value } = support;
  switch (value.kind) {
    case 'standard':
      return value.until === undefined
        ? l10n.t('standard support')
        : l10n.t('standard support until {day}', { day: dayWords(value.until) });
    case 'extended':
      return value.until === undefined
        ? l10n.t('extended support, which costs extra')
        : l10n.t('extended support, which costs extra, until {day}', { day: dayWords(value.until) });
    case 'ended':
      return value.since === undefined
        ? l10n.t('ended')
        : l10n.t('ended on {day}', { day: dayWords(value.since) });
    case 'unlisted':
      return l10n.t('AWS does not say');
  }
}

/** A sentence which says that extended support costs extra. `until`: epoch milliseconds. */
export function extendedSupportWords({
  version,
  until,
}: {
  readonly version: string;
  readonly until?: number | undefined;
}): string {
  return until === undefined
    ? l10n.t('Kubernetes {version} is in extended support, which costs extra.', { version })
    : l10n.t('Kubernetes {version} is in extended support, which costs extra, until {day}.', {
        version,
        day: dayWords(until),
      });
}
