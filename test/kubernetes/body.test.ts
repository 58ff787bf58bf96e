/** Bodies of answers: whatever comes at once, others get the thread in between. */
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { readBody } from '../../src/kubernetes/body';
import { systemClock } from '../../src/model/clock';
import { Turns } from '../../src/model/turns';

/** Longer than work of one turn may be: milliseconds. */
const LONG_MS = 10;

it('answers that come at once share the time of a turn', async () => {
  const turns = new Turns();
  let turn = 0;
  let counting = setImmediate(function next() {
    turn += 1;
    counting = setImmediate(next);
  });
  const taken: number[] = [];
  const take = (): void => {
    const until = performance.now() + LONG_MS;
    while (performance.now() < until);
    taken.push(turn);
  };
  const answers = [1, 2, 3].map(() => {
    const pieces = Readable.from(['a', 'b', 'c'].map((text) => Buffer.from(text)));
    return Object.assign(pieces, { headers: {} }) as unknown as IncomingMessage;
  });
  try {
    await Promise.all(answers.map((answer) => readBody(answer, {}, { clock: systemClock, turns }, take)));
  } finally {
    clearImmediate(counting);
  }
  expect(taken).toHaveLength(9);
  expect(new Set(taken).size).toBe(9);
});
