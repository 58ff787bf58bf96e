/** Bodies of answers: whatever comes at once, others get the thread in between, and no answer is read without end. */
import type { IncomingMessage } from 'node:http';
import { PassThrough, Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { beginningOf, readBody, textOf } from '../../src/kubernetes/body';
import { systemClock } from '../../src/model/clock';
import { Turns } from '../../src/model/turns';
import { VirtualClock } from '../virtual-clock';

/** Longer than work of one turn may be: milliseconds. */
const LONG_MS = 10;

const MINUTE = 60_000;

function answerOf(body: Readable, headers: IncomingMessage['headers'] = {}): IncomingMessage {
  return Object.assign(body, { headers }) as unknown as IncomingMessage;
}

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
    return answerOf(Readable.from(['a', 'b', 'c'].map((text) => Buffer.from(text))));
  });
  try {
    await Promise.all(answers.map((answer) => readBody(answer, {}, { clock: systemClock, turns }, take)));
  } finally {
    clearImmediate(counting);
  }
  expect(taken).toHaveLength(9);
  expect(new Set(taken).size).toBe(9);
});

it('a long wait for a turn is not silence of the server', async () => {
  const clock = new VirtualClock();
  class BusyTurns extends Turns {
    override async run<T>(work: () => T): Promise<T> {
      await clock.advance(2 * MINUTE);
      return work();
    }
  }
  const answer = answerOf(Readable.from([Buffer.from('a'), Buffer.from('b')]));
  const taken: string[] = [];
  await readBody(answer, { silenceMs: MINUTE }, { clock, turns: new BusyTurns() }, (piece) => {
    taken.push(Buffer.from(piece).toString());
  });
  expect(taken).toEqual(['a', 'b']);
});

it('of an answer without end its beginning is read, and no more', async () => {
  let sent = 0;
  const endless = answerOf(
    Readable.from(
      (function* () {
        for (;;) {
          sent += 1;
          yield Buffer.from('abcd');
        }
      })(),
      { highWaterMark: 1 },
    ),
  );
  expect(await beginningOf(endless, 10, systemClock)).toBe('abcdabcdab');
  expect([endless.destroyed, sent < 10]).toEqual([true, true]);
});

it.each([
  ['a beginning', (answer: IncomingMessage, clock: VirtualClock) => beginningOf(answer, 10, clock)],
  ['a text', (answer: IncomingMessage, clock: VirtualClock) => textOf(answer, { clock, turns: new Turns() })],
])('%s that falls silent is given up', async (_, read) => {
  const clock = new VirtualClock();
  const silent = new PassThrough();
  silent.write('a');
  const reading = read(answerOf(silent), clock);
  const failing = expect(reading).rejects.toMatchObject({ code: 'SLIPWAY_NO_ANSWER' });
  await clock.advance(MINUTE);
  await failing;
});

it('a text may come compressed, and has an end', async () => {
  const caller = { clock: systemClock, turns: new Turns() };
  const compressed = Readable.from([gzipSync('grüße')]);
  expect(await textOf(answerOf(compressed, { 'content-encoding': 'gzip' }), caller)).toBe('grüße');
  const bomb = Readable.from([gzipSync(Buffer.alloc(9 * 1024 * 1024))]);
  await expect(textOf(answerOf(bomb, { 'content-encoding': 'gzip' }), caller)).rejects.toThrow('more than');
});
