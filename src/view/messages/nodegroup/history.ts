/** The names of types and states of updates of node groups and clusters. */
import * as l10n from '@vscode/l10n';

/**
 * The name of a type of update. EKS has many types and adds more: a type without a name here keeps EKS's
 * name, as ordinary words.
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

/** A name in EKS's spelling as ordinary words: `InProgress` → `in progress`. */
export function eksNameWords(name: string): string {
  return name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}
