/** Whether an answer contains the requested part of an object, judged only by its status and headers. */

import { WEB_PAGE } from './strange-answer';

type Range =
  | { readonly kind: 'part'; readonly first: number; readonly last: number }
  | { readonly kind: 'end'; readonly length: number };

/** The range in a `Range` header, as `rangeHeader` in `s3/ranges.ts` writes it. */
export function askedRange(header: string | undefined): Range {
  const [, first, last] = /^bytes=(\d*)-(\d+)$/.exec(header ?? '') ?? [];
  if (last === undefined) throw new Error(`An object is read in parts, and this is none: ${header}`);
  return first === '' || first === undefined
    ? { kind: 'end', length: Number(last) }
    : { kind: 'part', first: Number(first), last: Number(last) };
}

/**
 * The number of bytes that will arrive, or why the answer does not have the requested range.
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-206-partial-content
 */
export function rangeMisfit(
  asked: Range,
  status: number,
  headers: Readonly<Record<string, string>>,
): number | { readonly circumstance: string; readonly passing: boolean } {
  const contentLength = headers['content-length'];
  if (status !== 206) {
    // An empty object has no parts: S3 sends it whole.
    if (contentLength === '0' && headers['etag'] !== undefined) return 0;
    const isPage = /^text\/html/i.test(headers['content-type'] ?? '') && headers['etag'] === undefined;
    return isPage
      ? { circumstance: WEB_PAGE, passing: true }
      : {
          circumstance: 'with something else than the part of the object that was asked for',
          passing: false,
        };
  }
  const contentRange = headers['content-range'] ?? '';
  const [, first = Number.NaN, last = Number.NaN, size = Number.NaN] =
    /^bytes (\d+)-(\d+)\/(\d+)$/.exec(contentRange)?.map(Number) ?? [];
  const from = asked.kind === 'part' ? asked.first : Math.max(0, size - asked.length);
  const to = asked.kind === 'part' ? Math.min(asked.last, size - 1) : size - 1;
  if (first !== from || last !== to) {
    return {
      circumstance: `with another part of the object than asked for (${contentRange})`,
      passing: false,
    };
  }
  const length = to - from + 1;
  if (contentLength !== undefined && Number(contentLength) !== length) {
    return { circumstance: `with ${contentLength} bytes in place of ${length}`, passing: false };
  }
  return length;
}
