/** One API operation: the shape of its input, and its work with a valid input. */
import type { SandboxReply, SandboxRequest, SandboxService } from '../sandbox-service';
import type { Shape, Violation } from '../shapes';
import { Refusal } from './refusal';

export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
/** Members that are undefined are not sent. */
export interface JsonObject {
  readonly [member: string]: Json | undefined;
}

export interface Operation {
  /** The operation's name, in the AWS model's spelling. */
  readonly name: string;
  /**
   * Checks the input against the shape, then carries the operation out.
   * @param raw the input, not yet checked
   * @param invalid makes the refusal of an input that violates the shape
   * @throws a {@link Refusal} if the input violates the shape, or if the operation refuses it
   */
  answer(
    raw: unknown,
    request: SandboxRequest,
    invalid: (violations: readonly Violation[]) => Refusal,
  ): Promise<JsonObject>;
}

export function operation<T>(
  name: string,
  input: Shape<T>,
  run: (input: T, request: SandboxRequest) => JsonObject | Promise<JsonObject>,
): Operation {
  return {
    name,
    async answer(raw, request, invalid) {
      const violations: Violation[] = [];
      const read = input.read(raw, '', violations);
      if (read === undefined || violations.length > 0) throw invalid(violations);
      return await run(read, request);
    },
  };
}

/**
 * @returns the result of `work`; if `work` throws a {@link Refusal}, the service's own error reply
 * @throws any other error of `work`
 */
export async function replying(
  service: Pick<SandboxService, 'refuse'>,
  work: () => Promise<SandboxReply>,
): Promise<SandboxReply> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal)
      return service.refuse(error.status, error.code, error.message, error.fields);
    throw error;
  }
}

/**
 * Returns a function that makes the refusal of an invalid input, in AWS's words. The refusal has one
 * message for all violations. If a value has the wrong JSON type, the refusal is a
 * `SerializationException` for the first such value instead.
 * @param code AWS's name of the service's own exception for invalid input
 */
export function invalidInput(code: string): (violations: readonly Violation[]) => Refusal {
  return (violations) => {
    const mistyped = violations.find(({ kind }) => kind === 'type');
    if (mistyped) return new Refusal(400, 'SerializationException', mistyped.text);
    const head = violations.length === 1 ? '1 validation error' : `${violations.length} validation errors`;
    return new Refusal(400, code, `${head} detected: ${violations.map(({ text }) => text).join('; ')}`);
  };
}

/** The parsed body; an empty object for an empty body. @throws a {@link Refusal} if the body is not JSON */
export function parseJson(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new Refusal(400, 'SerializationException', 'The request body is not JSON.');
  }
}
