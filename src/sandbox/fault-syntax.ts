/** The shape of a fault, and the check of faults in JSON. */
import {
  boolean,
  integer,
  isRecord,
  list,
  map,
  oneOf,
  type Shape,
  structure,
  text,
  type Value,
  type Violation,
} from './shapes';

const closed = { closed: true };
const count = integer({ min: 0 });

/** Selects the requests to which a fault applies. An absent member sets no limit. */
const match = {
  /** Signing name of an AWS service, or `kubernetes` for the APIs of EKS clusters. */
  service: text(),
  /**
   * Name in the AWS model. For Kubernetes, verb and resource: `list pods`, `create pods/eviction`; or verb and
   * path if the path names no resource: `get /version`.
   */
  operation: text(),
  /**
   * Text that the path must contain. The path is not decoded; for S3, it begins with the bucket, even if the
   * client named the bucket in the host.
   */
  path: text(),
  /** Number of matching requests that are let through first; 0 by default. */
  after: count,
  /** The most requests on which the fault is played; no limit by default. */
  times: count,
};

/** The request is refused in the service's own error shape, and not carried out. */
const error = structure(
  {
    ...match,
    kind: oneOf('error'),
    status: integer({ min: 400, max: 599 }),
    code: text({ min: 1 }),
    message: text(),
    /** Further members of the error. */
    fields: map(text(), text()),
    /** Headers of the answer, such as `retry-after`. */
    headers: map(text(), text()),
  },
  ['kind', 'status', 'code', 'message'],
  closed,
);

/** `html`: an HTML page, as from a proxy. `empty`: no body. In both cases the request is not carried out. */
const page = structure(
  { ...match, kind: oneOf('html', 'empty'), status: integer({ min: 200, max: 599 }) },
  ['kind', 'status'],
  closed,
);

/**
 * An answer as from a proxy in place of the service: without a request id, unless `headers` has one. With
 * `carriedOut`, the service still carries the request out; by default it never receives the request.
 */
const reply = structure(
  {
    ...match,
    kind: oneOf('reply'),
    status: integer({ min: 200, max: 599 }),
    body: text(),
    headers: map(text(), text()),
    carriedOut: boolean,
  },
  ['kind', 'status', 'body'],
  closed,
);

/**
 * The service judges signatures and tokens by a clock that is `ms` milliseconds ahead of the real clock, or
 * behind it if `ms` is negative. The answer's `date` header shows the time of that clock.
 */
const skew = structure({ ...match, kind: oneOf('skew'), ms: integer() }, ['kind', 'ms'], closed);

/** The request is carried out `ms` real milliseconds later. */
const delay = structure({ ...match, kind: oneOf('delay'), ms: count }, ['kind', 'ms'], closed);

/**
 * - `reset`: the connection is reset, and the request is not carried out;
 * - `reset-after`: the request is carried out, but the connection is reset before the answer;
 * - `hang`: the request is neither carried out nor answered;
 * - `truncate`: the request is carried out, half of the reply's body is sent, then the connection is reset;
 * - `shorten`: the request is carried out, and half of the reply's body is sent as if it were all;
 * - `flip`: the request is carried out, the lowest bit of the middle byte of the reply's body is inverted;
 * - `flip-request`: the lowest bit of the middle byte of the request's body is inverted after the request's
 *   signature was checked, then the request is carried out.
 */
const plain = structure(
  { ...match, kind: oneOf('reset', 'reset-after', 'hang', 'truncate', 'shorten', 'flip', 'flip-request') },
  ['kind'],
  closed,
);

/**
 * Only on the Kubernetes API:
 * - `watch-expired`: the watch is answered with 200, but ends with an ERROR event of status 410;
 * - `watch-mute`: the watch opens, but no events are sent;
 * - `endless-list`: every page of the list is followed by another one.
 */
const kubernetes = structure(
  { ...match, kind: oneOf('watch-expired', 'watch-mute', 'endless-list') },
  ['kind'],
  closed,
);

/** A fault: its effect, and the requests to which it applies. */
export type Fault =
  | Value<typeof error>
  | Value<typeof page>
  | Value<typeof reply>
  | Value<typeof skew>
  | Value<typeof delay>
  | Value<typeof plain>
  | Value<typeof kubernetes>;

const byKind: ReadonlyMap<unknown, Shape<Fault>> = new Map<unknown, Shape<Fault>>([
  ['error', error],
  ['html', page],
  ['empty', page],
  ['reply', reply],
  ['skew', skew],
  ['delay', delay],
  ['watch-expired', kubernetes],
  ['watch-mute', kubernetes],
  ['endless-list', kubernetes],
]);

/** Reads one fault, or a list of faults, from JSON. @returns the faults, or every problem of the JSON */
export function parseFaults(json: unknown): readonly Fault[] | { readonly problems: readonly string[] } {
  const found: Violation[] = [];
  const faults = list(fault, { min: 1 }).read(Array.isArray(json) ? json : [json], 'faults', found);
  return faults && found.length === 0 ? faults : { problems: found.map(({ text }) => text) };
}

const fault: Shape<Fault> = {
  read(value, path, found) {
    const kind = isRecord(value) ? value['kind'] : undefined;
    return (byKind.get(kind) ?? plain).read(value, path, found);
  },
};
