/** Reads a body as a whole, up to a limit. */
import { Readable } from 'node:stream';

/** The body is longer than its limit. */
export class TooLong extends Error {}

interface Signal {
  readonly aborted: boolean;
}

/**
 * All bytes of the body.
 * @throws TooLong when there are more than `limit` bytes; the connection's error when it breaks; an AbortError
 * when the signal aborts.
 */
export async function collected(
  body: unknown,
  limit: number,
  signal: Signal | undefined,
): Promise<Uint8Array> {
  if (!(body instanceof Readable)) return body instanceof Uint8Array ? body : new Uint8Array();
  const abort = (): void => {
    body.destroy(Object.assign(new Error('Request aborted'), { name: 'AbortError' }));
  };
  if (signal?.aborted) abort();
  if (signal instanceof AbortSignal) signal.addEventListener('abort', abort, { once: true });
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const piece of body) {
      length += piece.length;
      if (length > limit) throw new TooLong();
      pieces.push(piece);
    }
  } finally {
    if (signal instanceof AbortSignal) signal.removeEventListener('abort', abort);
  }
  return Buffer.concat(pieces, length);
}
