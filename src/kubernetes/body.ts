/** Reads an answer's body piece by piece, and yields the thread to other work in between. */
import type { IncomingMessage } from 'node:http';
import { createGunzip } from 'node:zlib';
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
  const dog = new Watchdog(clock);
  const watch = (): void => {
    if (silenceMs === undefined) return;
    dog.within(silenceMs, () =>
      answer.destroy(Object.assign(new Error('the answer fell silent'), { code: NO_ANSWER })),
    );
  };
  let length = 0;
  watch();
  try {
    for await (const piece of plain(answer)) {
      watch();
      length += piece.length;
      if (length > most) throw new Misshapen(`more than ${most} bytes came`);
      await turns.run(() => take(piece));
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
