/** AWS's JSON 1.1 protocol: every request is a POST to `/` whose target header names the operation. */
import type { SandboxReply, SandboxRequest, SandboxService } from '../sandbox-service';
import type { Violation } from '../shapes';
import { invalidInput, type Operation, parseJson, replying } from './operation';
import { Refusal } from './refusal';

const JSON_TYPE = { 'content-type': 'application/x-amz-json-1.1' };

export class Json11Service implements SandboxService {
  private readonly invalid: (violations: readonly Violation[]) => Refusal;

  /** @param targetPrefix the text before the operation's name in the target header */
  constructor(
    readonly signingName: string,
    private readonly targetPrefix: string,
    private readonly operations: readonly Operation[],
    invalidCode: string,
    /** Runs before each request. */
    private readonly settle: () => void,
  ) {
    this.invalid = invalidInput(invalidCode);
  }

  operationOf(request: SandboxRequest): string | undefined {
    return this.find(request)?.name;
  }

  handle(request: SandboxRequest): Promise<SandboxReply> {
    return replying(this, async () => {
      this.settle();
      const found = this.find(request);
      if (!found) throw new Refusal(400, 'UnknownOperationException', 'There is no such operation.');
      const output = await found.answer(parseJson(request.body), request, this.invalid);
      return { status: 200, headers: JSON_TYPE, body: JSON.stringify(output) };
    });
  }

  refuse(
    status: number,
    code: string,
    message: string,
    fields: Readonly<Record<string, string>> = {},
  ): SandboxReply {
    return { status, headers: JSON_TYPE, body: JSON.stringify({ __type: code, message, ...fields }) };
  }

  private find(request: SandboxRequest): Operation | undefined {
    const target = request.headers['x-amz-target'];
    if (request.method !== 'POST' || request.path !== '/') return undefined;
    return this.operations.find(({ name }) => target === `${this.targetPrefix}.${name}`);
  }
}
