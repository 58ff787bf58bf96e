/** Settings that are numbers stay within what package.json declares, whatever stands in settings.json. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  allowedChoice,
  allowedNumber,
  allowedText,
  choiceSettings,
  numberSettings,
  textSettings,
} from '../../src/model/settings';

interface Declared {
  readonly type: string;
  readonly default: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly scope: string;
}

interface DeclaredText {
  readonly type: string;
  readonly default: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly scope: string;
}

const ROOT = resolve(import.meta.dirname, '../..');
const manifest = JSON.parse(readFileSync(resolve(ROOT, 'package.json'), 'utf8')) as {
  readonly contributes: { readonly configuration: { readonly properties: Record<string, Declared> } };
};
const properties = Object.entries(manifest.contributes.configuration.properties);
const declared = properties.filter(([, { type }]) => ['number', 'integer'].includes(type));

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

const texts = properties.filter(([, { type }]) => type === 'string') as unknown as readonly [
  string,
  DeclaredText,
][];

test('those that are texts are known, and each means what package.json declares', () => {
  const choices = texts.filter(([, { enum: values }]) => values !== undefined);
  const free = texts.filter(([, { enum: values }]) => values === undefined);
  expect(choices.map(([id]) => id).sort()).toEqual(choiceSettings.map((name) => `slipway.${name}`).sort());
  expect(free.map(([id]) => id).sort()).toEqual(textSettings.map((name) => `slipway.${name}`).sort());
  for (const name of choiceSettings) {
    const { default: usual, enum: values = [] } = choices.find(([id]) => id === `slipway.${name}`)![1];
    for (const value of values) expect(allowedChoice(name, value)).toBe(value);
    for (const wrong of ['', 'other', 1, null, undefined]) expect(allowedChoice(name, wrong)).toBe(usual);
  }
  for (const name of textSettings) {
    const { default: usual, pattern = '' } = free.find(([id]) => id === `slipway.${name}`)![1];
    for (const value of ['', usual, 'acme-code', 'a/b', 'prod/eu-west-1', 'A B', '../x', '-', 'a\u0007b']) {
      const counts = new RegExp(pattern, 'u').test(value) ? value : usual;
      expect(allowedText(name, value)).toBe(counts);
    }
    for (const wrong of [1, null, undefined, {}]) expect(allowedText(name, wrong)).toBe(usual);
  }
});

/** Settings that say only how something looks. */
const LOOKS = ['slipway.pages.open', 'slipway.resources.density'];

test('a workspace sets none that says where something goes, what is asked, or how often AWS is asked', () => {
  const ofWorkspaces = properties.filter(([, { scope }]) => scope !== 'machine' && scope !== 'application');
  expect(ofWorkspaces.map(([id]) => id).sort()).toEqual(LOOKS);
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
