/** The updates that a node group or a cluster has seen as a page, each failure explained. */
import * as l10n from '@vscode/l10n';
import type { EksUpdate, UpdateError } from '../../model/eks';
import type { UpdateHistory } from '../../nodegroup/history';
import { code, page, plain, table } from '../markdown';
import { resourcesLine } from './node-parts';

/** @param errorWords what an error means, and what helps. */
export function updateHistoryPage(
  label: string,
  { updates, notRead }: UpdateHistory,
  errorWords: (error: UpdateError) => string,
): string {
  return page([
    `# ${l10n.t('Updates of {0}', { 0: plain(label) })}`,
    l10n.t('Everything that EKS still lists, whoever started it.'),
    updates.length === 0
      ? l10n.t('EKS lists no updates.')
      : table(
          [l10n.t('Begun'), l10n.t('What'), l10n.t('Status'), l10n.t('Parameters'), l10n.t('Update')],
          updates.map((update) => [
            plain(
              update.createdAt === undefined
                ? l10n.t('not shown')
                : new Date(update.createdAt).toLocaleString(),
            ),
            plain(update.type),
            `${sign(update.status)} ${plain(update.status)}`,
            update.params.map(({ type, value }) => `${plain(type)} ${code(value)}`).join('<br>'),
            code(update.id),
          ]),
        ),
    notRead === 0 ? undefined : l10n.t('and {0} more that were not read', { 0: notRead }),
    ...updates
      .filter(({ errors }) => errors.length > 0)
      .flatMap((update) => failureBlocks(update, errorWords)),
  ]);
}

function sign(status: string): string {
  switch (status) {
    case 'Successful':
      return '✓';
    case 'Failed':
      return '✗';
    case 'Cancelled':
      return '⊘';
    case 'InProgress':
      return '…';
    default:
      return '?';
  }
}

function failureBlocks(
  { id, errors }: EksUpdate,
  errorWords: (error: UpdateError) => string,
): readonly (string | undefined)[] {
  return [
    `## ${l10n.t('Why {0} failed', { 0: code(id) })}`,
    ...errors.flatMap((error) => [
      `**${plain(error.code)}** ${plain(errorWords(error))}`,
      resourcesLine(error.resourceIds),
    ]),
  ];
}
