/** Names of EKS's updates. */
import * as l10n from '@vscode/l10n';

/**
 * The name of a type of update. Types without one here are shown as EKS spells them: it has 20 and adds others.
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_Update.html
 */
export function updateTypeWords(type: string): string {
  switch (type) {
    case 'VersionUpdate':
      return l10n.t('version update');
    case 'VersionRollback':
      return l10n.t('version rollback');
    case 'ConfigUpdate':
      return l10n.t('change of update settings');
    default:
      return eksNameWords(type);
  }
}

/** A name of EKS's as people write it: `InProgress` → `in progress`. */
export function eksNameWords(name: string): string {
  return name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}
