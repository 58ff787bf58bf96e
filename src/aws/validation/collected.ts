/** A body read as a whole, and no further than it may be long. */
import { Readable } from 'node:stream';

/** More came than was to come. */
export class TooLong extends Error {}

interface Signal {
  readonly aborted: boolean;
}

/** @throws TooLong when there are more than `limit` bytes; what the connection breaks with; AbortError. */
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
