/** Conditional requests: reads by entity tag and date, writes by entity tag. */
import type { ObjectVersion } from './bucket';
import { refuse } from './refusal';

type Headers = Readonly<Record<string, string>>;

/** A version with content, not a delete marker. */
export type LiveVersion = Required<ObjectVersion>;

/**
 * Checks the conditions of a read. Refuses with 412 or 304 by the rules of
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html.
 */
export function checkRead(headers: Headers, { content, lastModified }: LiveVersion): void {
  checkMatches('', headers, { content, lastModified });
  const since = date(headers['if-modified-since']);
  const none = headers['if-none-match'];
  const unchanged =
    none !== undefined ? matches(none, content.etag) : since !== undefined && toSecond(lastModified) <= since;
  if (unchanged) {
    refuse('NotModified', {
      headers: { etag: `"${content.etag}"`, 'last-modified': new Date(lastModified).toUTCString() },
    });
  }
}

/** Like {@link checkRead}, for the source of a copy: refuses with 412 in place of 304. */
export function checkCopySource(
  headers: Headers,
  source: Pick<LiveVersion, 'content' | 'lastModified'>,
): void {
  checkMatches('x-amz-copy-source-', headers, source);
  const since = date(headers['x-amz-copy-source-if-modified-since']);
  const none = headers['x-amz-copy-source-if-none-match'];
  if (none !== undefined && matches(none, source.content.etag)) failed('x-amz-copy-source-If-None-Match');
  if (none === undefined && since !== undefined && toSecond(source.lastModified) <= since) {
    failed('x-amz-copy-source-If-Modified-Since');
  }
}

/**
 * Checks the conditions of a write, by the rules of
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html.
 */
export function checkWrite(headers: Headers, key: string, latest: ObjectVersion | undefined): void {
  const none = headers['if-none-match'];
  const match = headers['if-match'];
  if (none !== undefined && match !== undefined) refuse('NotImplemented');
  if (none !== undefined && none !== '*') refuse('NotImplemented');
  if (none === '*' && latest?.content) failed('If-None-Match');
  if (match === undefined) return;
  if (!latest?.content) refuse('NoSuchKey', { fields: { Key: key } });
  if (!matches(match, latest.content.etag)) failed('If-Match');
}

function checkMatches(
  prefix: string,
  headers: Headers,
  object: Pick<LiveVersion, 'content' | 'lastModified'>,
): void {
  const match = headers[`${prefix}if-match`];
  const since = date(headers[`${prefix}if-unmodified-since`]);
  if (match !== undefined && !matches(match, object.content.etag)) failed(`${prefix}If-Match`);
  if (match === undefined && since !== undefined && toSecond(object.lastModified) > since) {
    failed(`${prefix}If-Unmodified-Since`);
  }
}

function failed(condition: string): never {
  refuse('PreconditionFailed', { fields: { Condition: condition } });
}

function matches(list: string, etag: string): boolean {
  return list.split(',').some((one) => {
    const bare = one
      .trim()
      .replace(/^W\//, '')
      .replace(/^"(.*)"$/, '$1');
    return bare === '*' || bare === etag;
  });
}

/** Epoch milliseconds; undefined if the text is absent or is not a date. */
function date(text: string | undefined): number | undefined {
  const ms = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}

/** Drops the milliseconds, since HTTP dates have none. */
function toSecond(epochMs: number): number {
  return Math.floor(epochMs / 1000) * 1000;
}
