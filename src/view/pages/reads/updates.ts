/** The updates of a node group or a cluster, with an explanation of each failure. */
import * as l10n from '@vscode/l10n';
import type { EksUpdate, UpdateError } from '../../../model/eks';
import { present, presentItems } from '../../../model/present';
import type { UpdateHistory } from '../../../nodegroup/reading/history';
import { eksNameWords, updateTypeWords } from '../../messages/nodegroup/history';
import { findingsBlock, rowsBlock, text } from '../blocks';
import { beside, code, lines, muted, sign, time } from '../cells';
import type { Finding, Page, Section, Tone } from '../page';
import { copyable } from '../things/buttons';
import type { ReadContent } from './read-page';

const TONES: Readonly<Record<string, Tone>> = {
  Successful: 'good',
  Failed: 'error',
  Cancelled: 'neutral',
  InProgress: 'running',
};

/**
 * @param errorWords explains an error and says what helps against it.
 * @param now epoch milliseconds
 */
export function updatesContent(
  { updates, notRead }: UpdateHistory,
  errorWords: (error: UpdateError) => string,
  now: number,
): ReadContent {
  const failed = updates.filter(({ errors }) => errors.length > 0);
  const heading = l10n.t('Updates');
  return {
    about: [l10n.t('everything that EKS still lists, whoever started it')],
    state: stateOf(updates),
    sections: presentItems(
      updates.length === 0
        ? undefined
        : {
            id: 'updates',
            heading,
            blocks: presentItems(
              updatesBlock(heading, updates, now),
              notRead === 0
                ? undefined
                : text(l10n.t('EKS lists {count} more, which were not read.', { count: notRead })),
            ),
          },
      ...failed.map((update) => failureSection(update, errorWords)),
    ),
  };
}

function stateOf([last]: readonly EksUpdate[]): Page['state'] {
  if (last === undefined) return { tone: 'neutral', text: l10n.t('EKS lists no updates.') };
  return {
    tone: toneOf(last),
    text: l10n.t('The last one: {0}', { 0: eksNameWords(last.status) }),
  };
}

function toneOf({ status }: EksUpdate): Tone {
  return TONES[status] ?? 'unknown';
}

function updatesBlock(name: string, updates: readonly EksUpdate[], now: number): Section['blocks'][number] {
  return rowsBlock(
    name,
    [l10n.t('Begun'), l10n.t('What'), l10n.t('Status'), l10n.t('Parameters'), l10n.t('Update')],
    updates.map((update) => [
      update.createdAt === undefined ? muted(l10n.t('not shown')) : time(update.createdAt, now),
      updateTypeWords(update.type),
      sign(toneOf(update), eksNameWords(update.status)),
      lines(update.params.map(({ type, value }) => beside(eksNameWords(type), code(value)))),
      copyable(l10n.t('update id'), update.id),
    ]),
  );
}

function failureSection({ id, errors }: EksUpdate, errorWords: (error: UpdateError) => string): Section {
  const findings = errors.map(
    (error): Finding => ({
      tone: 'error',
      verdict: l10n.t('failed'),
      title: errorWords(error),
      ...present({
        text:
          error.resourceIds.length > 0
            ? l10n.t('Resources: {0}', { 0: error.resourceIds.join(', ') })
            : undefined,
      }),
    }),
  );
  return {
    id: `failed:${id}`,
    heading: l10n.t('Why {0} failed', { 0: id }),
    blocks: [findingsBlock(findings)],
  };
}
