/** The updates of a node group or a cluster as Markdown, newest first. */
import * as l10n from '@vscode/l10n';
import type { EksUpdate } from '../../../model/eks';
import type { UpdateHistory } from '../../../nodegroup/reading/history';
import { code, page, plain, table } from '../../markdown';
import { eksNameWords, updateTypeWords } from './update-type';

/** @param label what the updates are of, as the user knows it: `prod / workers` */
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
    [
      ...errors.map(({ code: error, message }) => (message === '' ? error : `${error}: ${message}`)),
      ...(cancellation === undefined ? [] : [l10n.t('Cancellation: {reason}', { reason: cancellation })]),
    ]
      .map(plain)
      .join(' '),
    code(id),
  ];
}
