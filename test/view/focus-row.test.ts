import { expect, test } from 'vitest';
import { focusRow } from '../../src/view/focus-row';

/** A view that refuses `times` times, and what it was asked for; pauses are noted, and take no time. */
function view(times: number) {
  const asked: unknown[] = [];
  const pauses: number[] = [];
  return {
    asked,
    pauses,
    reveal: async (row: string, how: unknown) => {
      asked.push([row, how]);
      if (asked.length <= times) throw new Error('Data tree node not found');
    },
    sleep: async (ms: number) => void pauses.push(ms),
  };
}

test('a row is focused once VS Code has drawn the rows, and not selected', async () => {
  const drawn = view(2);
  await focusRow(drawn, 'row', drawn);
  expect(drawn.asked).toEqual(Array(3).fill(['row', { focus: true, select: false }]));
  expect(drawn.pauses).toEqual([100, 200]);
});

test('a row that VS Code never finds is given up', async () => {
  const never = view(Number.POSITIVE_INFINITY);
  await expect(focusRow(never, 'row', never)).rejects.toThrow('Data tree node not found');
  expect(never.asked).toHaveLength(5);
});
