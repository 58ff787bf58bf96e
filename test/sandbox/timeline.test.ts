/** What is due in the sandbox happens in the order of simulated time, whenever somebody looks. */
import { expect, test } from 'vitest';
import { Timeline } from '../../src/sandbox/timeline';

function timeline() {
  let elapsed = 0;
  const events = new Timeline({ elapsed: () => elapsed });
  const seen: string[] = [];
  return {
    seen,
    after: (ms: number, name: string, then?: () => void) =>
      events.after(ms, () => {
        seen.push(name);
        then?.();
      }),
    to: (ms: number) => {
      elapsed = ms;
      events.settle();
    },
  };
}

test('nothing happens before it is due, and nothing twice', () => {
  const { seen, after, to } = timeline();
  after(10, 'a');
  to(9);
  expect(seen).toEqual([]);
  to(10);
  to(1000);
  expect(seen).toEqual(['a']);
});

test('a late look finds everything in order, and what followed from it', () => {
  const { seen, after, to } = timeline();
  after(30, 'c');
  after(10, 'a', () => after(10, 'b', () => after(100, 'later')));
  after(10, 'a, too');
  to(100);
  expect(seen).toEqual(['a', 'a, too', 'b', 'c']);
  to(119);
  expect(seen).not.toContain('later');
  to(120);
  expect(seen).toContain('later');
});
