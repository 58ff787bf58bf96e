/**
 * Whether an answer that reports success looks like one of the service, judged by its headers and its
 * body.
 */
import type { AnswerBody, AnswerRule } from './rule';
import { misshapen, WEB_PAGE } from './strange-answer';

interface WireAnswer {
  readonly status: number;
  /** Headers by name, in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/**
 * The sign that an answer does not come from the service; undefined if there is none. Every endpoint must
 * send a body of the operation's form and not a web page. An answer without content must have the status
 * 204 or a request id. If the rule checks no body, the headers are checked later, as members of the
 * output. AWS's own endpoint must also send a request id and, if it sends a content type, one that fits
 * the form of the body.
 */
export function strangenessOf(answer: WireAnswer, rule: AnswerRule, isOwn: boolean): string | undefined {
  const expected = rule.body;
  const { headers, body } = answer;
  const hasId = requestIdIn(headers) !== undefined;
  const type = headers['content-type'] ?? '';
  if (isPage(type) && !(expected.kind === 'range' && headers['etag'] !== undefined)) {
    return WEB_PAGE;
  }
  if (isOwn && !hasId) return 'without a request id of AWS';
  if (isOwn && !isOfKind(type, expected)) return `with ${type} in place of an answer of AWS`;
  return bodyStrangeness(answer, rule, hasId) ?? lengthStrangeness(headers, body, expected);
}

/**
 * AWS's id of a request.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/RESTCommonResponseHeaders.html
 */
export function requestIdIn(headers: Readonly<Record<string, string>>): string | undefined {
  return ID_HEADERS.map((name) => headers[name]).find((id) => id !== undefined && id !== '');
}

const ID_HEADERS = ['x-amzn-requestid', 'x-amz-request-id', 'x-amzn-request-id'] as const;

function isPage(type: string): boolean {
  return /^\s*(text\/html|application\/xhtml)/i.test(type);
}

function isOfKind(type: string, { kind }: AnswerBody): boolean {
  if (type === '') return true;
  if (kind === 'json' || kind === 'empty-json' || kind === 'document') return /json/i.test(type);
  return kind !== 'xml' || /xml/i.test(type);
}

function bodyStrangeness(
  { status, body }: WireAnswer,
  { body: expected, output }: AnswerRule,
  hasId: boolean,
): string | undefined {
  switch (expected.kind) {
    case 'json':
    case 'document':
    case 'empty-json': {
      const object = objectIn(body);
      if (object === undefined) return body.byteLength === 0 ? EMPTY : UNREADABLE;
      if (expected.kind === 'document') return undefined;
      // AWS answers these operations with an empty object. An object with members is accepted only if a request id
      // shows that AWS sent it.
      if (expected.kind === 'empty-json' && !hasId && Object.keys(object).length > 0) return UNREADABLE;
      const misfit = output(object, '');
      return misfit === undefined ? undefined : misshapen(misfit);
    }
    case 'xml': {
      const text = Buffer.from(body).toString('utf8').trim();
      if (text === '') return EMPTY;
      const root = rootOf(text);
      // S3 may begin an answer as a success and end it with an error; the SDK reads that error.
      if (root === 'Error') return undefined;
      return root === expected.root ? flagStrangeness(text, expected.flags ?? []) : UNREADABLE;
    }
    case 'no-content':
      return status === 204 || hasId ? undefined : EMPTY;
    case 'headers':
    case 'range':
      return undefined;
  }
}

/**
 * How the length of the body differs from the length of the range in `Content-Range`; undefined if it does
 * not. If the answer has no `Content-Length`, no other check compares these lengths.
 */
function lengthStrangeness(
  headers: WireAnswer['headers'],
  body: Uint8Array,
  { kind }: AnswerBody,
): string | undefined {
  if (kind !== 'range') return undefined;
  const [, first, last] = /^bytes (\d+)-(\d+)\//.exec(headers['content-range'] ?? '') ?? [];
  const wanted = first === undefined ? 0 : Number(last) - Number(first) + 1;
  return body.byteLength === wanted ? undefined : `with ${body.byteLength} bytes in place of ${wanted}`;
}

const EMPTY = 'without an answer of AWS';
const UNREADABLE = 'with something else than an answer of AWS';

function flagStrangeness(text: string, flags: readonly string[]): string | undefined {
  const strange = flags.find((name) =>
    [...text.matchAll(new RegExp(`<${name}>([^<]*)<`, 'g'))].some(
      ([, value]) => !/^\s*(true|false)\s*$/i.test(value ?? ''),
    ),
  );
  return strange === undefined ? undefined : misshapen(`${strange} is not true or false`);
}

function objectIn(body: Uint8Array): object | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Name of a document's outermost element; undefined if the document has no element, or does not close it. */
function rootOf(text: string): string | undefined {
  const [, name = '?'] = /^(?:<\?[^>]*\?>|<!--[^>]*-->|\s)*<([A-Za-z][\w.:-]*)[\s/>]/.exec(text) ?? [];
  const isWhole = text.endsWith(`</${name}>`) || /^(?:<\?[^>]*\?>|\s)*<[^<>]*\/>$/.test(text);
  return isWhole ? name.replace(/^.*:/, '') : undefined;
}
