/** The digest of a zip in S3, computed from its bytes: its metadata may have been written by anybody. */

import { createHash } from 'node:crypto';
import type { CodeLocation } from '../../model/code';
import { isReason } from '../../model/failure';
import { present } from '../../model/present';
import type { ObjectStore } from '../ports';
import { refuse } from '../refusal';

/** Bytes of one read. */
const PIECE = 8 * 1024 * 1024;

/** SHA-256 of the zip, hex. @throws refused `zip-changed` if the zip changes while it is read */
export async function storedDigest(
  objects: Pick<ObjectStore, 'read'>,
  at: CodeLocation,
  signal: AbortSignal,
): Promise<string> {
  const hash = createHash('sha256');
  let ifMatch: string | undefined;
  for (let start = 0, size = 1; start < size; ) {
    const range = { start, length: PIECE, ...present({ ifMatch }) };
    const piece = await objects.read(at, range, signal).catch((thrown: unknown) => {
      const isOther = isReason(thrown, 'precondition');
      throw isOther ? refuse('zip-changed', { bucket: at.bucket, key: at.key }, thrown) : thrown;
    });
    hash.update(piece.bytes);
    ifMatch = piece.etag;
    size = piece.size;
    // Without this check, an empty piece before the end would make the loop endless.
    if (piece.bytes.length === 0) throw refuse('zip-changed', { bucket: at.bucket, key: at.key });
    start += piece.bytes.length;
  }
  return hash.digest('hex');
}
