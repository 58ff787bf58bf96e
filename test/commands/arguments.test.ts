/** What VS Code hands to commands. */
import { expect, test } from 'vitest';
import { nodeOf, nodesOf, requireClickedRow } from '../../src/commands/arguments';

const ROW = { kind: 'eks-cluster' };
const LOST = expect.objectContaining({ failure: { kind: 'refused', code: 'row-read-anew', facts: {} } });

test('a row that is read anew while it is clicked is not taken for a start from the palette', () => {
  expect(() => requireClickedRow([undefined, undefined])).toThrow(LOST);
  expect(() => requireClickedRow([undefined, [ROW]])).toThrow(LOST);
});

test.each([
  ['the palette', []],
  ['a title bar', [undefined]],
  ['a row', [ROW, undefined]],
  ['one of several rows', [ROW, [ROW, ROW]]],
])('what comes from %s begins', (_from, args) => {
  expect(() => requireClickedRow(args)).not.toThrow();
});

test('what is no row of Slipway is none', () => {
  expect([nodeOf({ kind: 'else' }), nodeOf('eks-cluster'), nodesOf(undefined, [])]).toEqual([
    undefined,
    undefined,
    [],
  ]);
});
