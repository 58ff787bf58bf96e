/** What the benchmark makes of its figures: tables, and what has changed since a former run. */
import { describe, expect, test } from 'vitest';
import { exponent } from '../../bench/growth/exponent.mjs';
import { sliceFigure } from '../../bench/longest-slice.mjs';
import { comparison, markdown, type Row, table } from '../../bench/report.mjs';

const row = (change: Partial<Row> = {}): Row => ({
  section: 'packing',
  what: 'time',
  value: 1,
  unit: '×',
  against: 'the floor',
  ...change,
});

describe('a limit', () => {
  test('is held by a figure that is no greater, and missed by any other', () => {
    const rows = [
      row({ limit: 1 }),
      row({ what: 'more', value: 1.2, limit: 1 }),
      row({ what: 'none', value: Number.NaN, limit: 1 }),
      row({ what: 'free', value: 9 }),
    ];
    expect(table(rows)).toContain('1 of 3 limits held');
    expect(table(rows).match(/MISSED/g)).toHaveLength(2);
    expect(markdown(rows, 'Here.')).toContain('| more | 1.20 × of the floor | **1.00, missed** |  |');
  });
});

test('Markdown has a table for each section, below what it was measured on', () => {
  const rows = [row(), row({ section: 'tree', note: 'a|b' }), row({ what: 'size' })];
  expect(markdown(rows, 'On a machine.').split('\n')).toEqual([
    'On a machine.',
    '',
    '**Packing**',
    '',
    '| | | limit | |',
    '| --- | --- | --- | --- |',
    '| time | 1.00 × of the floor |  |  |',
    '| size | 1.00 × of the floor |  |  |',
    '',
    '**Tree**',
    '',
    '| | | limit | |',
    '| --- | --- | --- | --- |',
    '| time | 1.00 × of the floor |  | a\\|b |',
    '',
    '0 of 0 limits held.',
  ]);
});

describe('a comparison', () => {
  const told = (before: readonly Row[], now: readonly Row[]): readonly string[] =>
    comparison(before, now)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.trim().replaceAll(/ +/g, ' '));

  test('says what has become worse, the worst first, then what is new, better and gone', () => {
    const before = [
      row(),
      row({ what: 'a', value: 2 }),
      row({ what: 'b', value: 4 }),
      row({ what: 'old', value: 1 }),
    ];
    const now = [
      row(),
      row({ what: 'b', value: 2 }),
      row({ what: 'a', value: 6 }),
      row({ what: 'new', value: 1 }),
      row({ value: 5, against: 'yazl' }),
    ];
    expect(told(before, now)).toEqual([
      'worse packing: a: 2.00 → 6.00 × of the floor',
      'new packing: new: 1.00 × of the floor',
      'new packing: time: 5.00 × of yazl',
      'better packing: b: 4.00 → 2.00 × of the floor',
      'gone packing: old',
    ]);
  });

  test('is silent about noise: a seventh of a figure, a millisecond', () => {
    const before = [row(), row({ what: 'slice', value: 0.2, unit: 'ms' })];
    const now = [row({ value: 1.1 }), row({ what: 'slice', value: 1, unit: 'ms' })];
    expect(comparison(before, now)).toBe('nothing has changed by more than noise');
  });

  test('tells a limit that is missed now, or held again, however little has changed', () => {
    const held = [row({ value: 0.99, limit: 1 })];
    const missed = [row({ value: 1.01, limit: 1 })];
    expect(told(held, missed)).toEqual(['worse packing: time: 0.99 → 1.01 × of the floor, MISSED']);
    expect(told(missed, held)).toEqual(['better packing: time: 1.01 → 0.99 × of the floor, held again']);
  });
});

test('the exponent of growth is that of the power with which a cost grows', () => {
  expect(exponent(3, 30, 10)).toBeCloseTo(1);
  expect(exponent(2, 200, 10)).toBeCloseTo(2);
  expect(exponent(5, 5, 10)).toBeCloseTo(0);
});

test('a slice is that of the quietest round, beyond the quietest idle one', () => {
  const slice = (cpu: number, held = cpu) => ({ cpu, held });
  expect(sliceFigure([slice(9), slice(4, 6), slice(30)], [slice(2), slice(1)])).toMatchObject({
    value: 3,
    limit: 10,
    note: 'median 7.5, held 5.0',
  });
  expect(sliceFigure([slice(1)], [slice(2)]).value).toBe(0);
});
