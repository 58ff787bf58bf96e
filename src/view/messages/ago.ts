/** Times relative to now, in words: how long ago something was, or how long until it is. */
import * as l10n from '@vscode/l10n';
import { durationWords } from './phase';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** The length of an average month: exact enough for a rounded number of months. */
const MONTH = 30.44 * DAY;

/** `just now`, `12 min ago`, `3 days ago`, `in 5 months`. `at` and `now`: epoch milliseconds. */
export function agoWords(at: number, now: number): string {
  const distance = Math.abs(now - at);
  if (distance < MINUTE) return l10n.t('just now');
  const words = distanceWords(distance);
  return at <= now ? l10n.t('{0} ago', { 0: words }) : l10n.t('in {0}', { 0: words });
}

function distanceWords(distance: number): string {
  if (distance < 48 * HOUR) return durationWords(distance - (distance % MINUTE));
  if (distance < 60 * DAY) return durationWords(distance);
  const months = Math.floor(distance / MONTH);
  return months < 24
    ? l10n.t('{0} months', { 0: months })
    : l10n.t('{0} years', { 0: Math.floor(months / 12) });
}
