/** An answer's body, piece by piece, in slices that leave the thread to others. */
import type { IncomingMessage } from 'node:http';
import { createGunzip } from 'node:zlib';
import type { Clock } from '../model/clock';
import { NO_ANSWER } from './exchange';
import { Misshapen } from './misshapen';
import { Watchdog } from './watchdog';

/** Milliseconds of work after which others get their turn: a slice of 15 is felt, and several answers may share a turn. */
const SLICE_MS = 4;

export interface BodyLimits {
  /** Bytes, after decompression; any number where absent. */
  readonly most?: number;
  /** Milliseconds without a byte after which the answer is given up; it may be silent where absent. */
  readonly silenceMs?: number;
}

/**
 * Hands every piece to `take`. Whoever reads to the end has had all of it: a connection that breaks in the middle throws.
 * @throws Misshapen for more bytes than that; what `take` throws; what the connection breaks with; an error of code `NO_ANSWER` for silence.
 */
export async function readBody(
  answer: IncomingMessage,
  { most = Number.POSITIVE_INFINITY, silenceMs }: BodyLimits,
  clock: Clock,
  take: (piece: Uint8Array) => void,
): Promise<void> {
  const dog = new Watchdog(clock);
  const watch = (): void => {
    if (silenceMs === undefined) return;
    dog.within(silenceMs, () =>
      answer.destroy(Object.assign(new Error('the answer fell silent'), { code: NO_ANSWER })),
    );
  };
  const slice = new Slice();
  let length = 0;
  watch();
  try {
    for await (const piece of plain(answer)) {
      watch();
      length += piece.length;
      if (length > most) throw new Misshapen(`more than ${most} bytes came`);
      take(piece);
      await slice.rest();
    }
  } finally {
    dog.stop();
    answer.destroy();
  }
}

/** Work that is done in slices. */
class Slice {
  private since = performance.now();

  /** Lets others have their turn when it is theirs. To be awaited between items. */
  async rest(): Promise<void> {
    if (performance.now() - this.since < SLICE_MS) return;
    await new Promise(setImmediate);
    this.since = performance.now();
  }
}

function plain(answer: IncomingMessage): AsyncIterable<Uint8Array> {
  if (answer.headers['content-encoding'] !== 'gzip') return answer;
  const gunzip = createGunzip();
  answer.on('error', (thrown) => gunzip.destroy(thrown));
  answer.on('aborted', () => gunzip.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' })));
  return answer.pipe(gunzip);
}
