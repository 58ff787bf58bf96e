/** How old what is shown is, in words: "as of 17:05", "as of yesterday 17:05", "as of Nov 20, 17:05". */
import * as l10n from '@vscode/l10n';

/**
 * Made once, as a thousand rows that each made their own would be felt, and when they are needed: the first one of a
 * process reads the tables of languages, which takes as long as all else that is done when Slipway is loaded.
 */
let formats: { readonly time: Intl.DateTimeFormat; readonly day: Intl.DateTimeFormat } | undefined;

function formatsOnce(): NonNullable<typeof formats> {
  formats ??= {
    time: new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' }),
    day: new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' }),
  };
  return formats;
}

const MINUTE_MS = 60_000;

/** Rows of one list were seen in the same minute, mostly: what was said last is said again. */
let last: { readonly key: string; readonly words: string } | undefined;

/** @param at when it was seen; epoch milliseconds, as is `now`. In the machine's time zone and language. */
export function asOfWords(at: number, now: number): string {
  const key = `${Math.floor(at / MINUTE_MS)} ${Math.floor(now / MINUTE_MS)}`;
  if (last?.key !== key) last = { key, words: wordsFor(new Date(at), now) };
  return last.words;
}

function wordsFor(seen: Date, now: number): string {
  const { time: timeOf, day: dayOf } = formatsOnce();
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
