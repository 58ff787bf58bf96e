import { expect, test } from 'vitest';
import { omitEmpty, present } from '../../src/sandbox/present';

const members = { a: undefined, b: 0, c: '', d: [], e: {}, f: false, g: null, h: ['x'], i: 'x' };

test('what is undefined is left out', () => {
  const { a: _, ...others } = members;
  expect(present(members)).toStrictEqual(others);
});

test('what is empty is left out as well where JSON is written as Go does it', () => {
  expect(omitEmpty(members)).toStrictEqual({ f: false, g: null, h: ['x'], i: 'x' });
});
