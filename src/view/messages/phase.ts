/** Phases in words and icons. */
import * as l10n from '@vscode/l10n';
import type { Phase } from '../../model/phase';

/** A status of AWS in ordinary words: `UPDATE_NETWORK_REQUESTED` → `update network requested`. */
export function statusWords(status: string): string {
  return status.replaceAll('_', ' ').toLowerCase();
}

/** A status with more characters does not fit beside a name in a narrow side bar. */
const LONGEST_STATE = 10;

/** The state of a thing in one or two words: its status, or its phase where the status is too long. */
export function stateOfStatus(status: string, phase: Phase): string {
  const words = statusWords(status);
  if (words.length <= LONGEST_STATE) return words;
  switch (phase) {
    case 'failed':
      return l10n.t('failed');
    case 'busy':
      return l10n.t('changing');
    case 'gone':
      return l10n.t('deleted');
    case 'ready':
      return l10n.t('ready');
    case 'unknown':
      return l10n.t('unknown');
  }
}

/** The whole status if {@link stateOfStatus} shows the phase instead; else empty. */
export function restOfStatus(status: string): readonly string[] {
  const words = statusWords(status);
  return words.length <= LONGEST_STATE ? [] : [words];
}

/** The codicon for a thing in a phase. `ready`: the thing's own icon, used for the phase of that name. */
export function phaseIcon(phase: Phase, ready: string): string {
  switch (phase) {
    case 'ready':
      return ready;
    case 'busy':
      return 'sync~spin';
    case 'failed':
      return 'error';
    case 'gone':
      return 'circle-slash';
    case 'unknown':
      return 'question';
  }
}

/** `3 s`, `12 min`, `2 h 5 min`, `3 days`: how long something took, rounded down. */
export function durationWords(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return l10n.t('{0} s', { 0: seconds });
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return seconds % 60 === 0 || minutes >= 10
      ? l10n.t('{0} min', { 0: minutes })
      : l10n.t('{0} min {1} s', { 0: minutes, 1: seconds % 60 });
  }
  const hours = Math.floor(minutes / 60);
  if (hours < 48)
    return minutes % 60 === 0
      ? l10n.t('{0} h', { 0: hours })
      : l10n.t('{0} h {1} min', { 0: hours, 1: minutes % 60 });
  return l10n.t('{0} days', { 0: Math.floor(hours / 24) });
}

/** `512 B`, `1.4 MB`, in decimal units: 1 kB is 1000 B. */
export function sizeWords(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 99.5 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}
