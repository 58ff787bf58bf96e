/** How a node group changed between two looks, in words. */
import type { Drift } from '../../../upgrade/state';
import type { Translate } from '../translate';

/** `AMI release: 1.33.3-20260701, now 1.33.4-20260801`. */
export function driftWords({ field, before, now }: Drift, t: Translate): string {
  return t('{field}: {before}, now {now}', {
    field: fieldWords(field, t),
    before: before ?? t('not shown'),
    now: now ?? t('not shown'),
  });
}

function fieldWords(field: Drift['field'], t: Translate): string {
  switch (field) {
    case 'id':
      return t('Id, since the node group was deleted and made anew');
    case 'status':
      return t('Status');
    case 'amiType':
      return t('AMI type');
    case 'version':
      return t('Kubernetes version');
    case 'releaseVersion':
      return t('AMI release');
    case 'template':
      return t('Launch template');
    case 'templateVersion':
      return t('Launch template version');
    case 'maxUnavailable':
      return t('Nodes unavailable at once');
    case 'maxUnavailablePercentage':
      return t('Percentage of nodes unavailable at once');
    case 'updateStrategy':
      return t('Update strategy');
  }
}
