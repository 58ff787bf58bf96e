/** How old what is shown is, in words: "as of 17:05", "as of yesterday 17:05", "as of Nov 20, 17:05". */
import type { Translate } from './translate';

/** @param at when it was seen; epoch milliseconds, as is `now`. In the machine's time zone and language. */
export function asOfWords(at: number, now: number, t: Translate): string {
  const seen = new Date(at);
  const time = seen.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
  const isOn = (daysBefore: number): boolean => {
    const day = new Date(now);
    day.setDate(day.getDate() - daysBefore);
    return day.toDateString() === seen.toDateString();
  };
  if (isOn(0)) return t('as of {0}', { 0: time });
  if (isOn(1)) return t('as of yesterday {0}', { 0: time });
  const day = seen.toLocaleDateString(undefined, { month: 'short', day: 'numeric' });
  return t('as of {0}, {1}', { 0: day, 1: time });
}
