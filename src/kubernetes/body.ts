/**
 * Reads the body of an answer: all of it, only its beginning, or piece by piece, with other work of the
 * thread between the pieces.
 */
import type { IncomingMessage } from 'node:http';
import { createGunzip } from 'node:zlib';
import type { Clock } from '../model/clock';
import type { ClusterCaller } from './cluster-caller';
import { NO_ANSWER } from './exchange';
import { Misshapen } from './failures';
import { Watchdog } from './watchdog';

export interface BodyLimits {
  /** The maximum number of bytes after decompression; unlimited where absent. */
  readonly most?: number;
  /** The answer is given up after this many milliseconds without a byte; unlimited where absent. */
  readonly silenceMs?: number;
}

/**
 * Passes every piece to `take`. Resolves only when the whole body has arrived; a connection that breaks before that is
 * an error.
 * @throws Misshapen for more than `most` bytes; errors of `take`; Node's error of a broken connection; an error with
 * the code `NO_ANSWER` for silence
 */
export async function readBody(
  answer: IncomingMessage,
  { most = Number.POSITIVE_INFINITY, silenceMs }: BodyLimits,
  { clock, turns }: Pick<ClusterCaller, 'clock' | 'turns'>,
  take: (piece: Uint8Array) => void,
): Promise<void> {
  let length = 0;
  for await (const piece of pieces(answer, silenceMs, clock)) {
    length += piece.length;
    if (length > most) throw new Misshapen(`more than ${most} bytes came`);
    await turns.run(() => take(piece));
  }
}

/** The maximum number of bytes of a text: objects are smaller, and logs are requested with a lower limit. */
const LARGEST_TEXT = 8 * 1024 * 1024;
const SILENCE_MS = 30_000;

/** The whole body, for answers with one object or log. @throws as {@link readBody} */
export async function textOf(
  answer: IncomingMessage,
  caller: Pick<ClusterCaller, 'clock' | 'turns'>,
): Promise<string> {
  const all: Uint8Array[] = [];
  await readBody(
    answer,
    { most: LARGEST_TEXT, silenceMs: SILENCE_MS },
    caller,
    (piece) => void all.push(piece),
  );
  return Buffer.concat(all).toString('utf8');
}

/**
 * The first bytes of a body, at most `most`; the rest is not read.
 * @throws as {@link readBody} for a broken connection and for silence
 */
export async function beginningOf(answer: IncomingMessage, most: number, clock: Clock): Promise<string> {
  const all: Uint8Array[] = [];
  let length = 0;
  for await (const piece of pieces(answer, SILENCE_MS, clock)) {
    all.push(piece);
    length += piece.length;
    if (length >= most) break;
  }
  return Buffer.concat(all).subarray(0, most).toString('utf8');
}

/** The silence is counted only while a piece is awaited, and not while the caller works on one. */
async function* pieces(
  answer: IncomingMessage,
  silenceMs: number | undefined,
  clock: Clock,
): AsyncGenerator<Uint8Array, void> {
  const dog = new Watchdog(clock);
  const watch = (): void => {
    if (silenceMs === undefined) return;
    dog.within(silenceMs, () =>
      answer.destroy(Object.assign(new Error('the answer fell silent'), { code: NO_ANSWER })),
    );
  };
  try {
    watch();
    for await (const piece of plain(answer)) {
      dog.pause();
      yield piece;
      watch();
    }
  } finally {
    dog.stop();
    answer.destroy();
  }
}

function plain(answer: IncomingMessage): AsyncIterable<Uint8Array> {
  if (answer.headers['content-encoding'] !== 'gzip') return answer;
  const gunzip = createGunzip();
  answer.on('error', (thrown) => gunzip.destroy(thrown));
  answer.on('aborted', () => gunzip.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' })));
  return answer.pipe(gunzip);
}
