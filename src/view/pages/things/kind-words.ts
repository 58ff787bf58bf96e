/** What pages call the kinds of things. */
import * as l10n from '@vscode/l10n';
import type { PagedNode } from '../../resources/paged-rows';

export function thingWords(kind: PagedNode['kind']): string {
  switch (kind) {
    case 'environment':
      return l10n.t('kdb environment');
    case 'kdb-cluster':
      return l10n.t('kdb cluster');
    case 'eks-cluster':
      return l10n.t('EKS cluster');
    case 'nodegroup':
      return l10n.t('Node group');
    case 'workload':
      return l10n.t('Workload');
  }
}
