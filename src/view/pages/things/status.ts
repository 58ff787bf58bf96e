/** Problems of a thing for which AWS gives only a status and sometimes a reason. */
import * as l10n from '@vscode/l10n';
import type { Phase } from '../../../model/phase';
import { statusWords } from '../../messages/phase';
import { isInConsole } from '../../resources/console';
import type { ThingNode } from '../../resources/node';
import type { Finding, PageButton } from '../page';
import { commandButton } from './buttons';
import { statusTone } from './state';

/**
 * @param buttons lead to more information
 * @param name the thing's name; absent on the thing's own page
 */
export function statusProblems(
  phase: Phase,
  status: string,
  reason: string | undefined,
  buttons: readonly PageButton[],
  name?: string,
): readonly Finding[] {
  if (phase !== 'failed' && phase !== 'unknown') return [];
  const words = statusWords(status);
  return [
    {
      tone: statusTone(phase, status),
      verdict: phase === 'failed' ? l10n.t('failed') : l10n.t('Unknown'),
      title:
        name === undefined
          ? l10n.t('AWS says: {0}', { 0: words })
          : l10n.t('AWS says of {0}: {1}', { 0: name, 1: words }),
      text: reason ?? l10n.t('AWS gives no reason.'),
      buttons,
    },
  ];
}

/**
 * The button for a problem of a thing: it opens the AWS console, which shows more than the API returns.
 * If the thing has no page in the console, the button reads the thing again instead.
 */
export function whereToLook(row: ThingNode): PageButton {
  return commandButton(
    isInConsole(row) ? 'slipway.resources.openInConsole' : 'slipway.resources.refreshRow',
    'status',
  );
}
