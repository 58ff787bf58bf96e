/** Counts of things that the sentences of all rooms name. */
import type { Translate } from './translate';

/** `1 file`, `12 files`. */
export function filesWords(count: number, t: Translate): string {
  return count === 1 ? t('1 file') : t('{0} files', { 0: count });
}

/** `no arguments`, `1 argument`, `3 arguments`. */
export function argumentsWords(count: number, t: Translate): string {
  if (count === 0) return t('no arguments');
  return count === 1 ? t('1 argument') : t('{0} arguments', { 0: count });
}

/** `1 cluster`, `12 clusters`. */
export function clustersWords(count: number, t: Translate): string {
  return count === 1 ? t('1 cluster') : t('{0} clusters', { 0: count });
}
