/** Label selectors as the API server reads them. */
import { describe, expect, it } from 'vitest';
import type { LabelSelector } from '../../src/model/kubernetes';
import { selects } from '../../src/model/selects';

type Expression = LabelSelector['matchExpressions'][number];

const by = (...matchExpressions: readonly Expression[]): LabelSelector => ({
  matchLabels: {},
  matchExpressions,
});
const one = (operator: string, ...values: readonly string[]): LabelSelector =>
  by({ key: 'app', operator, values });

describe('a selector', () => {
  it.each([
    ['absent: none', undefined, { app: 'rdb' }, false],
    ['empty: all', by(), {}, true],
    [
      'labels, all of them',
      { matchLabels: { app: 'rdb', tier: 'x' }, matchExpressions: [] },
      { app: 'rdb' },
      false,
    ],
    [
      'labels and more',
      { matchLabels: { app: 'rdb' }, matchExpressions: [] },
      { app: 'rdb', tier: 'x' },
      true,
    ],
    ['In', one('In', 'gw', 'rdb'), { app: 'rdb' }, true],
    ['In, another value', one('In', 'gw'), { app: 'rdb' }, false],
    ['In, no label', one('In', 'gw'), {}, false],
    ['NotIn', one('NotIn', 'gw'), { app: 'rdb' }, true],
    ['NotIn, that value', one('NotIn', 'gw', 'rdb'), { app: 'rdb' }, false],
    ['NotIn, no label', one('NotIn', 'gw'), {}, true],
    ['Exists', one('Exists'), { app: '' }, true],
    ['Exists, no label', one('Exists'), { tier: 'x' }, false],
    ['DoesNotExist', one('DoesNotExist'), { tier: 'x' }, true],
    ['DoesNotExist, the label', one('DoesNotExist'), { app: 'rdb' }, false],
    [
      'every expression',
      by(...one('Exists').matchExpressions, ...one('NotIn', 'rdb').matchExpressions),
      { app: 'rdb' },
      false,
    ],
    ['an operator that is none', one('Gt', '1'), { app: '2' }, false],
    ['In without values', one('In'), { app: 'rdb' }, false],
    ['NotIn without values', one('NotIn'), { app: 'rdb' }, false],
    ['DoesNotExist with values', one('DoesNotExist', 'x'), {}, false],
    ['a label that every object has', { matchLabels: { constructor: 'x' }, matchExpressions: [] }, {}, false],
    [
      'a key that every object has',
      by({ key: 'constructor', operator: 'DoesNotExist', values: [] }),
      {},
      true,
    ],
  ] as const)('%s', (_name, selector, labels, expected) => {
    expect(selects(selector, labels)).toBe(expected);
  });
});
