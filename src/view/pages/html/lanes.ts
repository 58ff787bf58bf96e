/**
 * Time lines as a picture: a bar for each step and a mark for each event. All lanes cover the same span of
 * time.
 */
import * as l10n from '@vscode/l10n';
import { durationWords } from '../../messages/phase';
import type { Bar, Block, Lane, Mark } from '../page';
import { type Html, h } from './html';
import { tableHtml } from './table';

type Lanes = Extract<Block, { readonly kind: 'lanes' }>;

/** Height of a row in pixels. */
const ROW = 34;
const HEADING = 28;
const AXIS = 26;

/**
 * The possible distances between two ticks of an axis, in milliseconds; the first one that fits is used.
 */
const TICKS = [
  ...[1, 2, 5, 10, 30].map((seconds) => seconds * 1_000),
  ...[1, 2, 5, 10, 30].map((minutes) => minutes * 60_000),
  ...[1, 2, 6, 12, 24].map((hours) => hours * 3_600_000),
];
/** The most ticks after the one at 0. With more, their labels would overlap in a narrow window. */
const MOST_TICKS = 5;
/** The approximate width of a letter as a share of the picture's width, in a usual window. */
const LETTER = 0.009;

interface Span {
  readonly from: number;
  readonly until: number;
}

/** The picture, and its facts in a table. */
export function lanesHtml({ name, lanes, now }: Lanes): readonly Html[] {
  const span = spanOf(lanes, now);
  const heights = lanes.map((lane) => heightOf(lane, span));
  const height = heights.reduce((sum, one) => sum + one, 0);
  return [
    h(
      'svg',
      {
        class: 'lanes',
        width: '100%',
        height: height + AXIS,
        role: 'img',
        'aria-label': l10n.t('{0}. The table below holds the same.', { 0: name }),
      },
      axis(span, height),
      lanes.map((lane, at) => laneHtml(lane, span, now, sum(heights.slice(0, at)))),
    ),
    tableHtml({
      kind: 'table',
      caption: name,
      head: [l10n.t('What'), l10n.t('Begun'), l10n.t('Took'), l10n.t('State')],
      rows: lanes.flatMap((lane) => factsOf(lane, now)).map((cells) => ({ cells })),
    }),
  ];
}

function spanOf(lanes: readonly Lane[], now: number): Span {
  const bars = lanes.flatMap((lane) => lane.bars);
  const marks = lanes.flatMap((lane) => lane.marks.map(({ at }) => at));
  const from = Math.min(...bars.map((bar) => bar.from), ...marks);
  const until = Math.max(...bars.map((bar) => bar.until ?? now), ...marks);
  return Number.isFinite(from)
    ? { from, until: Math.max(until, from + 1_000) }
    : { from: now, until: now + 1 };
}

function heightOf({ label, bars, marks }: Lane, span: Span): number {
  return (label === undefined ? 0 : HEADING) + ROW * (bars.length + markRows(marks, span).length);
}

/** Spreads marks over rows so that no label overlaps another. */
function markRows(marks: readonly Mark[], span: Span): readonly (readonly Mark[])[] {
  const rows: { readonly marks: Mark[]; end: number }[] = [];
  for (const mark of marks.toSorted((a, b) => a.at - b.at)) {
    const x = share(mark.at, span);
    const width = mark.label.length * LETTER;
    const from = x > 0.8 ? x - width : x < 0.2 ? x : x - width / 2;
    const row = rows.find(({ end }) => end < from);
    if (row === undefined) rows.push({ marks: [mark], end: from + width + LETTER });
    else {
      row.marks.push(mark);
      row.end = from + width + LETTER;
    }
  }
  return rows.map((row) => row.marks);
}

function laneHtml({ label, bars, marks }: Lane, span: Span, now: number, top: number): Html {
  const first = top + (label === undefined ? 0 : HEADING);
  return h(
    'g',
    {},
    label === undefined ? undefined : h('text', { class: 'lane', x: 0, y: top + 18 }, label),
    bars.map((bar, at) => barHtml(bar, span, now, first + at * ROW)),
    markRows(marks, span).map((row, at) =>
      row.map((mark) => markHtml(mark, span, first + (bars.length + at) * ROW)),
    ),
  );
}

function barHtml(bar: Bar, span: Span, now: number, top: number): Html {
  const until = bar.until ?? now;
  const x = share(bar.from, span);
  return h(
    'g',
    { class: 'bar', 'data-tone': bar.tone },
    h('text', { x: 0, y: top + 12 }, bar.label),
    h('text', { class: 'took', x: '100%', y: top + 12, 'text-anchor': 'end' }, tookWords(bar, now)),
    h('rect', { class: 'track', x: 0, y: top + 18, width: '100%', height: 8, rx: 4 }),
    h('rect', {
      class: 'length',
      x: percent(x),
      y: top + 18,
      // A minimum width, so that a step that took no time can still be seen.
      width: percent(Math.max(share(until, span) - x, 0.004)),
      height: 8,
      rx: 4,
    }),
  );
}

function markHtml({ at, label }: Mark, span: Span, top: number): Html {
  const x = share(at, span);
  const anchor = x > 0.8 ? 'end' : x < 0.2 ? 'start' : 'middle';
  return h(
    'g',
    { class: 'mark' },
    h('circle', { cx: percent(x), cy: top + 22, r: 4 }),
    h('text', { x: percent(x), y: top + 12, 'text-anchor': anchor }, label),
  );
}

function axis(span: Span, top: number): Html {
  const length = span.until - span.from;
  const tick = TICKS.find((one) => length / one <= MOST_TICKS) ?? length;
  const ticks = Array.from({ length: Math.floor(length / tick) + 1 }, (_, at) => at * tick);
  return h(
    'g',
    { class: 'axis' },
    ticks.map((after) => {
      const x = percent(after / length);
      const anchor = after === 0 ? 'start' : after / length > 0.95 ? 'end' : 'middle';
      return [
        h('line', { x1: x, x2: x, y1: 0, y2: top }),
        h('text', { x, y: top + 16, 'text-anchor': anchor }, after === 0 ? '0' : durationWords(after)),
      ];
    }),
  );
}

function factsOf({ label, bars, marks }: Lane, now: number): readonly (readonly string[])[] {
  const named = (what: string): string => (label === undefined ? what : `${label}: ${what}`);
  return [
    ...bars.map((bar) => ({
      at: bar.from,
      cells: [named(bar.label), tookWords(bar, now), bar.state],
    })),
    ...marks.map(({ at, label: seen }) => ({ at, cells: [named(seen), '', ''] })),
  ]
    .sort((a, b) => a.at - b.at)
    .map(({ at, cells: [what = '', ...others] }) => [what, new Date(at).toLocaleTimeString(), ...others]);
}

function tookWords({ from, until }: Bar, now: number): string {
  return until === undefined
    ? l10n.t('{0} so far', { 0: durationWords(now - from) })
    : durationWords(until - from);
}

function share(at: number, { from, until }: Span): number {
  return Math.min(1, Math.max(0, (at - from) / (until - from)));
}

function percent(part: number): string {
  return `${(part * 100).toFixed(2)}%`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}
