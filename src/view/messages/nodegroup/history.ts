/** Updates of a node group or a cluster: the names of their types, and a list of the updates as Markdown. */
import * as l10n from '@vscode/l10n';
import type { EksUpdate } from '../../../model/eks';
import { presentItems } from '../../../model/present';
import type { UpdateHistory } from '../../../nodegroup/reading/history';
import { code, page, plain, table } from '../../markdown';

/** @param label the name of the node group or cluster that was updated: `prod / workers` */
export function historyMarkdown(label: string, { updates, notRead }: UpdateHistory): string {
  return page([
    `# ${l10n.t('Updates of {label}', { label: plain(label) })}`,
    updates.length === 0
      ? l10n.t('EKS lists no updates.')
      : table(
          [
            l10n.t('Begun'),
            l10n.t('Type'),
            l10n.t('Status'),
            l10n.t('Parameters'),
            l10n.t('Errors'),
            l10n.t('Update id'),
          ],
          updates.map((update) => row(update)),
        ),
    notRead > 0 ? l10n.t('EKS lists {count} more, which were not read.', { count: notRead }) : undefined,
  ]);
}

function row(update: EksUpdate): readonly string[] {
  const { id, type, status, params, createdAt, errors, cancellation } = update;
  return [
    createdAt === undefined ? l10n.t('not shown') : new Date(createdAt).toISOString(),
    plain(updateTypeWords(type)),
    plain(eksNameWords(status)),
    params.map((param) => plain(`${param.type} ${param.value}`)).join(', '),
    presentItems(
      ...errors.map(({ code: error, message }) => (message === '' ? error : `${error}: ${message}`)),
      cancellation === undefined ? undefined : l10n.t('Cancellation: {reason}', { reason: cancellation }),
    )
      .map(plain)
      .join(' '),
    code(id),
  ];
}

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
