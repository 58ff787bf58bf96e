/** Ranges of an object's bytes: the header that requests one, and the check of the bytes that arrive. */

/** The members of an answer that describe its bytes. */
export interface RangeAnswer {
  readonly bytes: Uint8Array;
  /** `bytes 0-9/100`; absent if the answer is the whole object. */
  readonly ContentRange?: string | undefined;
}

/**
 * Value of the `Range` header. A negative `start` counts from the end of the object; the range then extends to
 * the end, since HTTP allows no other.
 */
export function rangeHeader(start: number, length: number): string {
  if (start < 0) return `bytes=${start}`;
  // S3 has no empty range: one byte is requested, and dropped.
  return `bytes=${start}-${start + Math.max(length, 1) - 1}`;
}

/** The whole object's size. */
export function sizeOf({ bytes, ContentRange }: RangeAnswer): number {
  const whole = ContentRange?.split('/')[1];
  return whole === undefined ? bytes.byteLength : Number(whole);
}

/** The requested bytes; undefined if other bytes arrived. */
export function cut(
  { bytes, ContentRange }: RangeAnswer,
  start: number,
  length: number,
  size: number,
): Uint8Array | undefined {
  const from = start < 0 ? Math.max(0, size + start) : Math.min(start, size);
  const to = Math.min(from + length, size);
  const sentFrom = ContentRange === undefined ? 0 : Number(/^bytes (\d+)-/.exec(ContentRange)?.[1]);
  if (!(sentFrom <= from && to <= sentFrom + bytes.byteLength)) return undefined;
  return bytes.subarray(from - sentFrom, to - sentFrom);
}
