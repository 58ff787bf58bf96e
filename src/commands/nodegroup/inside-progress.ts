/**
 * Words about the nodes and pods of a cluster during an update, from the facts in the ledger: for rows, for
 * notifications, and for the explanation of a failure.
 */
import * as l10n from '@vscode/l10n';
import type { Failure } from '../../model/failure';
import { type Inside, insideOf } from '../../nodegroup/inside/inside';
import type { Operation } from '../../operations/operation';
import {
  lastHeldWords,
  noAuditWords,
  progressWords,
  refusedWords,
  shortProgressWords,
} from '../../view/messages/inside';
import { isOpen } from '../../view/messages/operation';
import type { KnownProgress } from '../../view/operations/known-progress';

/**
 * The progress of an update inside its cluster; undefined if the operation has ended, or if the ledger has
 * neither the number of old nodes nor the reason why the cluster could not be read.
 */
export function insideProgress(
  operation: Operation,
  failureWords: (failure: Failure) => string,
  now: number,
): KnownProgress | undefined {
  const inside = isOpen(operation) ? insideOf(operation) : undefined;
  if (!inside) return undefined;
  const { numbers, held } = inside;
  const unseen = unseenWords(inside, failureWords);
  if (!numbers || numbers.old === 0)
    return unseen === undefined ? undefined : { words: unseen, short: l10n.t('cluster not seen') };
  const words = progressWords(numbers, held, now);
  return {
    words: unseen === undefined ? words : l10n.t('{0} (as far as it was seen). {1}', { 0: words, 1: unseen }),
    short: shortProgressWords(numbers),
    share: numbers.replaced / numbers.old,
  };
}

/**
 * Says which pods kept an update from draining its nodes, as last seen; that no such pod was seen; or why
 * that is not known. Undefined if the ledger has no facts about the nodes and pods of the cluster.
 */
export function heldAtTheEnd(
  operation: Operation,
  nodes: readonly string[],
  failureWords: (failure: Failure) => string,
): string | undefined {
  const inside = insideOf(operation);
  if (!inside) return undefined;
  const known = [
    ...(inside.refused.length > 0 ? [refusedWords(inside.refused)] : []),
    ...(inside.held ? [lastHeldWords(inside.held, nodes)] : []),
  ];
  if (known.length > 0) return known.join(' ');
  return inside.problem
    ? [
        l10n.t('Which pods were held is not known. {0}', { 0: failureWords(inside.problem) }),
        ...(inside.isAuditOff ? [noAuditWords()] : []),
      ].join(' ')
    : l10n.t('No pod was seen to be held.');
}

/** Why nodes and pods cannot be seen, and what the audit log shows instead; undefined if they can be seen. */
function unseenWords(
  { problem, refused, isAuditOff }: Inside,
  failureWords: (failure: Failure) => string,
): string | undefined {
  if (!problem) return undefined;
  return [
    l10n.t('Not all of the cluster can be seen now. {0}', { 0: failureWords(problem) }),
    ...(refused.length > 0 ? [refusedWords(refused)] : isAuditOff ? [noAuditWords()] : []),
  ].join(' ');
}
