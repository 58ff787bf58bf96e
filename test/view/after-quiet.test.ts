/** What is asked for at each keystroke is done once, when it is quiet. */
import { expect, test } from 'vitest';
import { AfterQuiet } from '../../src/view/after-quiet';
import { VirtualClock } from '../virtual-clock';

test('of many wishes about one thing the latest is carried out, after the quiet', async () => {
  const clock = new VirtualClock();
  const afterQuiet = new AfterQuiet(clock, 250);
  const done: string[] = [];
  for (let key = 0; key < 50; key += 1) {
    afterQuiet.ask('a', () => done.push(`a${key}`));
    await clock.advance(100);
  }
  afterQuiet.ask('b', () => done.push('b'));
  expect(done).toEqual([]);
  await clock.advance(250);
  expect(done).toEqual(['a49', 'b']);
  await clock.advance(10_000);
  expect(done).toEqual(['a49', 'b']);
});

test('what is dropped, or over, is not carried out', async () => {
  const clock = new VirtualClock();
  const afterQuiet = new AfterQuiet(clock, 250);
  const done: string[] = [];
  afterQuiet.ask('a', () => done.push('a'));
  afterQuiet.ask('b', () => done.push('b'));
  afterQuiet.drop('a');
  await clock.advance(250);
  expect(done).toEqual(['b']);
  afterQuiet.ask('c', () => done.push('c'));
  afterQuiet.dispose();
  await clock.advance(250);
  expect(done).toEqual(['b']);
});
