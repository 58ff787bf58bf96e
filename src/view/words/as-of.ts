/** How old what is shown is, in words: "as of 17:05", "as of yesterday 17:05", "as of Nov 20, 17:05". */
import type { Translate } from './translate';

// Made once: a thousand rows that each made their own would be felt.
const TIME = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const DAY = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' });

/** @param at when it was seen; epoch milliseconds, as is `now`. In the machine's time zone and language. */
export function asOfWords(at: number, now: number, t: Translate): string {
  const seen = new Date(at);
  const time = TIME.format(seen);
  const isOn = (daysBefore: number): boolean => {
    const day = new Date(now);
    day.setDate(day.getDate() - daysBefore);
    return day.toDateString() === seen.toDateString();
  };
  if (isOn(0)) return t('as of {0}', { 0: time });
  if (isOn(1)) return t('as of yesterday {0}', { 0: time });
  return t('as of {0}, {1}', { 0: DAY.format(seen), 1: time });
}
