/** What to do about each item that needs attention, in a sentence or two. */
import * as l10n from '@vscode/l10n';
import type { AttentionCode } from '../../../nodegroup/attention/attention';

/**
 * What to do about an item with this code; undefined where there is nothing to do, or where each health issue
 * names its own remedy.
 */
export function attentionHelp(code: AttentionCode): string | undefined {
  switch (code) {
    case 'version-behind':
    case 'skew-exceeded':
      return l10n.t('Update the node group to the version of the control plane.');
    case 'version-ahead':
      return l10n.t(
        'Bring the node group back to the version of the control plane, or update the control plane.',
      );
    case 'release-behind':
      return l10n.t('Update the node group to the newest release. Its Kubernetes version may stay.');
    case 'template-behind':
      return l10n.t('Update the node group, and choose the newest version of its launch template.');
    case 'ami-type-ended':
    case 'cannot-follow':
      return l10n.t('Make a node group with another AMI type, move the pods there, and delete this one.');
    case 'support-ending':
    case 'support-extended':
    case 'support-ended':
      return l10n.t('Update the control plane. The upgrade readiness says what stands in the way.');
    case 'health-issues':
    case 'custom-ami':
      return undefined;
  }
}
