/** The buttons of notifications about operations that wait for the user's click, or have ended. */
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
 * "Go On" and "End Here" of an operation that waits. An extension cannot close a notification, so the user
 * may press a button after deciding elsewhere: the button then only says that the decision is already made.
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

/** The largest number of buttons in a notification with which VS Code still shows the labels in full. */
const MOST = 3;

/**
 * The buttons of an operation that has ended. After a failure the first button only shows something, since users press
 * it without reading. Remedies that do not fit are on the operation's page, which "Show Details" opens.
 * @param helps the remedies, the safest first
 */
export function endedButtons(
  { state }: Pick<Operation, 'state'>,
  helps: readonly Remedy[],
  details: Remedy,
): readonly Remedy[] {
  return state === 'succeeded' ? [...helps.slice(0, MOST - 1), details] : [details, ...helps].slice(0, MOST);
}
