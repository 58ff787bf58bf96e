/** An error for an answer that reports success but is not the service's, in the form of the SDK's errors. */

interface Answered {
  readonly status: number | undefined;
  readonly requestId?: string | undefined;
}

/**
 * An error to be thrown. `circumstance` completes "HTTP 200 OK …". `passing`: whether another try may reach the
 * service; false where the answer is the service's own, so that the next one will be no different.
 */
export function strangeAnswer({ status, requestId }: Answered, circumstance: string, passing = true): Error {
  return Object.assign(new Error(circumstance), {
    name: STRANGE,
    strange: { circumstance, passing },
    $metadata: { httpStatusCode: status ?? 200, requestId },
  });
}

/** The circumstance of a web page for people. */
export const WEB_PAGE = 'with a web page in place of an answer of AWS';

/** The circumstance of an answer of the service that does not fit its rule. */
export function misshapen(misfit: string): string {
  return `${MISSHAPEN} ${misfit}`;
}

export function isMisshapen(circumstance: string): boolean {
  return circumstance.startsWith(MISSHAPEN);
}

const MISSHAPEN = "in another form than AWS's:";

const STRANGE = 'StrangeAnswer';
