/** Settings that are numbers stay within what package.json declares, whatever stands in settings.json. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { allowedNumber, numberSettings } from '../../src/model/settings';

interface Declared {
  readonly type: string;
  readonly default: number;
  readonly minimum: number;
  readonly maximum: number;
}

const ROOT = resolve(import.meta.dirname, '../..');
const manifest = JSON.parse(readFileSync(resolve(ROOT, 'package.json'), 'utf8')) as {
  readonly contributes: { readonly configuration: { readonly properties: Record<string, Declared> } };
};
const declared = Object.entries(manifest.contributes.configuration.properties).filter(([, { type }]) =>
  ['number', 'integer'].includes(type),
);

test('all of them are known', () => {
  expect(numberSettings.map((name) => `slipway.${name}`).sort()).toEqual(declared.map(([id]) => id).sort());
});

describe.each(numberSettings)('slipway.%s', (name) => {
  const { default: usual, minimum, maximum, type } = declared.find(([id]) => id === `slipway.${name}`)![1];

  test.each([
    [usual, usual],
    [minimum, minimum],
    [maximum, maximum],
    [-1, minimum],
    [Number.NEGATIVE_INFINITY, minimum],
    [Number.POSITIVE_INFINITY, maximum],
    [maximum + 1, maximum],
    [Number.NaN, usual],
    ['10', usual],
    [null, usual],
    [undefined, usual],
  ])('%s counts as %d', (given, counts) => {
    expect(allowedNumber(name, given)).toBe(counts);
  });

  test('is whole where it has to be', () => {
    expect(allowedNumber(name, 2.4)).toBe(type === 'integer' ? 2 : 2.4);
  });
});

test('nobody reads them past these limits', () => {
  const sources = readdirSync(resolve(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
  const readers = sources.filter(
    (file) =>
      file.endsWith('.ts') &&
      readFileSync(resolve(ROOT, 'src', file), 'utf8').includes("getConfiguration('slipway"),
  );
  expect(readers).toEqual([join('view', 'settings.ts')]);
});
