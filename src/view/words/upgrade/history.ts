/** The updates of a node group or a cluster as Markdown, newest first. */
import type { EksUpdate } from '../../../model/eks';
import type { UpdateHistory } from '../../../upgrade/history';
import { code, page, plain, table } from '../../documents/markdown';
import { statusWords } from '../phase';
import type { Translate } from '../translate';
import { updateTypeWords } from './update-type';

/** @param label what the updates are of, as the user knows it: `prod / workers` */
export function historyMarkdown(label: string, { updates, notRead }: UpdateHistory, t: Translate): string {
  return page([
    `# ${t('Updates of {label}', { label: plain(label) })}`,
    updates.length === 0
      ? t('EKS lists no updates.')
      : table(
          [t('Begun'), t('Type'), t('Status'), t('Parameters'), t('Errors'), t('Update id')],
          updates.map((update) => row(update, t)),
        ),
    notRead > 0 ? t('EKS lists {count} more, which were not read.', { count: notRead }) : undefined,
  ]);
}

function row(update: EksUpdate, t: Translate): readonly string[] {
  const { id, type, status, params, createdAt, errors, cancellation } = update;
  return [
    createdAt === undefined ? t('not shown') : new Date(createdAt).toISOString(),
    plain(updateTypeWords(type, t)),
    plain(statusWords(status.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_'))),
    params.map((param) => plain(`${param.type} ${param.value}`)).join(', '),
    [
      ...errors.map(({ code: error, message }) => (message === '' ? error : `${error}: ${message}`)),
      ...(cancellation === undefined ? [] : [t('Cancellation: {reason}', { reason: cancellation })]),
    ]
      .map(plain)
      .join(' '),
    code(id),
  ];
}
