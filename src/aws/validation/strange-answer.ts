/**
 * An error, in the form of the SDK's errors, for an answer that reports success but is not one that the
 * service should give.
 */

interface Answered {
  readonly status: number | undefined;
  readonly requestId?: string | undefined;
}

/**
 * An error to be thrown. `circumstance` completes "HTTP 200 OK …". `passing`: whether another try may
 * bring a right answer; false if it would bring the same answer again.
 */
export function strangeAnswer({ status, requestId }: Answered, circumstance: string, passing = true): Error {
  return Object.assign(new Error(circumstance), {
    name: STRANGE,
    strange: { circumstance, passing },
    $metadata: { httpStatusCode: status ?? 200, requestId },
  });
}

/** The circumstance of an answer that is a web page meant for people. */
export const WEB_PAGE = 'with a web page in place of an answer of AWS';

/**
 * The circumstance of an answer that has the form of the service's answers, but whose members do not match the
 * operation's rule.
 */
export function misshapen(misfit: string): string {
  return `${MISSHAPEN} ${misfit}`;
}

export function isMisshapen(circumstance: string): boolean {
  return circumstance.startsWith(MISSHAPEN);
}

const MISSHAPEN = "in another form than AWS's:";

const STRANGE = 'StrangeAnswer';
