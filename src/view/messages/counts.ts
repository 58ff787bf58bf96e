/** Counts of things that the sentences of all rooms name. */
import * as l10n from '@vscode/l10n';

/** `1 file`, `12 files`. */
export function filesWords(count: number): string {
  return count === 1 ? l10n.t('1 file') : l10n.t('{0} files', { 0: count });
}

/** `no arguments`, `1 argument`, `3 arguments`. */
export function argumentsWords(count: number): string {
  if (count === 0) return l10n.t('no arguments');
  return count === 1 ? l10n.t('1 argument') : l10n.t('{0} arguments', { 0: count });
}

/** `1 cluster`, `12 clusters`. */
export function clustersWords(count: number): string {
  return count === 1 ? l10n.t('1 cluster') : l10n.t('{0} clusters', { 0: count });
}
