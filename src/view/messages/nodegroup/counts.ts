/** Numbers, dates and lists in words, as the sentences about node groups need them. */
import * as l10n from '@vscode/l10n';
import type { Range } from '../../../nodegroup/rules/rollout-estimate';

/** `1 node`, `12 nodes`. */
export function nodesWords(count: number): string {
  return count === 1 ? l10n.t('1 node') : l10n.t('{count} nodes', { count });
}

/** `1 pod`, `12 pods`. */
export function podsWords(count: number): string {
  return count === 1 ? l10n.t('1 pod') : l10n.t('{count} pods', { count });
}

/** `3`, or `3 to 5`. */
export function rangeWords({ least, most }: Range): string {
  return least === most ? String(least) : l10n.t('{least} to {most}', { least, most });
}

/** A day in UTC as AWS's pages write it: `2026-11-22`. `at`: epoch milliseconds. */
export function dayWords(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** AWS's own text, or that there is none. */
export function awsWords(message: string): string {
  return message === ''
    ? l10n.t('AWS gives no further text.')
    : l10n.t('AWS says: {message}', { message: ended(message) });
}

/** Adds a full stop where AWS's text has none, as another sentence may follow. */
function ended(message: string): string {
  return /[.!?:;]$/.test(message.trimEnd()) ? message : `${message}.`;
}
