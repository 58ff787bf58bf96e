/**
 * The page of a log: the owner of the log, whether the log is being read, and what went wrong; the lines
 * follow as they arrive.
 */
import * as l10n from '@vscode/l10n';
import { presentItems } from '../../../model/present';
import { shortened, visible, visibleLines } from '../../../model/visible-text';
import { logHtml, logWords } from '../html/log';
import type { LogFacts, LogRow, ToLog } from '../log-messages';
import type { Cell, Page } from '../page';
import { READ_BUTTON, unreadNotice } from '../reads/read-page';
import { type KeptLine, type KeptLines, MOST_LINES } from './kept-lines';

/** The thing that writes the log. */
export interface LogSubject {
  /** `equities-prod / eq-rdb` */
  readonly label: string;
  /** One line under the heading: the log group, the account. */
  readonly about: readonly Cell[];
}

export type LogReading =
  | { readonly kind: 'reading' }
  | { readonly kind: 'following' }
  /** No more lines can come. */
  | { readonly kind: 'ended' }
  /** Reading is retried without a click. `why`: the reason for the failure, in sentences. */
  | { readonly kind: 'failed'; readonly why: string; readonly canSignIn: boolean };

export const LOG_BUTTON = { ...READ_BUTTON, text: 'open-as-text' } as const;

/** The most characters that the page shows of one entry; the middle of a longer entry is left out. */
const LONGEST_LINE = 10_000;

export function logPage({ label, about }: LogSubject, reading: LogReading, lines: KeptLines): Page {
  return {
    kind: l10n.t('Logs'),
    heading: label,
    about: presentItems(
      ...about,
      lines.since === undefined
        ? undefined
        : l10n.t('since {0}', { 0: new Date(lines.since).toLocaleString() }),
    ),
    state: stateOf(reading),
    notices:
      reading.kind === 'failed'
        ? [unreadNotice(reading, l10n.t('Slipway goes on trying while this page is shown.'))]
        : [],
    buttons: [{ id: LOG_BUTTON.text, label: l10n.t('Open as Text') }],
    sections: [],
  };
}

function stateOf({ kind }: LogReading): Page['state'] {
  switch (kind) {
    case 'reading':
      return { tone: 'running', text: l10n.t('Reading') };
    case 'following':
      return { tone: 'running', text: l10n.t('Following') };
    case 'ended':
      return { tone: 'neutral', text: l10n.t('The log has ended') };
    case 'failed':
      return { tone: 'error', text: l10n.t('Cannot be read now') };
  }
}

/**
 * The message with all kept lines. They replace all lines that the page shows.
 * @param run as in {@link ToLog}
 */
export function allLines(
  { label }: LogSubject,
  run: string,
  lines: KeptLines,
  reading: Pick<LogReading, 'kind'>,
): ToLog {
  return {
    type: 'log',
    run,
    html: logHtml(label).source,
    words: logWords(),
    most: MOST_LINES,
    rows: lines.all.map(rowOf),
    facts: factsOf(lines, reading),
  };
}

/**
 * The message that adds lines to a page that already shows the earlier ones, and updates the facts beside
 * the lines.
 * @param added the lines that arrived last; empty if only the facts are new
 */
export function addedLines(
  added: readonly KeptLine[],
  lines: KeptLines,
  reading: Pick<LogReading, 'kind'>,
): ToLog {
  return {
    type: 'log-lines',
    after: lines.last - added.length,
    rows: added.map(rowOf),
    facts: factsOf(lines, reading),
  };
}

/**
 * All kept lines as text for an editor, to be searched and saved. If an entry has several lines, all but the
 * first are indented, so that none of them looks like the next entry.
 */
export function linesText(lines: KeptLines): string {
  const above = linesAbove(lines);
  return [
    ...above.map((text) => `# ${text}`),
    ...lines.all.map(({ at, stream, text }) =>
      [`${new Date(at).toISOString()} ${visible(stream)}`, visibleLines(text.trimEnd()).join('\n    ')].join(
        ' ',
      ),
    ),
    '',
  ].join('\n');
}

/** The notices above the first line. */
function linesAbove({ isCut, dropped }: KeptLines): readonly string[] {
  return presentItems(
    isCut ? l10n.t('Not all lines of this time are shown: there are too many to read at once.') : undefined,
    dropped > 0
      ? l10n.t('Older lines that are no longer kept: {0}', { 0: dropped.toLocaleString() })
      : undefined,
  );
}

function factsOf(lines: KeptLines, { kind }: Pick<LogReading, 'kind'>): LogFacts {
  const { since } = lines;
  return {
    above: linesAbove(lines),
    hasEnded: kind === 'ended',
    none:
      since === undefined
        ? l10n.t('No lines yet.')
        : l10n.t('No lines since {0}.', { 0: new Date(since).toLocaleString() }),
  };
}

function rowOf({ id, at, stream, text }: KeptLine): LogRow {
  const when = new Date(at);
  return {
    id,
    at,
    time: localTime(when),
    fullTime: when.toISOString(),
    stream: visible(stream),
    text: shortened(visibleLines(text.trimEnd()).join('\n'), LONGEST_LINE),
  };
}

/** `2026-11-30 14:05:09.120`, in the time zone of this machine. */
function localTime(when: Date): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  const day = [when.getFullYear(), two(when.getMonth() + 1), two(when.getDate())].join('-');
  const time = [when.getHours(), when.getMinutes(), when.getSeconds()].map(two).join(':');
  return `${day} ${time}.${String(when.getMilliseconds()).padStart(3, '0')}`;
}
