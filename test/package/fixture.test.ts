/** Tests leave nothing behind. */
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { temporaryFolder } from './fixture';

const ofAll = temporaryFolder();
let ofOne: string | undefined;

test('a folder is there for the test that made it', () => {
  ofOne = temporaryFolder();
  expect([ofOne, ofAll].map(existsSync)).toEqual([true, true]);
});

test('and gone behind it, while that of all tests stays', () => {
  expect([ofOne ?? '', ofAll].map(existsSync)).toEqual([false, true]);
});
