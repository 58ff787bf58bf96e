/** The time of an earlier read, in words: "as of 17:05", "as of yesterday 17:05", "as of Nov 20, 17:05". */
import * as l10n from '@vscode/l10n';
import { atFirstUse } from '../../model/cache';

/**
 * The date and the time are in the machine's time zone and language.
 * @param at when the state was read; epoch milliseconds, as is `now`
 */
export function asOfWords(at: number, now: number): string {
  return asOf().words(at, now);
}

const MINUTE_MS = 60_000;

class AsOf {
  private readonly time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
  private readonly day = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' });
  /**
   * The last result, and the minutes of `at` and `now` that it was made for. Another call for the same
   * minutes gets the same result: most rows of a list were read in the same minute.
   */
  private last: { readonly key: string; readonly words: string } | undefined;

  words(at: number, now: number): string {
    const key = `${Math.floor(at / MINUTE_MS)} ${Math.floor(now / MINUTE_MS)}`;
    if (this.last?.key !== key) this.last = { key, words: this.wordsFor(new Date(at), now) };
    return this.last.words;
  }

  private wordsFor(seen: Date, now: number): string {
    const time = this.time.format(seen);
    const isOn = (daysBefore: number): boolean => {
      const day = new Date(now);
      day.setDate(day.getDate() - daysBefore);
      return day.toDateString() === seen.toDateString();
    };
    if (isOn(0)) return l10n.t('as of {0}', { 0: time });
    if (isOn(1)) return l10n.t('as of yesterday {0}', { 0: time });
    return l10n.t('as of {0}, {1}', { 0: this.day.format(seen), 1: time });
  }
}

/**
 * Made when the first row needs it: the first date format of a process loads language tables, which takes as long as
 * loading all of Slipway.
 */
const asOf = atFirstUse(() => new AsOf());
