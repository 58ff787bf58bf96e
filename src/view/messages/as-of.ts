/** How old what is shown is, in words: "as of 17:05", "as of yesterday 17:05", "as of Nov 20, 17:05". */
import * as l10n from '@vscode/l10n';
import { atFirstUse } from '../../model/at-first-use';

/**
 * Made once, as a thousand rows that each made their own would be felt, and when they are needed: the first one of a
 * process reads the tables of languages, which takes as long as all else that is done when Slipway is loaded.
 */
const formats = atFirstUse(() => ({
  time: new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' }),
  day: new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' }),
}));

/** @param at when it was seen; epoch milliseconds, as is `now`. In the machine's time zone and language. */
export function asOfWords(at: number, now: number): string {
  const seen = new Date(at);
  const { time: timeOf, day: dayOf } = formats();
  const time = timeOf.format(seen);
  const isOn = (daysBefore: number): boolean => {
    const day = new Date(now);
    day.setDate(day.getDate() - daysBefore);
    return day.toDateString() === seen.toDateString();
  };
  if (isOn(0)) return l10n.t('as of {0}', { 0: time });
  if (isOn(1)) return l10n.t('as of yesterday {0}', { 0: time });
  return l10n.t('as of {0}, {1}', { 0: dayOf.format(seen), 1: time });
}
