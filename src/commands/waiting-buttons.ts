/** The buttons of a notification about an operation that waits for the user's click. */
import * as l10n from '@vscode/l10n';
import type { Ledger } from '../operations/ledger';
import type { Operation } from '../operations/operation';
import { operationWords } from '../view/messages/operation';
import type { Notifier, Remedy } from '../view/notify';

export interface Answers {
  goOn(): Promise<void>;
  end(): Promise<void>;
}

/**
 * "Go On" and "End Here". No extension can close a notification: once the operation was answered elsewhere, a button says so
 * and does nothing else.
 * @param others buttons that only show something
 */
export function waitingButtons(
  { id, paused, subject: { label } }: Operation,
  answers: Answers,
  { ledger, notify }: { readonly ledger: Ledger; readonly notify: Notifier },
  others: readonly Remedy[] = [],
): readonly Remedy[] {
  const answer = async (work: () => Promise<void>): Promise<void> => {
    try {
      await ledger.refresh();
      const now = ledger.operation(id);
      if (now === undefined || now.paused === paused) return await work();
      const words = l10n.t('{0}: answered already, elsewhere. It stands at: {1}.', {
        0: label,
        1: operationWords(now),
      });
      void notify.succeeded(words, others);
    } catch (thrown) {
      void notify.failed(l10n.t('go on with {0}', { 0: label }), thrown);
    }
  };
  return [
    { label: l10n.t('Go On'), run: () => answer(answers.goOn) },
    { label: l10n.t('End Here'), run: () => answer(answers.end) },
    ...others,
  ];
}
