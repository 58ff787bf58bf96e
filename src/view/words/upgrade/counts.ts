/** Numbers, dates and lists in words, as the sentences about node groups need them. */
import type { Range } from '../../../upgrade/pace';
import type { Translate } from '../translate';

/** `1 node`, `12 nodes`. */
export function nodesWords(count: number, t: Translate): string {
  return count === 1 ? t('1 node') : t('{count} nodes', { count });
}

/** `3`, or `3 to 5`. */
export function rangeWords({ least, most }: Range, t: Translate): string {
  return least === most ? String(least) : t('{least} to {most}', { least, most });
}

/** A day in UTC as AWS's pages write it: `2026-11-22`. `at`: epoch milliseconds. */
export function dayWords(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** AWS's own text, or that there is none. */
export function awsWords(message: string, t: Translate): string {
  return message === '' ? t('AWS gives no further text.') : t('AWS says: {message}', { message });
}
