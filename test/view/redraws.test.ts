/** Rows that look different are drawn a hundred at a time, with those that the view asks for below them. */
import { expect, test } from 'vitest';
import type { ResourceNode } from '../../src/view/resources/node';
import { Redraws } from '../../src/view/resources/redraws';
import { VirtualClock } from '../virtual-clock';

test.each([
  { rows: 250, below: 0, slices: [100, 100, 50] },
  { rows: 5, below: 49, slices: [2, 2, 1] },
  { rows: 2, below: 1_000, slices: [1, 1] },
])('$rows rows with $below below each', async ({ rows, below, slices }) => {
  const clock = new VirtualClock();
  const drawn: number[] = [];
  let counted = 0;
  const redraws = new Redraws(
    clock,
    (slice) => drawn.push(slice.length),
    () => below,
    () => {
      counted += 1;
    },
  );
  for (let at = 0; at < rows; at += 1) redraws.add({ id: String(at) } as ResourceNode);
  await clock.advance(1_000);
  expect({ drawn, counted }).toEqual({ drawn: slices, counted: 1 });
  redraws.dispose();
});
