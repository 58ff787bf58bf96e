/**
 * AWS's rest-json protocol: a method and a path identify the operation; the input is spread over path, query and body.
 */
import type { SandboxReply, SandboxRequest, SandboxService } from '../sandbox-service';
import { isRecord, type Violation } from '../shapes';
import { invalidInput, type Operation, parseJson, replying } from './operation';
import { Refusal } from './refusal';

/**
 * Method and path of an operation, and the source of each input member. Members without a listed source come
 * from the body.
 */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** With labels, e.g. `/clusters/{name}/updates/{updateId}`. */
  readonly path: string;
  /** The input member for each label, where the two have different names. */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Members in the query string. `one`: a single value; `many`: one value for each occurrence of the name.
   */
  readonly query?: Readonly<Record<string, 'one' | 'many'>>;
  readonly operation: Operation;
}

export class RestJsonService implements SandboxService {
  private readonly invalid: (violations: readonly Violation[]) => Refusal;

  /** @param invalidCode the service's exception for an input that violates its shape */
  constructor(
    readonly signingName: string,
    private readonly routes: readonly Route[],
    invalidCode: string,
    /** Runs before each request. If it returns a reply, that reply is the answer. */
    private readonly before: () => SandboxReply | undefined,
  ) {
    this.invalid = invalidInput(invalidCode);
  }

  operationOf(request: SandboxRequest): string | undefined {
    return this.find(request)?.route.operation.name;
  }

  handle(request: SandboxRequest): Promise<SandboxReply> {
    return replying(this, async () => {
      const instead = this.before();
      if (instead) return instead;
      const found = this.find(request);
      if (!found) throw new Refusal(404, 'UnknownOperationException', 'There is no such operation.');
      const output = await found.route.operation.answer(rawInput(found, request), request, this.invalid);
      return { status: 200, headers: JSON_TYPE, body: JSON.stringify(output) };
    });
  }

  refuse(
    status: number,
    code: string,
    message: string,
    fields?: Readonly<Record<string, string>>,
  ): SandboxReply {
    return errorReply(status, code, message, fields);
  }

  private find(request: SandboxRequest): Found | undefined {
    for (const route of this.routes) {
      const labels = route.method === request.method ? match(route.path, request.path) : undefined;
      if (labels) return { route, labels };
    }
    return undefined;
  }
}

interface Found {
  readonly route: Route;
  readonly labels: Readonly<Record<string, string>>;
}

const JSON_TYPE = { 'content-type': 'application/json' };

/** An error in the form of rest-json services: the code in a header, message and fields in the body. */
export function errorReply(
  status: number,
  code: string,
  message: string,
  fields: Readonly<Record<string, string>> = {},
): SandboxReply {
  return {
    status,
    headers: { ...JSON_TYPE, 'x-amzn-errortype': code },
    body: JSON.stringify({ message, ...fields }),
  };
}

function match(template: string, path: string): Readonly<Record<string, string>> | undefined {
  const wanted = template.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const labels: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = decoded(given[index] ?? '');
    if (part.startsWith('{')) {
      if (!value) return undefined;
      labels[part.slice(1, -1)] = value;
    } else if (part !== value) return undefined;
  }
  return labels;
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

function rawInput({ route, labels }: Found, request: SandboxRequest): unknown {
  const body = parseJson(request.body);
  if (!isRecord(body)) return body;
  const raw: Record<string, unknown> = { ...body };
  for (const [name, times] of Object.entries(route.query ?? {})) {
    const values = request.query.getAll(name);
    raw[name] = values.length === 0 ? undefined : times === 'many' ? values : values.at(-1);
  }
  for (const [label, value] of Object.entries(labels)) raw[route.labels?.[label] ?? label] = value;
  return raw;
}
