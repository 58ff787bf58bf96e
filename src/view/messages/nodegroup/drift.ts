/** How a node group changed between two looks, in words. */
import * as l10n from '@vscode/l10n';
import type { Drift } from '../../../nodegroup/state';

/** `AMI release: 1.33.3-20260701, now 1.33.4-20260801`. */
export function driftWords({ field, before, now }: Drift): string {
  return l10n.t('{field}: {before}, now {now}', {
    field: fieldWords(field),
    before: before ?? l10n.t('not shown'),
    now: now ?? l10n.t('not shown'),
  });
}

function fieldWords(field: Drift['field']): string {
  switch (field) {
    case 'id':
      return l10n.t('Id, since the node group was deleted and made anew');
    case 'status':
      return l10n.t('Status');
    case 'amiType':
      return l10n.t('AMI type');
    case 'version':
      return l10n.t('Kubernetes version');
    case 'releaseVersion':
      return l10n.t('AMI release');
    case 'template':
      return l10n.t('Launch template');
    case 'templateVersion':
      return l10n.t('Launch template version');
    case 'maxUnavailable':
      return l10n.t('Nodes unavailable at once');
    case 'maxUnavailablePercentage':
      return l10n.t('Percentage of nodes unavailable at once');
    case 'updateStrategy':
      return l10n.t('Update strategy');
  }
}
