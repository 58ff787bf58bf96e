/** An answer that reports success and is not the service's, as an error among those of the SDK. */

interface Answered {
  readonly status: number | undefined;
  readonly requestId?: string | undefined;
}

/**
 * An error to be thrown. `circumstance` completes "HTTP 200 OK …". `passing`: another try may be answered by the
 * service; false where the answer is the service's own and another one is not to be expected.
 */
export function strangeAnswer({ status, requestId }: Answered, circumstance: string, passing = true): Error {
  return Object.assign(new Error(circumstance), {
    name: STRANGE,
    strange: { circumstance, passing },
    $metadata: { httpStatusCode: status ?? 200, requestId },
  });
}

/** The circumstance of a page for people to read. */
export const WEB_PAGE = 'with a web page in place of an answer of AWS';

/** The circumstance of an answer of the service in which something does not fit. */
export function misshapen(misfit: string): string {
  return `${MISSHAPEN} ${misfit}`;
}

export function isMisshapen(circumstance: string): boolean {
  return circumstance.startsWith(MISSHAPEN);
}

const MISSHAPEN = "in another form than AWS's:";

const STRANGE = 'StrangeAnswer';
