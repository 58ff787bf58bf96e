/** What an update of EKS is called, by the type that EKS gives it. */
import * as l10n from '@vscode/l10n';

/**
 * A name for each type; one that is not in the list is shown in its own words, for EKS has 20 types and adds others.
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
