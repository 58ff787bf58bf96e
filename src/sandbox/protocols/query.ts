/**
 * AWS's query protocols: the request is a form with dotted names, the answer is XML. STS and EC2 differ in
 * the elements around answers and errors, and in the code for invalid input.
 */
import { randomUUID } from 'node:crypto';
import { group, leaf } from '../s3/xml';
import type { SandboxReply, SandboxRequest, SandboxService } from '../sandbox-service';
import type { Violation } from '../shapes';
import { invalidInput, type Json, type JsonObject, type Operation, replying } from './operation';
import { Refusal } from './refusal';

/** The differences between the query services. */
export interface QueryDialect {
  readonly signingName: string;
  /** The XML of an answer: the root element around the output's members. */
  answer(operation: string, members: string, requestId: string): string;
  /** The XML of an error: the root element around the error's code and message. */
  error(codeAndMessage: string, requestId: string): string;
  readonly invalidCode: string;
}

export class QueryService implements SandboxService {
  readonly signingName: string;
  private readonly invalid: (violations: readonly Violation[]) => Refusal;

  constructor(
    private readonly dialect: QueryDialect,
    private readonly operations: readonly Operation[],
  ) {
    this.signingName = dialect.signingName;
    this.invalid = invalidInput(dialect.invalidCode);
  }

  operationOf(request: SandboxRequest): string | undefined {
    return this.find(request)?.name;
  }

  handle(request: SandboxRequest): Promise<SandboxReply> {
    return replying(this, async () => {
      const found = this.find(request);
      if (!found) throw new Refusal(400, 'InvalidAction', 'There is no such action.');
      const output = await found.answer(nested(formOf(request)), request, this.invalid);
      const members = xmlMembers(output);
      return {
        status: 200,
        headers: XML_TYPE,
        body: this.dialect.answer(found.name, members, request.requestId),
      };
    });
  }

  refuse(status: number, code: string, message: string): SandboxReply {
    const body = this.dialect.error(leaf('Code', code) + leaf('Message', message), randomUUID());
    return { status, headers: XML_TYPE, body };
  }

  private find(request: SandboxRequest): Operation | undefined {
    if (!['POST', 'GET'].includes(request.method) || request.path !== '/') return undefined;
    const action = formOf(request).get('Action');
    return this.operations.find(({ name }) => name === action);
  }
}

const XML_TYPE = { 'content-type': 'text/xml;charset=UTF-8' };

/** The form fields of a request; in a presigned request they are in the query string. */
function formOf({ body, query }: SandboxRequest): URLSearchParams {
  return new URLSearchParams([...query, ...new URLSearchParams(body.toString('utf8'))]);
}

/**
 * Reads `Filter.1.Value.2=x` as `{Filter: [{Value: […, 'x']}]}`. As on AWS, an index only orders the items of
 * a list.
 */
function nested(form: URLSearchParams): unknown {
  const root: Tree = new Map();
  for (const [name, value] of form) {
    const path = name.split('.');
    let at = root;
    for (const step of path.slice(0, -1)) {
      const next = at.get(step);
      const branch: Tree = next instanceof Map ? next : new Map();
      at.set(step, branch);
      at = branch;
    }
    at.set(path.at(-1) ?? '', value);
  }
  return plain(root);
}

type Tree = Map<string, string | Tree>;

function plain(tree: string | Tree): unknown {
  if (typeof tree === 'string') return tree;
  const entries = [...tree.entries()];
  if (entries.length > 0 && entries.every(([name]) => /^\d+$/.test(name)))
    return entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, value]) => plain(value));
  return Object.fromEntries(entries.map(([name, value]) => [name, plain(value)]));
}

/** The members of a structure as XML elements; the items of a list are `item` elements, as in EC2. */
function xmlMembers(value: JsonObject): string {
  return Object.entries(value)
    .map(([name, member]) => (member === undefined ? '' : xmlElement(name, member)))
    .join('');
}

function xmlElement(name: string, value: Json): string {
  if (Array.isArray(value)) return group(name, ...value.map((one: Json) => xmlElement('item', one)));
  if (typeof value === 'object' && value !== null) return group(name, xmlMembers(value as JsonObject));
  return leaf(name, String(value));
}
