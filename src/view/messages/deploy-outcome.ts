/** Why a deployment ended as it did, where there is no failure that says it. */
import * as l10n from '@vscode/l10n';
import type { Outcome } from '../../operations/operation';
import { wordsOf } from './target-kinds';

/** Undefined where the state says it all. @param kind id of the kind of target. */
export function codeOutcomeWords(kind: string, { state, facts = {} }: Outcome): string | undefined {
  if (state === 'unknown') return wordsOf(kind).unknownEnd(facts);
  if (state === 'cancelled' && facts['reason'] === 'interrupted') {
    return l10n.t('VS Code ended before anything was sent.');
  }
  return undefined;
}
