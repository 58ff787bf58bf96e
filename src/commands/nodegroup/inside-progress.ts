/** What rows, notifications and explanations say of the inside of a cluster, from what the ledger holds. */
import * as l10n from '@vscode/l10n';
import type { Failure } from '../../model/failure';
import { insideOf } from '../../nodegroup/inside/inside';
import type { Operation } from '../../operations/operation';
import { lastHeldWords, progressWords, shortProgressWords } from '../../view/messages/inside';
import { isOpen } from '../../view/messages/operation';
import type { KnownProgress } from '../../view/operations/known-progress';

/** Undefined once an operation has ended, and for one whose cluster was never looked into. */
export function insideProgress(
  operation: Operation,
  failureWords: (failure: Failure) => string,
  now: number,
): KnownProgress | undefined {
  const inside = isOpen(operation) ? insideOf(operation) : undefined;
  if (!inside) return undefined;
  const { numbers, held, problem } = inside;
  const unseen =
    problem && l10n.t('Not all of the cluster can be seen now. {0}', { 0: failureWords(problem) });
  if (!numbers)
    return unseen === undefined ? undefined : { words: unseen, short: l10n.t('cluster not seen') };
  const words = progressWords(numbers, held, now);
  return {
    words: unseen === undefined ? words : l10n.t('{0} (as far as it was seen). {1}', { 0: words, 1: unseen }),
    short: shortProgressWords(numbers),
    share: numbers.replaced / numbers.old,
  };
}

/** Which pods kept an update from draining its nodes, by what was seen last; undefined where nobody looked. */
export function heldAtTheEnd(
  operation: Operation,
  nodes: readonly string[],
  failureWords: (failure: Failure) => string,
): string | undefined {
  const inside = insideOf(operation);
  if (!inside) return undefined;
  if (inside.held) return lastHeldWords(inside.held, nodes);
  return inside.problem
    ? l10n.t('Which pods were held is not known. {0}', { 0: failureWords(inside.problem) })
    : l10n.t('No pod was seen to be held.');
}
