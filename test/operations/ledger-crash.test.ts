/** Whatever two writers were doing when one of them died: every complete line is read back, and nothing else. */
import { appendFileSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Ledger, openLedger } from '../../src/operations/ledger';
import { formatLine } from '../../src/operations/ledger-line';
import type { OperationEvent, RecordedEvent } from '../../src/operations/operation';
import { casesOf } from '../cases';
import { VirtualClock } from '../virtual-clock';
import { planned, request } from './data';
import { temporaryFolder } from './given';

const IDS = ['op1', 'op2', 'op3'];

/** Texts that could be taken for line ends or JSON, in one or more bytes a character. */
const text = fc.string({ unit: fc.constantFrom('a', '"', '\\', '\n', '{', '}', 'é', '漢', '😀', '\u2028') });

const anyEvent: fc.Arbitrary<OperationEvent> = fc.oneof(
  text.map((kind): OperationEvent => ({ type: 'planned', ...planned({ kind, plan: kind }) })),
  fc.record({ type: fc.constant('step' as const), name: text }),
  text.map((token): OperationEvent => ({ type: 'sending', request: { ...request, token } })),
  fc.record({ type: fc.constant('accepted' as const), requestId: text }),
  fc.record({ type: fc.constant('observed' as const), facts: fc.dictionary(text, text) }),
  fc.constant<OperationEvent>({ type: 'watched' }),
  fc.constant<OperationEvent>({ type: 'ended', outcome: { state: 'unknown' } }),
);

interface Move {
  readonly writer: 'a' | 'b';
  readonly id: string;
  readonly event: OperationEvent;
}

const anyMoves = fc.array(
  fc.record({
    writer: fc.constantFrom('a' as const, 'b' as const),
    id: fc.constantFrom(...IDS),
    event: anyEvent,
  }),
  { minLength: 1, maxLength: 10 },
);

const file = (folder: string, writer: string): string => join(folder, 'ledger', `${writer}.jsonl`);

const eventsOf = (ledger: Ledger): RecordedEvent[] => byIdentity(IDS.flatMap((id) => ledger.events(id)));

function byIdentity(events: readonly RecordedEvent[]): RecordedEvent[] {
  return events.toSorted((a, b) => a.writer.localeCompare(b.writer) || a.seq - b.seq);
}

/** What the complete lines of a file say, read without the code under test. */
function completeLines(path: string): RecordedEvent[] {
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => {
    const { v: _v, ...event } = JSON.parse(line);
    return event;
  });
}

/** Both writers write what they are asked to, without waiting for each other. */
async function written(folder: string, moves: readonly Move[]): Promise<void> {
  await mkdir(join(folder, 'ledger'), { recursive: true });
  for (const writer of ['a', 'b']) writeFileSync(file(folder, writer), '');
  const clock = new VirtualClock();
  const ledgers = {
    a: await openLedger({ folder, clock, writer: 'a' }),
    b: await openLedger({ folder, clock, writer: 'b' }),
  };
  // An operation that another writer has ended takes no request: such a move is none.
  await Promise.allSettled(moves.map(({ writer, id, event }) => ledgers[writer].record(id, event)));
  await ledgers.a.dispose();
  await ledgers.b.dispose();
}

test('a crash at any byte', async () => {
  const root = temporaryFolder();
  let run = 0;
  await fc.assert(
    fc.asyncProperty(
      anyMoves,
      fc.constantFrom('a', 'b'),
      fc.double({ min: 0, max: 1, noNaN: true }),
      async (moves, victim, at) => {
        const folder = join(root, String(run++));
        await written(folder, moves);
        const size = readFileSync(file(folder, victim)).length;
        truncateSync(file(folder, victim), Math.floor(at * size));
        const expected = byIdentity(['a', 'b'].flatMap((writer) => completeLines(file(folder, writer))));

        const clock = new VirtualClock();
        const survivor = await openLedger({ folder, clock, writer: 'c' });
        expect(eventsOf(survivor)).toEqual(expected);

        // The same process name again, as a writer that only paused: what it writes now is not lost either.
        const again = await openLedger({ folder, clock, writer: victim });
        await again.record('op1', { type: 'step', name: 'after the crash' });
        await survivor.refresh();
        expect(
          eventsOf(survivor).filter((event) => !expected.some((known) => isSame(event, known))),
        ).toMatchObject([{ type: 'step', name: 'after the crash', writer: victim }]);
        await again.dispose();
        await survivor.dispose();
      },
    ),
    casesOf(1000),
  );
});

test('reading while files grow byte by byte gives what reading them at once gives', async () => {
  const root = temporaryFolder();
  let run = 0;
  const pieces = fc.array(fc.tuple(fc.constantFrom('a', 'b'), fc.integer({ min: 1, max: 400 })), {
    maxLength: 8,
  });
  await fc.assert(
    fc.asyncProperty(anyMoves, pieces, async (moves, growth) => {
      const folder = join(root, String(run++));
      mkdirSync(join(folder, 'ledger'), { recursive: true });
      const lines = (name: string): string =>
        moves
          .flatMap(({ writer, id, event }, seq) =>
            writer === name ? [formatLine({ ...event, id, at: seq, writer, seq })] : [],
          )
          .join('');
      const whole = new Map(['a', 'b'].map((name) => [name, Buffer.from(lines(name))]));
      for (const name of whole.keys()) writeFileSync(file(folder, name), '');

      const ledger = await openLedger({ folder, clock: new VirtualClock(), writer: 'c' });
      const grown = new Map([
        ['a', 0],
        ['b', 0],
      ]);
      for (const [writer, bytes] of growth) {
        const from = grown.get(writer)!;
        appendFileSync(file(folder, writer), whole.get(writer)!.subarray(from, from + bytes));
        grown.set(writer, from + bytes);
        await ledger.refresh();
        const expected = ['a', 'b'].flatMap((name) => completeLines(file(folder, name)));
        expect(eventsOf(ledger)).toEqual(byIdentity(expected));
      }
      await ledger.dispose();
    }),
    casesOf(1000),
  );
});

function isSame(a: RecordedEvent, b: RecordedEvent): boolean {
  return a.writer === b.writer && a.seq === b.seq;
}
