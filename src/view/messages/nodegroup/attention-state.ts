/** What needs attention, short enough to stand beside a name in a narrow side bar. */
import * as l10n from '@vscode/l10n';
import type { AttentionItem } from '../../../nodegroup/attention/attention';
import { endOfFamilyWords } from './cannot-follow';

/** What needs attention, in one or two words: `behind`. */
export function attentionState({ code }: Pick<AttentionItem, 'code'>): string {
  switch (code) {
    case 'health-issues':
      return l10n.t('unhealthy');
    case 'version-behind':
      return l10n.t('behind');
    case 'skew-exceeded':
      return l10n.t('too old');
    case 'version-ahead':
      return l10n.t('too new');
    case 'release-behind':
      return l10n.t('new AMI');
    case 'template-behind':
      return l10n.t('outdated');
    case 'ami-type-ended':
      return l10n.t('AMI ended');
    case 'cannot-follow':
      return l10n.t('stuck');
    case 'support-ending':
      return l10n.t('ends soon');
    case 'support-extended':
      return l10n.t('costs extra');
    case 'support-ended':
      return l10n.t('unsupported');
    case 'custom-ami':
      return l10n.t('own AMI');
  }
}

/**
 * A detail that {@link attentionState} leaves out, such as the version of the control plane; undefined
 * for items about health, the end of an AMI type, the end of support, and the user's own AMIs.
 */
export function attentionDetail(item: AttentionItem): string | undefined {
  switch (item.code) {
    case 'version-behind':
    case 'skew-exceeded':
    case 'version-ahead':
      return l10n.t('control plane {controlPlane}', { controlPlane: item.facts.controlPlane });
    case 'release-behind':
      return l10n.t('newest {newest}', { newest: item.facts.newest });
    case 'template-behind':
      return l10n.t('template {latest} available', { latest: item.facts.latest });
    case 'cannot-follow':
      return endOfFamilyWords(item.facts);
    default:
      return undefined;
  }
}
