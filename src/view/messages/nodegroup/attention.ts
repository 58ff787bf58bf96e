/** What needs attention, in words: a short form for rows and cells, and a full one for tooltips and pages. */
import * as l10n from '@vscode/l10n';
import type { Attention, AttentionItem, LazyFact } from '../../../nodegroup/attention/attention';
import { dayWords } from '../counts';
import { unknownWords } from '../unread';
import { cannotFollowWords } from './cannot-follow';
import { extendedSupportWords } from './support';

/** The item in one line, for tooltips and for the list of items on a page. */
export function attentionWords(item: AttentionItem): string {
  switch (item.code) {
    case 'health-issues':
      return l10n.t('AWS reports health issues: {codes}.', {
        codes: item.facts.issues.map(({ code }) => code).join(', '),
      });
    case 'version-behind':
      return item.facts.minors === 1
        ? l10n.t('Kubernetes {version} is one version behind the control plane ({controlPlane}).', item.facts)
        : l10n.t(
            'Kubernetes {version} is {minors} versions behind the control plane ({controlPlane}).',
            item.facts,
          );
    case 'skew-exceeded':
      return l10n.t(
        'Kubernetes {version} is {minors} versions behind the control plane ({controlPlane}); only {allowed} are supported.',
        item.facts,
      );
    case 'version-ahead':
      return l10n.t(
        'Kubernetes {version} is newer than the control plane ({controlPlane}), which is not supported.',
        item.facts,
      );
    case 'release-behind':
      return l10n.t('Update available: AMI release {newest} (now {release}).', item.facts);
    case 'template-behind':
      return l10n.t('Launch template version {version}; the newest is {latest}.', item.facts);
    case 'ami-type-ended':
      return l10n.t(
        'AWS ended the AMI type {amiType} on {day}; Kubernetes {lastVersion} is the last version with it.',
        {
          amiType: item.facts.amiType,
          day: dayWords(item.facts.endedOn),
          lastVersion: item.facts.lastVersion,
        },
      );
    case 'cannot-follow':
      return l10n.t(
        'The node group {words}, and the control plane runs {controlPlane}. AWS ended the AMI type {amiType} on {day}.',
        {
          words: cannotFollowWords(item.facts),
          controlPlane: item.facts.controlPlane,
          amiType: item.facts.amiType,
          day: dayWords(item.facts.endedOn),
        },
      );
    case 'support-ending':
      return l10n.t('Standard support of Kubernetes {version} ends on {day}.', {
        version: item.facts.version,
        day: dayWords(item.facts.until),
      });
    case 'support-extended':
      return extendedSupportWords(item.facts);
    case 'support-ended':
      return item.facts.since === undefined
        ? l10n.t('Support of Kubernetes {version} has ended.', { version: item.facts.version })
        : l10n.t('Support of Kubernetes {version} ended on {day}.', {
            version: item.facts.version,
            day: dayWords(item.facts.since),
          });
    case 'custom-ami':
      return item.facts.imageId === undefined
        ? l10n.t('Runs an AMI of your own; whether it is outdated is not known.')
        : l10n.t('Runs an AMI of your own ({imageId}); whether it is outdated is not known.', {
            imageId: item.facts.imageId,
          });
  }
}

/** The item in a few words, for rows and for cells of tables. */
export function attentionBadge(item: AttentionItem): string {
  switch (item.code) {
    case 'health-issues':
      return l10n.t('health issues');
    case 'version-behind':
      return l10n.t('version behind');
    case 'skew-exceeded':
      return l10n.t('too old for the control plane');
    case 'version-ahead':
      return l10n.t('newer than the control plane');
    case 'release-behind':
      return l10n.t('update available');
    case 'template-behind':
      return l10n.t('template {latest} available', { latest: item.facts.latest });
    case 'ami-type-ended':
      return l10n.t('AMI type ended');
    case 'cannot-follow':
      return cannotFollowWords(item.facts);
    case 'support-ending':
      return l10n.t('support ends {day}', { day: dayWords(item.facts.until) });
    case 'support-extended':
      return l10n.t('extended support');
    case 'support-ended':
      return l10n.t('support ended');
    case 'custom-ami':
      return l10n.t('own AMI');
  }
}

/**
 * The full text, in lines: one for each item that needs attention, then one for each fact that could not be
 * found out or has not been asked for yet.
 */
export function attentionLines({ items, unknown, pending }: Attention): readonly string[] {
  const named = (fact: LazyFact, words: string): string =>
    l10n.t('{fact}: {words}', { fact: factWords(fact), words });
  return [
    ...items.map((item) => attentionWords(item)),
    ...unknown.map(({ fact, why }) => named(fact, unknownWords(why))),
    ...pending.map((fact) => named(fact, l10n.t('not asked yet'))),
  ];
}

/** The name of a fact, for a line which says that the fact is not known. */
export function factWords(fact: LazyFact): string {
  switch (fact) {
    case 'newest-release':
      return l10n.t('Newest AMI release');
    case 'support':
      return l10n.t('Support of the Kubernetes version');
    case 'template-versions':
      return l10n.t('Versions of the launch template');
  }
}
