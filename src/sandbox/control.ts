/**
 * The control plane under `/_sandbox/`: JSON requests that read and change the sandbox itself. Anyone who has the
 * sandbox's token can send them: tests, Slipway, and the user who runs the sandbox.
 */
import type { ScaledClock } from './clock';
import type { Delivery } from './delivery';
import { parseFaults } from './fault-syntax';
import type { Faults } from './faults';
import type { Conditions } from './front';
import type { RawRequest, RequestHead } from './raw-request';
import type { RequestLog } from './request-log';
import type { AwsServices } from './services';
import { boolean, integer, type Shape, structure, textInteger, type Violation } from './shapes';
import { sameText } from './sigv4';

export const CONTROL_PREFIX = '/_sandbox/';

/**
 * Header that carries the sandbox's token. A browser does not let a web page send this header to another
 * origin, unless that origin allows it.
 */
export const TOKEN_HEADER = 'x-sandbox-token';

const closed = { closed: true };
const count = integer({ min: 0 });

export interface ControlParts {
  readonly token: string;
  readonly clock: ScaledClock;
  readonly conditions: Conditions;
  readonly faults: Faults;
  readonly log: RequestLog;
  /** Returns the services in use now. This is a function because a reset replaces the services. */
  readonly aws: () => AwsServices;
  /**
   * Makes the sandbox's AWS anew, removes all faults, empties the log, and gives latency and recording their
   * values from the sandbox's start. The clock continues.
   */
  readonly reset: () => void;
}

interface Answer {
  readonly status: number;
  readonly json: unknown;
}

type Route = (call: { readonly query: URLSearchParams; readonly json: unknown }) => Answer | Promise<Answer>;

export class Control {
  private readonly routes: Readonly<Record<string, Route>>;

  constructor(private readonly parts: ControlParts) {
    const { clock, conditions, faults, log } = parts;
    this.routes = {
      'GET ping': () => done({ v: 1, pid: process.pid }),
      'POST heartbeat': () => done({}),
      'GET requests': ({ query }) => found(query, log),
      'DELETE requests': () => {
        log.clear();
        return done({});
      },
      'POST recording': body(structure({ bodies: boolean }, ['bodies'], closed), ({ bodies }) => {
        conditions.recordBodies = bodies;
        return done({});
      }),
      'POST clock': body(structure({ advance: count }, ['advance'], closed), ({ advance }) => {
        clock.advance(advance);
        return done({ elapsed: clock.elapsed() });
      }),
      'POST latency': body(structure({ ms: count }, ['ms'], closed), ({ ms }) => {
        conditions.latencyMs = ms;
        return done({});
      }),
      'GET faults': () => done({ faults: faults.list() }),
      'POST faults': ({ json }) => {
        const parsed = parseFaults(json);
        if ('problems' in parsed) return refused(parsed.problems);
        return done({ faults: parsed.map((fault) => faults.add(fault)) });
      },
      'DELETE faults': () => {
        faults.clear();
        return done({});
      },
      'POST reset': () => {
        parts.reset();
        return done({});
      },
      'GET state': () => done(parts.aws().state()),
      'POST settings': ({ json }) => whenFine(parts.aws().settings.change(json)),
      'POST foreign': async ({ json }) => whenFine(await parts.aws().foreign(json)),
    };
  }

  /**
   * Judges a request before its body is read.
   * @returns the most bytes of the body to read, or the refusal if the token is missing or wrong
   */
  admit({ headers }: RequestHead): number | Delivery {
    return sameText(headers[TOKEN_HEADER] ?? '', this.parts.token) ? MAX_BODY_BYTES : delivered(NO_TOKEN);
  }

  async answer(raw: RawRequest): Promise<Delivery> {
    return delivered(await this.decide(raw));
  }

  private async decide(raw: RawRequest): Promise<Answer> {
    if (!raw.complete) return refused(['The body did not arrive whole.']);
    const name = raw.path.slice(CONTROL_PREFIX.length);
    const route = this.routes[`${raw.method} ${name}`];
    if (!route) return { status: 404, json: { problems: [`There is no ${raw.method} ${raw.path}.`] } };
    const json = parseJson(raw.body);
    if (json === NOT_JSON) return refused(['The body is not JSON.']);
    return route({ query: new URLSearchParams(raw.query), json });
  }
}

/** Large enough for some thousands of faults. */
const MAX_BODY_BYTES = 16 * 1024 ** 2;

const NO_TOKEN: Answer = {
  status: 403,
  json: { problems: [`The header ${TOKEN_HEADER} is missing or wrong.`] },
};

function delivered({ status, json }: Answer): Delivery {
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
  return { kind: 'reply', status, headers, body: Buffer.from(`${JSON.stringify(json)}\n`) };
}

const NOT_JSON = Symbol('not JSON');

/** An empty body stands for an empty object. */
function parseJson(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return NOT_JSON;
  }
}

function done(json: unknown): Answer {
  return { status: 200, json };
}

function refused(problems: readonly string[]): Answer {
  return { status: 400, json: { problems } };
}

function whenFine(problems: readonly string[]): Answer {
  return problems.length === 0 ? done({}) : refused(problems);
}

function found(query: URLSearchParams, log: RequestLog): Answer {
  const problems: Violation[] = [];
  const since = textInteger({ min: 0 }).read(query.get('since') ?? '0', 'since', problems);
  if (since === undefined || problems.length > 0) return refused(problems.map(({ text }) => text));
  const service = query.get('service');
  const operation = query.get('operation');
  return done({
    requests: log.find({
      since,
      ...(service !== null && { service }),
      ...(operation !== null && { operation }),
    }),
  });
}

/** A route for requests whose body must have the shape `shape`. */
function body<T>(shape: Shape<T>, act: (value: T) => Answer): Route {
  return ({ json }) => {
    const problems: Violation[] = [];
    const value = shape.read(json, '', problems);
    return value === undefined ? refused(problems.map(({ text }) => text)) : act(value);
  };
}
