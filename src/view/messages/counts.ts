/** Counts, ranges and dates in words, for sentences on any subject. */
import * as l10n from '@vscode/l10n';
import type { Range } from '../../nodegroup/rules/rollout-estimate';

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
